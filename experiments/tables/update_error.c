/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: the error that storing weights in an LNS adds to an update, a row a
   point: means over a run's measured steps and all weights that have such an
   error, in octaves squared, and an interval over seeds.  It is
   r = |log2 w^U - log2 w'|^2 of arXiv 2106.13914 by the number of weights.

   Beside it what theory says of rounding by chance in the logarithm, a step of
   the grid being 1 / gamma.  A weight that lies on the grid and is to move by D
   octaves, gamma |D| having the fraction f, errs by f (1 - f) / gamma^2 in the
   mean, which is at most |D| / gamma, and at most 1 / (4 gamma^2) in any case:
   bound    the smaller one of the two, with the measured |D| of each array
   largest  1 / (4 gamma^2)
   uniform  1 / (6 gamma^2), the mean where every f is as likely  */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/tables/formats.h"
#include "experiments/tables/points.h"
#include "experiments/tables/tables.h"
#include "numsys/spec.h"

/* Sums over the updates of one run. */
typedef struct sums
{
  double errors, error;     /* weights with a log error, and that */
  double changes, bound;
} sums;

/* gamma of a point's U; NaN when that is no LNS. */
static double
gamma_of (const points *all, const point *one)
{
  format_facts facts;
  numsys_error why;

  return formats_facts_of (points_label (all, one, "U"), &facts, &why) == 0
           ? facts.gamma : (double) NAN;
}

static void
add (sums *s, const results_table *updates, size_t row, double gamma)
{
  const double changes = select_number (updates, row, "changes");
  const double l1 = select_number (updates, row, "change_l1");

  s->errors += select_number (updates, row, "log_errors");
  s->error += select_number (updates, row, "log_error");
  s->changes += changes;
  s->bound += fmin (l1 / gamma, changes / (4 * gamma * gamma));
}

static void
write_point (results_table *table, const points *all, const point *one,
             const sums run[])
{
  const double gamma = gamma_of (all, one);
  double *error = memory_new (one->rows.n, sizeof *error);
  size_t row, n = 0;
  sums total = { 0, 0, 0, 0 };
  analysis_interval interval;

  for (size_t i = 0; i < one->rows.n; i++)
    if (run[i].errors > 0)
      {
        error[n++] = run[i].error / run[i].errors;
        total.changes += run[i].changes;
        total.bound += run[i].bound;
      }
  interval = analysis_interval_of (n, error);
  free (error);
  if (n == 0)
    return;
  row = table_add_row (table);
  points_set_labels (table, row, all, one);
  select_set (table, row, "gamma", gamma);
  select_set (table, row, "n", (double) n);
  select_set (table, row, "diverged",
              (double) select_count (all->data->results, &one->rows,
                                     "diverged"));
  select_set (table, row, "error", interval.mean);
  select_set (table, row, "half_width", interval.half_width);
  select_set (table, row, "bound", total.bound / total.changes);
  select_set (table, row, "largest", 1 / (4 * gamma * gamma));
  select_set (table, row, "uniform", 1 / (6 * gamma * gamma));
}

/* Sums of every run of every point, by the place of its row in results. */
static sums *
sum_up (const points *all, const results_table *updates)
{
  sums *run = memory_new (table_rows (all->data->results) + 1, sizeof *run);

  for (size_t row = 0; row < table_rows (updates); row++)
    {
      size_t i;
      const point *one = points_of_row (all, updates, row, &i);

      if (one != NULL)
        add (&run[one->rows.row[i]], updates, row, gamma_of (all, one));
    }
  return run;
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  const results_table *updates = report_data_table (data, "updates", error);
  results_table *table;
  points all;
  sums *run;

  if (updates == NULL)
    return NULL;
  table = table_new ();
  all = points_find (data);
  run = sum_up (&all, updates);
  /* The rows of a point stand together. */
  for (size_t i = 0; i < all.count; i++)
    if (points_is_result (&all.item[i])
        && !isnan (gamma_of (&all, &all.item[i])))
      write_point (table, &all, &all.item[i],
                   run + all.item[i].rows.row[0]);
  free (run);
  points_free (&all);
  if (table_rows (table) > 0)
    return table;
  numsys_error_set (error, "The table update-error has no rows: no reported "
                    "run that was measured stores its weights in an LNS that "
                    "the study varies.");
  table_free (table);
  return NULL;
}

const report_table tables_update_error = {
  .name = "update-error",
  .summary = "what storing weights in an LNS adds to an update, in log2 |w|, "
             "and its bounds",
  .make = make,
};
