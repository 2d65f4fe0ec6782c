/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Training curves of reported points.  */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/tables/curves.h"
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

void
curves_set_place (results_table *table, size_t row, const curves_step *at)
{
  const size_t first = at->rows.row[0];

  points_set_labels (table, row, at->all, at->one);
  select_set (table, row, "step", select_number (at->curves, first, "step"));
  select_set (table, row, "epoch", select_number (at->curves, first, "epoch"));
  select_set (table, row, "runs", (double) at->one->rows.n);
  select_set (table, row, "n", (double) at->rows.n);
  select_set (table, row, "diverged",
              (double) select_count (at->all->data->results, &at->one->rows,
                                     "diverged"));
}

void
curves_set_mean (results_table *table, size_t row, const curves_step *at,
                 const char *metric, const char *half_width)
{
  const analysis_interval interval = select_mean (at->curves, &at->rows,
                                                  metric);

  select_set (table, row, metric, interval.mean);
  select_set (table, row, half_width, interval.half_width);
}

static void
write_point (results_table *table, const points *all, const point *one,
             const results_table *curves,
             void (*write) (results_table *table, const curves_step *at))
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
      curves_step at = { all, one, curves, { 0, NULL }, k };

      for (size_t i = 0; i < one->rows.n; i++)
        if (k < curve[i].n)
          select_add (&at.rows, curve[i].row[k]);
      write (table, &at);
      free (at.rows.row);
    }
  for (size_t i = 0; i < one->rows.n; i++)
    free (curve[i].row);
  free (curve);
}

results_table *
curves_table (const report_data *data, const char *name,
              void (*write) (results_table *table, const curves_step *at),
              numsys_error *error)
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
      write_point (table, &all, &all.item[i], curves, write);
  points_free (&all);
  if (table_rows (table) > 0)
    return table;
  numsys_error_set (error, "The table %s has no rows: no reported run has such "
                    "a curve.", name);
  table_free (table);
  return NULL;
}
