/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors and costs of approximated LNS sums that are known without them.  */

#include <config.h>

#include <math.h>
#include <string.h>

#include "tests/experiments/tables/help.h"
#include "tests/tap/tap.h"

static const char *const formats[] = { "lns:8,8", "lns:16,2048,round=zero", NULL };
static const char *const fractions[] = { "8", "20", NULL };
static const char *const specs[] = { "exact", "mitchell", "table:8", "hybrid:4",
                               "cotransform", NULL };

/* The row of a format, a fraction, an approximation and a d; -1 when there is
   none. */
static ptrdiff_t
find (const results_table *table, const char *format, double fraction,
      const char *approximation, double d)
{
  for (size_t i = 0; i < table_rows (table); i++)
    if (strcmp (help_text (table, i, "format"), format) == 0
        && help_number (table, i, "fraction") == fraction
        && strcmp (help_text (table, i, "approximation"), approximation) == 0
        && (d < 0 || help_number (table, i, "d") == d))
      return (ptrdiff_t) i;
  return -1;
}

static double
exact_sum (double gamma, double d)
{
  return gamma * log2 (1 + exp2 (-d / gamma));
}

/* The least d whose exact sum is below half a step. */
static double
sum_end (double gamma)
{
  double d = 0;

  while (exact_sum (gamma, d) >= 0.5)
    d++;
  return d;
}

static void
test_errors (const results_table *table)
{
  const size_t at
    = (size_t) find (table, formats[0], 8, "mitchell", 8);
  size_t wrong = 0, gaps = 0;

  /* 2^(1/2) taken for 3/2: 4 steps for 8 log2 (3/2). */
  is_near (4 - 8 * log2 (1.5), help_number (table, at, "sum_least"), 1e-12,
           "Mitchell's sum an octave apart");
  is_near (help_number (table, at, "sum_least"),
           help_number (table, at, "sum_most"), 1e-15, "...one d a row");
  is_near (1 - exp2 ((4 - 8 * log2 (1.5)) / 8),
           help_number (table, at, "sum_relative"), 1e-12,
           "...as a relative error");
  is_double (1, help_number (table, at, "octaves"), "...at one octave");
  is_double (0, help_number (table, at, "difference_most"),
             "...where the difference is exact");
  is_string ("-", help_text (table, at - 8, "difference_most"),
             "there is no difference at d = 0");
  for (size_t i = 0; i < table_rows (table); i++)
    {
      const double d = help_number (table, i, "d");

      if (strcmp (help_text (table, i, "approximation"), "exact") == 0)
        wrong += fabs (help_number (table, i, "sum_least")) > 0.5
                 || fabs (help_number (table, i, "sum_most")) > 0.5
                 || fabs (help_number (table, i, "difference_least")) > 0.5
                 || fabs (help_number (table, i, "difference_most")) > 0.5;
      if (d > 0)
        gaps += d != help_number (table, i - 1, "last") + 1;
    }
  is_int (0, (int64_t) wrong, "exact errs by half a step at most");
  is_int (0, (int64_t) gaps, "stretches leave no d out");
  is_double (sum_end (2048) + 1 + 2048 - 1,
             help_number (table, table_rows (table) - 1, "last"),
             "...and go an octave beyond the end");
}

static void
test_costs (const results_table *table)
{
  const size_t exact = (size_t) find (table, formats[0], 8, "exact", -1);
  const size_t eight = (size_t) find (table, formats[0], 8, "table:8", -1);
  const size_t wide
    = (size_t) find (table, formats[1], 20, "mitchell", -1);
  const size_t hybrid = (size_t) find (table, formats[0], 20, "hybrid:4", -1);

  is_int (2 * 2 * 5, (int64_t) table_rows (table),
          "a row a format, a fraction and an approximation");
  is_double (sum_end (8), help_number (table, exact, "sum_end"),
             "where sums vanish");
  is_double (sum_end (2048), help_number (table, wide, "sum_end"),
             "...gamma 2048");
  /* 8 needs 4 bits; 8 log2 (1 / (1 - 2^(-1/8))) = 28.7 needs 5. */
  is_double (4 * sum_end (8), help_number (table, exact, "sum_bits"),
             "exact: an entry of 4 bits for every sum");
  is_double (5 * (help_number (table, exact, "difference_end") - 1),
             help_number (table, exact, "difference_bits"),
             "...of 5 for every difference");
  is_double (help_number (table, exact, "sum_bits")
               + help_number (table, exact, "difference_bits"),
             help_number (table, exact, "bits"), "...no other table counts");
  /* One entry for d = 0 .. 7, 8 log2 (1 + 2^(-3.5/8)) = 6.4. */
  is_double (2, help_number (table, eight, "sum_largest"),
             "table:8: the largest error of a sum");
  is_double (0, help_number (table, eight, "sum_where"), "...where");
  is_double (0, help_number (table, wide, "bits"), "mitchell has no tables");
  is_near (2048 * (log2 (3) - 1.5), help_number (table, wide, "sum_largest"),
           0.01, "...its largest error of a sum is the known one");
  is_double (2 * 4 * 21, help_number (table, hybrid, "bits"),
             "hybrid:4: two tables of 4, shared by sums and differences");
}

int
main (void)
{
  static const char *const linear[] = { "e4m3", NULL };
  static const char *const none[] = { NULL };
  static const char *const unknown[] = { "mitchel", NULL };
  report_others others = { .dir = NULL };
  report_data data = { .list = { formats,
                                 specs,
                                 fractions },
                       .others = &others };
  numsys_error error;
  results_table *table = help_make ("lns-addition", &data, &error);

  plan (9 + 11 + 3);
  test_errors (table);
  table_free (table);
  table = help_make ("approximation-cost", &data, &error);
  test_costs (table);
  table_free (table);
  data.list[STUDY_FORMATS] = linear;
  ok (help_make ("lns-addition", &data, &error) == NULL, "%s", error.text);
  data.list[STUDY_FORMATS] = formats;
  data.list[STUDY_APPROXIMATIONS] = unknown;
  ok (help_make ("approximation-cost", &data, &error) == NULL, "%s",
      error.text);
  data.list[STUDY_APPROXIMATIONS] = none;
  ok (help_make ("lns-addition", &data, &error) == NULL, "%s", error.text);
  return 0;
}
