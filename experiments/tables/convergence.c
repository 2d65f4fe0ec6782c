/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: training curves of every reported point, mean and interval over seeds
   at each step; n says how many runs got there.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/tables/points.h"
#include "experiments/tables/tables.h"
#include "numsys/spec.h"

/* Rows of the curve of a run, in their order.  A run that stands in several
   groups has a curve in each: they are the same. */
static select_rows
curve_of (const results_table *curves, const char *hash, const char *group)
{
  select_rows rows = { 0, NULL };

  for (size_t row = 0; row < table_rows (curves); row++)
    if (strcmp (select_text (curves, row, "hash"), hash) == 0
        && strcmp (select_text (curves, row, "group"), group) == 0)
      select_add (&rows, row);
  return rows;
}

static void
write_mean (results_table *table, size_t row, const results_table *curves,
            const select_rows *rows, const char *metric, const char *width)
{
  const analysis_interval interval = select_mean (curves, rows, metric);

  select_set (table, row, metric, interval.mean);
  select_set (table, row, width, interval.half_width);
}

/* The i-th point of the curves of one setting: rows of curves. */
static void
write_step (results_table *table, const points *all, const point *one,
            const results_table *curves, const select_rows *rows)
{
  const size_t row = table_add_row (table);

  points_set_labels (table, row, all, one);
  select_set (table, row, "step",
              select_number (curves, rows->row[0], "step"));
  select_set (table, row, "epoch",
              select_number (curves, rows->row[0], "epoch"));
  select_set (table, row, "runs", (double) one->rows.n);
  select_set (table, row, "n", (double) rows->n);
  select_set (table, row, "diverged",
              (double) select_count (all->data->results, &one->rows,
                                     "diverged"));
  write_mean (table, row, curves, rows, "train_loss", "train_half_width");
  write_mean (table, row, curves, rows, "validation_loss",
              "validation_loss_half_width");
  write_mean (table, row, curves, rows, "validation_accuracy", "half_width");
}

static void
write_point (results_table *table, const points *all, const point *one,
             const results_table *curves)
{
  select_rows *curve = memory_new (one->rows.n, sizeof *curve);
  size_t longest = 0;

  for (size_t i = 0; i < one->rows.n; i++)
    {
      curve[i] = curve_of (curves, select_text (all->data->results,
                                                one->rows.row[i], "hash"),
                           one->group);
      longest = curve[i].n > longest ? curve[i].n : longest;
    }
  for (size_t k = 0; k < longest; k++)
    {
      select_rows rows = { 0, NULL };

      for (size_t i = 0; i < one->rows.n; i++)
        if (k < curve[i].n)
          select_add (&rows, curve[i].row[k]);
      write_step (table, all, one, curves, &rows);
      free (rows.row);
    }
  for (size_t i = 0; i < one->rows.n; i++)
    free (curve[i].row);
  free (curve);
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  const results_table *curves = report_data_table (data, "curves", error);
  results_table *table;
  points all;

  if (curves == NULL)
    return NULL;
  table = table_new ();
  all = points_find (data);
  for (size_t i = 0; i < all.count; i++)
    if (points_is_result (&all.item[i]))
      write_point (table, &all, &all.item[i], curves);
  points_free (&all);
  if (table_rows (table) > 0)
    return table;
  numsys_error_set (error, "The table convergence has no rows: no reported "
                    "run has a curve.");
  table_free (table);
  return NULL;
}

const report_table tables_convergence = {
  .name = "convergence",
  .summary = "training curves: losses and validation accuracy by step, mean "
             "and interval over seeds",
  .make = make,
};
