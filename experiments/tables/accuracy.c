/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: the accuracy of every point of a study's grid, against float32, and
   what became of its values and updates.  Any study may have it.  */

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

/* The share of what is counted in one column among another's. */
static void
write_ratio (results_table *table, size_t row, const points *all,
             const point *one, const char *part, const char *whole)
{
  const results_table *results = all->data->results;
  double parts = 0, wholes = 0;
  char column[32];

  for (size_t i = 0; i < one->rows.n; i++)
    {
      parts += select_number (results, one->rows.row[i], part);
      wholes += select_number (results, one->rows.row[i], whole);
    }
  snprintf (column, sizeof column, "%s_share", part);
  select_set_known (table, row, column, wholes > 0 ? parts / wholes
                                                   : (double) NAN);
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

  points_set_labels (table, row, all, one);
  select_set_text (table, row, "lr", points_label (all, one, "lr"));
  select_set_text (table, row, "is_search", one->is_search ? "yes" : "no");
  select_set_text (table, row, "rate_is", points_choice_name (one->choice));
  select_set_text (table, row, "is_result",
                   points_is_result (one) ? "yes" : "no");
  select_set (table, row, "n", (double) one->rows.n);
  select_set (table, row, "diverged",
              (double) select_count (results, &one->rows, "diverged"));
  select_set (table, row, "validation_accuracy", one->validation);
  select_set (table, row, "accuracy", accuracy.mean);
  select_set (table, row, "half_width", accuracy.half_width);
  write_difference (table, row, all, one, points_float32 (all, one, 0),
                    "best");
  write_difference (table, row, all, one, points_float32 (all, one, 1),
                    "own");
  write_ratio (table, row, all, one, "swallowed", "updates");
  write_ratio (table, row, all, one, "dragged", "U_values");
  write_events (table, row, all, one);
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  points all = points_find (data);
  results_table *table = NULL;

  if (all.count == 0)
    numsys_error_set (error, "The table accuracy has no rows: there are no "
                      "runs.");
  else
    table = table_new ();
  for (size_t i = 0; i < all.count; i++)
    write_point (table, &all, &all.item[i]);
  points_free (&all);
  return table;
}

const report_table tables_accuracy = {
  .name = "accuracy",
  .summary = "accuracy of every point of the grid over seeds; against float32 "
             "by seed; which learning rate was chosen; events",
  .make = make,
};
