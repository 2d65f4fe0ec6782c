/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of studies, from made-up results.  */

#include <config.h>

#include <math.h>
#include <string.h>

#include "experiments/report/report.h"
#include "experiments/results/table.h"
#include "tests/tap/tap.h"

/* The 97.5 % quantile of Student's t with one degree of freedom. */
#define T1 12.706204736174707

static const char heading[]
  = "hash\tgroup\tgamma\tbits\tmap\toptimizer\tlr\tseed\tstatus"
    "\tvalidation_accuracy\ttest_accuracy\tE_values\tE_raised"
    "\tW_values\tW_raised\n";

/* float32: adam is better on test data, madam on validation data, and best is
   a search with a seed of its own, which is never reported; then cells
   of one map at gamma 8 (range) and 1 (gap), and one of another. */
static const char rows[]
  = "h\tbase\t-\t-\t-\tadam\t0.1\t1\tfinished\t80\t90\t-\t-\t-\t-\n"
    "h\tbase\t-\t-\t-\tadam\t0.1\t2\tfinished\t80\t92\t-\t-\t-\t-\n"
    "h\tbase\t-\t-\t-\tmadam\t0.5\t1\tfinished\t81\t88\t-\t-\t-\t-\n"
    "h\tbase\t-\t-\t-\tmadam\t0.5\t2\tfinished\t81\t89\t-\t-\t-\t-\n"
    "h\tsearch\t-\t-\t-\tadam\t0.2\t101\tfinished\t99\t99\t-\t-\t-\t-\n"
    "h\tmaps\t8\t4\tall\tadam:beta1=0.8\t0.1\t1\tfinished\t7\t60\t100\t30"
    "\t300\t30\n"
    "h\tmaps\t8\t4\tall\tadam:beta1=0.8\t0.1\t2\tfinished\t7\t64\t300\t90"
    "\t300\t30\n"
    "h\tmaps\t8\t8\tall\tadam\t0.1\t1\tfinished\t7\t88\t100\t0\t300\t3\n"
    "h\tmaps\t8\t8\tall\tadam\t0.1\t2\tfinished\t7\t88\t100\t0\t300\t3\n"
    "h\tmaps\t1\t8\tall\tadam\t0.1\t1\tfinished\t7\t80\t100\t0\t300\t3\n"
    "h\tmaps\t1\t6\tall\tadam\t0.1\t1\tfinished\t7\t79.5\t100\t0\t300\t3\n"
    "h\tmaps\t1\t3\tall\tadam\t0.1\t1\tfinished\t7\t50\t100\t70\t300\t3\n"
    "h\tmaps\t2\t8\tEG\tadamw\t0.1\t1\tdiverged\t-\t-\t100\t60\t-\t-\n"
    "h\tmaps\t4\t9\tEG\tadam\t0.1\t7\tfinished\t50\t50\t100\t60\t-\t-\n";

static const report_table *
find (const char *name)
{
  for (const report_table *const *table = report_tables; *table != NULL;
       table++)
    if (strcmp ((*table)->name, name) == 0)
      return *table;
  bail_out ("no table %s", name);
}

static results_table *
make (const char *name, const results_table *results, numsys_error *error)
{
  static const char *const none[] = { NULL };
  report_others others = { .dir = NULL };
  const report_data data = { .results = results, .axes = none,
                             .others = &others };

  return find (name)->make (&data, error);
}

static results_table *
results_of (const char *lines)
{
  char text[4000];
  numsys_error error;
  results_table *results;

  strcpy (text, heading);
  strcat (text, lines);
  results = table_parse (text, "made up", &error);
  if (results == NULL)
    bail_out ("%s", error.text);
  return results;
}

static const char *
text_of (const results_table *table, size_t row, const char *column)
{
  return table_text (table, row, table_find (table, column));
}

static double
number_of (const results_table *table, size_t row, const char *column)
{
  return table_number (table, row, table_find (table, column));
}

static void
test_baselines (void)
{
  results_table *results = results_of (rows);
  numsys_error error;
  results_table *table = make ("baselines", results, &error);

  is_int (3, (int64_t) table_rows (table), "three float32 settings");
  is_string ("adam", text_of (table, 0, "optimizer"), "the first one");
  is_double (91, number_of (table, 0, "test_accuracy"), "...its mean");
  is_near (T1, number_of (table, 0, "half_width"), 1e-10, "...interval");
  is_string ("no", text_of (table, 0, "is_best"), "best on test is not best");
  is_string ("yes", text_of (table, 1, "is_best"), "best on validation is");
  is_string ("no", text_of (table, 2, "is_best"), "a search run is not best");
  is_string ("no", text_of (table, 2, "is_reported"), "...nor reported");
  table_free (table);
  table_free (results);
}

static void
test_range_cell (const results_table *table)
{
  is_string ("all", text_of (table, 0, "map"), "first cell, map");
  is_double (8, number_of (table, 0, "gamma"), "...gamma");
  is_double (4, number_of (table, 0, "bits"), "...bits");
  is_double (7. / 8, number_of (table, 0, "octaves"), "...range");
  is_near (0.0905077326652577, number_of (table, 0, "gap"), 1e-15, "...gap");
  is_double (62, number_of (table, 0, "accuracy"), "...accuracy");
  is_near (2 * T1, number_of (table, 0, "half_width"), 1e-10, "...interval");
  /* 60 - 88 and 64 - 89; 60 - 90 and 64 - 92. */
  is_double (-26.5, number_of (table, 0, "best_difference"),
             "...against the best float32");
  is_near (1.5 * T1, number_of (table, 0, "best_half_width"), 1e-10,
           "...by pairs");
  is_double (-29, number_of (table, 0, "own_difference"),
             "...against its own optimizer");
  is_double (2, number_of (table, 0, "own_pairs"), "...by two pairs");
  is_near (0.3, number_of (table, 0, "E_raised"), 1e-15, "...E raised");
  is_near (0.1, number_of (table, 0, "W_raised"), 1e-15, "...W raised");
  is_string ("-", text_of (table, 0, "A_raised"), "...A not quantized");
  is_near (0.3, number_of (table, 0, "raised"), 1e-15, "...most raised");
  is_string ("E", text_of (table, 0, "raised_role"), "...in E");
}

static void
test_map (void)
{
  results_table *results = results_of (rows);
  numsys_error error;
  results_table *table = make ("accuracy-map", results, &error);

  is_int (7, (int64_t) table_rows (table), "seven cells");
  test_range_cell (table);
  is_string ("range", text_of (table, 0, "cause"), "more bits mend it");
  is_string ("none", text_of (table, 1, "cause"), "one point is no loss");
  is_string ("gap", text_of (table, 2, "cause"), "most bits do not help");
  is_string ("gap", text_of (table, 3, "cause"), "...with a little less");
  is_string ("both", text_of (table, 4, "cause"), "...with much less");
  is_string ("range", text_of (table, 5, "cause"),
             "a diverged cell loses; most bits raise most values");
  is_double (NAN, number_of (table, 5, "accuracy"), "...has no accuracy");
  is_double (1, number_of (table, 5, "diverged"), "...is counted");
  is_string ("-", text_of (table, 5, "own_pairs"), "adamw is not adam");
  is_double (0, number_of (table, 6, "best_pairs"), "no partner, no pair");
  is_string ("none", text_of (table, 6, "cause"), "...and no verdict");
  is_double (0, number_of (table, 0, "map_index"), "first map");
  is_double (1, number_of (table, 6, "map_index"), "second map");
  is_double (3, number_of (table, 0, "gamma_index"), "largest gamma");
  is_double (0, number_of (table, 3, "gamma_index"), "smallest gamma");
  is_double (2, number_of (table, 6, "gamma_index"), "gamma between");
  table_free (table);
  table_free (results);
}

/* gamma 8 without a zero at two widths, as the rows above have it with one. */
static void
test_zero_code (void)
{
  static const char lines[]
    = "group\twidth\tgamma\tbits\tmap\tW\tseed\ttest_accuracy\tE_values"
      "\tE_raised\n"
      "z\t4\t-\t-\t-\tlns:bits=4,gamma=8\t1\t10\t10\t8\n"
      "z\t4\t-\t-\t-\tlns:bits=4,gamma=8\t2\t14\t10\t6\n"
      "z\t8\t-\t-\t-\tlns:bits=8,gamma=8\t1\t80\t10\t1\n"
      "m\t-\t8\t4\tall\tlns:bits=4,gamma=8\t1\t50\t10\t5\n"
      "m\t-\t4\t4\tall\tlns:bits=4,gamma=4\t1\t51\t10\t5\n"
      "m\t-\t8\t4\tforward\tlns:bits=4,gamma=8\t1\t52\t10\t5\n"
      "f\t-\t-\t-\t-\t-\t1\t90\t-\t-\n";
  numsys_error error;
  results_table *results = table_parse (lines, "made up", &error);
  results_table *table = make ("zero-code", results, &error);

  is_int (3, (int64_t) table_rows (table), "two widths and one cell");
  is_string ("none", text_of (table, 0, "zero"), "first without a zero");
  is_double (12, number_of (table, 0, "accuracy"), "...mean of its seeds");
  is_near (0.7, number_of (table, 0, "E_raised"), 1e-15, "...E raised");
  is_double (-80, number_of (table, 0, "best_difference"), "...by its pair");
  is_double (8, number_of (table, 1, "bits"), "second width");
  is_string ("flag", text_of (table, 2, "zero"), "last with a zero");
  is_double (50, number_of (table, 2, "accuracy"), "...of gamma 8, all roles");
  is_double (90, number_of (table, 2, "float32"), "...and float32's own");
  table_free (table);
  table_free (results);
}

static void
test_search (void)
{
  static const char lines[]
    = "group\tlr\tseed\tstatus\tvalidation_accuracy\n"
      "search-a\t1\t1\tfinished\t80\n"
      "search-a\t2\t1\tfinished\t85\n"
      "search-a\t2\t2\tfinished\t87\n"
      "search-a\t3\t1\tdiverged\t-\n"
      "search-b\t1\t1\tfinished\t50\n"
      "search-b\t2\t1\tfinished\t50\n"
      "map\t1\t1\tfinished\t99\n";
  static const char *const wanted[] = { "no", "best", "no", "edge", "no" };
  numsys_error error;
  results_table *results = table_parse (lines, "made up", &error);
  results_table *table = make ("search", results, &error);

  is_int (5, (int64_t) table_rows (table), "five rates of two searches");
  for (size_t row = 0; row < 5; row++)
    is_string (wanted[row], text_of (table, row, "is_best"), "rate %zu", row);
  is_double (86, number_of (table, 1, "validation_accuracy"), "a mean");
  is_double (1, number_of (table, 2, "diverged"), "a diverged run is counted");
  table_free (table);
  table_free (results);
}

static void
test_edges (void)
{
  results_table *results = results_of ("");
  numsys_error error;
  results_table *table = make ("baselines", results, &error);

  is_int (0, (int64_t) table_rows (table), "no runs, no baselines");
  is_int (9, table_find (table, "is_best"), "...but a heading");
  table_free (table);
  ok (make ("accuracy-map", results, &error) == NULL,
      "no cells: %s", error.text);
  ok (make ("zero-code", results, &error) == NULL, "no widths: %s",
      error.text);
  table_free (results);
  results = results_of ("h\tmaps\t8\t8\tall\tadam\t0.1\t1\tfinished\t7\t88"
                        "\t100\t0\t300\t3\n");
  table = make ("accuracy-map", results, &error);
  is_double (NAN, number_of (table, 0, "own_difference"), "no float32 run");
  is_double (88, number_of (table, 0, "accuracy"), "...is no hindrance");
  table_free (table);
  table_free (results);
}

int
main (void)
{
  plan (8 + 1 + 16 + 16 + 9 + 8 + 6);
  test_baselines ();
  test_map ();
  test_zero_code ();
  test_search ();
  test_edges ();
  return 0;
}
