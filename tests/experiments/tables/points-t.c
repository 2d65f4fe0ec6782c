/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of any grid: accuracy and rates; the smallest bits.  */

#include <config.h>

#include <math.h>
#include <string.h>

#include "tests/experiments/tables/help.h"
#include "tests/tap/tap.h"

/* The 97.5 % quantile of Student's t with one degree of freedom. */
#define T1 12.706204736174707

static const char *const axes[] = { "system", "bits", "rate", NULL };

/* Two systems, three widths of a, two rates.  A search has chosen rate 1 for
   a at 8 bits, rate 0 for a at 6; nothing was searched for b.  float32's rate
   0 is the better one on validation data, and the worse on test data. */
static const char lines[]
  = "hash\tgroup\tsystem\tbits\trate\toptimizer\tlr\tseed\tstatus"
    "\tvalidation_accuracy\ttest_accuracy\tupdates\tswallowed\tdragged"
    "\tU_values\tU_raised\n"
    "h\tgrid\ta\t8\t0\tadam\t0.1\t1\tfinished\t99\t80\t10\t1\t2\t8\t4\n"
    "h\tgrid\ta\t8\t0\tadam\t0.1\t2\tfinished\t99\t82\t10\t1\t2\t8\t4\n"
    "h\tgrid\ta\t8\t1\tadam\t0.2\t1\tfinished\t50\t89\t10\t2\t0\t8\t2\n"
    "h\tgrid\ta\t8\t1\tadam\t0.2\t2\tfinished\t50\t91\t30\t2\t4\t8\t0\n"
    "h\tgrid\ta\t6\t0\tadam\t0.1\t1\tfinished\t50\t86\t5\t2\t0\t8\t0\n"
    "h\tgrid\ta\t6\t0\tadam\t0.1\t2\tfinished\t50\t88\t5\t2\t0\t8\t0\n"
    "h\tgrid\ta\t6\t1\tadam\t0.2\t1\tfinished\t60\t70\t1\t0\t0\t8\t0\n"
    "h\tgrid\ta\t4\t0\tadam\t0.1\t1\tfinished\t50\t90\t10\t8\t0\t8\t0\n"
    "h\tgrid\tb\t8\t0\tadam\t0.1\t1\tdiverged\t70\t30\t1\t0\t0\t8\t0\n"
    "h\tgrid\tb\t8\t1\tadam\t0.2\t1\tfinished\t60\t40\t1\t0\t0\t8\t0\n"
    "h\tsearch-grid\ta\t8\t0\tadam\t0.1\t9\tfinished\t70\t1\t1\t0\t0\t8\t0\n"
    "h\tsearch-grid\ta\t8\t1\tadam\t0.2\t9\tfinished\t80\t1\t1\t0\t0\t8\t0\n"
    "h\tsearch-grid\ta\t8\t2\tadam\t0.4\t9\tdiverged\t95\t1\t1\t0\t0\t8\t0\n"
    "h\tsearch-grid\ta\t6\t0\tadam\t0.1\t9\tfinished\t80\t1\t1\t0\t0\t8\t0\n"
    "h\tsearch-grid\ta\t6\t1\tadam\t0.2\t9\tfinished\t80\t1\t1\t0\t0\t8\t0\n"
    "h\tfloat32\t-\t-\t0\tadam\t0.1\t1\tfinished\t89\t90\t1\t0\t0\t-\t-\n"
    "h\tfloat32\t-\t-\t0\tadam\t0.1\t2\tfinished\t89\t90\t1\t0\t0\t-\t-\n"
    "h\tfloat32\t-\t-\t1\tadam\t0.2\t1\tfinished\t88\t95\t1\t0\t0\t-\t-\n"
    "h\tfloat32\t-\t-\t1\tadam\t0.2\t2\tfinished\t88\t95\t1\t0\t0\t-\t-\n"
    "h\tsgd\t-\t-\t-\tsgd:momentum=0\t0.2\t1\tfinished\t92\t93\t1\t0\t0\t-\t-\n"
    "h\tsgd\t-\t-\t-\tsgd:momentum=0\t0.2\t2\tfinished\t92\t93\t1\t0\t0\t-\t-\n";

static report_data
data_of (const results_table *results)
{
  static report_others others;

  return (report_data) { .results = results, .axes = axes,
                         .others = &others };
}

static void
test_accuracy (const report_data *data)
{
  numsys_error error;
  results_table *table = help_make ("accuracy", data, &error);

  is_int (6, (int64_t) table_rows (table), "a row a cell");
  is_string ("1", help_text (table, 0, "rate"),
             "a search chooses, not the reported seeds");
  is_string ("best", help_text (table, 0, "rate_is"), "...between others");
  is_string ("a", help_text (table, 0, "system"), "...its axes");
  is_double (90, help_number (table, 0, "accuracy"), "...its mean");
  is_near (T1, help_number (table, 0, "half_width"), 1e-10,
           "...its interval");
  is_double (-3, help_number (table, 0, "best_difference"),
             "...against the best float32 on validation data");
  is_double (0, help_number (table, 0, "own_difference"),
             "...against that of its own optimizer");
  is_near (T1, help_number (table, 0, "own_half_width"), 1e-10,
           "...by seed");
  is_double (0.1, help_number (table, 0, "swallowed_share"),
             "...swallowed updates");
  is_double (0.25, help_number (table, 0, "dragged_share"),
             "...dragged weights");
  is_double (0.125, help_number (table, 0, "U_raised"), "...raised ones");
  is_string ("-", help_text (table, 0, "E_raised"), "...E not quantized");
  is_string ("0", help_text (table, 1, "rate"), "the first of equal rates");
  is_string ("edge", help_text (table, 1, "rate_is"), "...is at the edge");
  is_string ("4", help_text (table, 2, "bits"), "a cell with one rate");
  is_string ("1", help_text (table, 3, "rate"),
             "without a search the cell's own validation data choose, among "
             "runs that did not diverge");
  is_string ("0", help_text (table, 4, "rate"), "float32 alike");
  is_string ("-", help_text (table, 5, "rate_is"), "no rates, no choice");
  table_free (table);
}

static void
test_rates (const report_data *data)
{
  numsys_error error;
  results_table *table = help_make ("rates", data, &error);

  is_int (15, (int64_t) table_rows (table), "a row a rate");
  is_string ("no", help_text (table, 0, "rate_is"), "one not chosen");
  is_string ("best", help_text (table, 1, "rate_is"), "...and its better");
  is_string ("best", help_text (table, 8, "rate_is"), "in the search too");
  is_string ("no", help_text (table, 9, "rate_is"),
             "a rate that diverged is not chosen");
  is_double (1, help_number (table, 9, "diverged"), "...but told");
  table_free (table);
}

/* a: 4 bits are within a point of float32, 6 are not, 8 are. */
static void
test_smallest (const report_data *data)
{
  numsys_error error;
  results_table *table = help_make ("smallest-bits", data, &error);

  is_int (2, (int64_t) table_rows (table), "a row a system");
  is_double (4, help_number (table, 0, "narrowest"), "the widths tried");
  is_double (8, help_number (table, 0, "widest"), "...from and to");
  is_double (8, help_number (table, 0, "own_smallest"),
             "a lucky narrow one does not count");
  /* -3 at 6 bits, 0 at 8. */
  is_near (6 + 4. / 3, help_number (table, 0, "own_crossing"), 1e-12,
           "...where the loss is a point");
  is_string ("found", help_text (table, 0, "own_verdict"), "...found");
  is_string ("-", help_text (table, 0, "best_smallest"),
             "none is as good as the best float32");
  is_string ("none tried is within 1 point",
             help_text (table, 0, "best_verdict"), "...and that is said");
  /* log2 of 0.8, 0.4 and 0.1 at 4, 6 and 8 bits; one degree of freedom. */
  is_near (-0.75, help_number (table, 0, "swallowed_slope"), 1e-12,
           "how fast bits mend swallowed updates");
  is_near (sqrt (1. / 48), help_number (table, 0, "swallowed_slope_error"),
           1e-12, "...and its error");
  is_string ("-", help_text (table, 1, "swallowed_slope"),
             "one width has no slope");
  is_string ("-", help_text (table, 1, "own_crossing"),
             "a poor system has none");
  table_free (table);
}

static void
test_edges (void)
{
  results_table *results = help_parse ("hash\tgroup\tseed\n");
  const report_data data = data_of (results);
  numsys_error error;

  ok (help_make ("accuracy", &data, &error) == NULL, "no runs: %s",
      error.text);
  ok (help_make ("rates", &data, &error) == NULL, "no runs: %s", error.text);
  ok (help_make ("smallest-bits", &data, &error) == NULL, "no bits: %s",
      error.text);
  table_free (results);
  results = help_parse ("group\tbits\tseed\ttest_accuracy\tvalidation_accuracy"
                        "\tU_values\toptimizer\nx\t4\t1\t9\t9\t1\tadam\n"
                        "f\t-\t1\t9\t9\t-\tadam\n");
  {
    const report_data small = data_of (results);
    results_table *table = help_make ("smallest-bits", &small, &error);

    is_double (4, help_number (table, 0, "own_smallest"), "one width");
    is_string ("-", help_text (table, 0, "own_crossing"), "...no crossing");
    is_string ("all tried are within 1 point",
               help_text (table, 0, "own_verdict"), "...and that is said");
    table_free (table);
  }
  table_free (results);
}

int
main (void)
{
  results_table *results = help_parse (lines);
  const report_data data = data_of (results);

  plan (19 + 6 + 12 + 6);
  test_accuracy (&data);
  test_rates (&data);
  test_smallest (&data);
  test_edges ();
  table_free (results);
  return 0;
}
