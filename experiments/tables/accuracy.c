/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the points of any study's grid: their accuracy, against float32,
   and what became of values and updates.  `accuracy' has the results, one row a
   cell, each at the rate that was chosen for it; `rates' has every rate, of
   searches too.  */

#include <config.h>

#include <math.h>
#include <stdio.h>

#include "experiments/tables/points.h"
#include "experiments/tables/tables.h"
#include "numsys/spec.h"

static const char *const roles[] = { "W", "A", "E", "G", "U" };
static const char *const events[] = { "raised", "flushed", "saturated" };

#define ROLES (sizeof roles / sizeof roles[0])
#define EVENTS (sizeof events / sizeof events[0])

/* The difference to a float32 point, by seed. */
static void
write_difference (results_table *table, size_t row, const points *all,
                  const point *one, const point *float32, const char *name)
{
  const select_rows nothing = { 0, NULL };
  const analysis_interval difference
    = select_difference (all->data->results, &one->rows,
                         float32 != NULL ? &float32->rows : &nothing,
                         "test_accuracy");
  char column[32];

  snprintf (column, sizeof column, "%s_difference", name);
  select_set (table, row, column, difference.mean);
  snprintf (column, sizeof column, "%s_half_width", name);
  select_set (table, row, column, difference.half_width);
}

static void
write_events (results_table *table, size_t row, const points *all,
              const point *one)
{
  char column[32];

  for (size_t i = 0; i < ROLES; i++)
    for (size_t j = 0; j < EVENTS; j++)
      {
        snprintf (column, sizeof column, "%s_%s", roles[i], events[j]);
        select_set_known (table, row, column,
                          select_share (all->data->results, &one->rows,
                                        roles[i], events[j]));
      }
}

static void
write_point (results_table *table, const points *all, const point *one)
{
  const results_table *results = all->data->results;
  const size_t row = table_add_row (table);
  const analysis_interval accuracy
    = select_mean (results, &one->rows, "test_accuracy");
  const analysis_interval validation
    = select_mean (results, &one->rows, "validation_accuracy");

  points_set_labels (table, row, all, one);
  select_set_text (table, row, "lr", points_label (all, one, "lr"));
  select_set_text (table, row, "rate_is", points_choice_name (one->choice));
  select_set (table, row, "n", (double) one->rows.n);
  select_set (table, row, "diverged",
              (double) select_count (results, &one->rows, "diverged"));
  select_set (table, row, "validation_accuracy", validation.mean);
  select_set (table, row, "validation_half_width", validation.half_width);
  select_set (table, row, "accuracy", accuracy.mean);
  select_set (table, row, "half_width", accuracy.half_width);
  write_difference (table, row, all, one, points_float32 (all, one, 0),
                    "best");
  write_difference (table, row, all, one, points_float32 (all, one, 1),
                    "own");
  select_set_known (table, row, "swallowed_share",
                    points_share (all, one, "swallowed", "updates"));
  select_set_known (table, row, "dragged_share",
                    points_share (all, one, "dragged", "U_values"));
  write_events (table, row, all, one);
}

/* Of results alone, or of every point. */
static results_table *
make (const report_data *data, int is_whole, const char *name,
      numsys_error *error)
{
  results_table *table = table_new ();
  points all = points_find (data);

  for (size_t i = 0; i < all.count; i++)
    if (is_whole || points_is_result (&all.item[i]))
      write_point (table, &all, &all.item[i]);
  points_free (&all);
  if (table_rows (table) > 0)
    return table;
  numsys_error_set (error, "The table %s has no rows: there are no runs that "
                    "it could show.", name);
  table_free (table);
  return NULL;
}

static results_table *
make_accuracy (const report_data *data, numsys_error *error)
{
  return make (data, 0, "accuracy", error);
}

static results_table *
make_rates (const report_data *data, numsys_error *error)
{
  return make (data, 1, "rates", error);
}

const report_table tables_accuracy = {
  .name = "accuracy",
  .summary = "accuracy of every cell of the grid over seeds, at its chosen "
             "learning rate; against float32 by seed; events",
  .make = make_accuracy,
};

const report_table tables_rates = {
  .name = "rates",
  .summary = "the same of every learning rate, of searches too, and which was "
             "chosen",
  .make = make_rates,
};
