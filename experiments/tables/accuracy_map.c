/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: accuracy by base factor and bits, one row a cell; cells.h says what a
   cell is and why it loses.  */

#include <config.h>

#include <math.h>
#include <stdio.h>

#include "experiments/tables/cells.h"
#include "experiments/tables/tables.h"
#include "numsys/elementary.h"
#include "numsys/spec.h"

/* Roles whose events are told: those that maps quantize, and U, the stored
   weights, which is the same in all maps. */
static const char *const roles[] = { "W", "A", "E", "G", "U" };

#define ROLES (sizeof roles / sizeof roles[0])

static void
write_shares (results_table *table, size_t row, const results_table *results,
              const cell *one)
{
  static const char *const events[] = { "raised", "flushed", "saturated" };
  char column[32];

  select_set_known (table, row, "raised", one->raised);
  select_set_text (table, row, "raised_role",
                   !(one->raised > 0) ? "-" : cells_roles[one->raised_role]);
  for (size_t role = 0; role < ROLES; role++)
    for (size_t event = 0; event < sizeof events / sizeof events[0]; event++)
      {
        snprintf (column, sizeof column, "%s_%s", roles[role],
                  events[event]);
        select_set_known (table, row, column,
                          select_share (results, &one->rows, roles[role],
                                        events[event]));
      }
}

/* A difference to float32: its mean, its interval, its number of pairs. */
static void
write_difference (results_table *table, size_t row, const char *name,
                  analysis_interval difference)
{
  char column[32];

  snprintf (column, sizeof column, "%s_difference", name);
  select_set (table, row, column, difference.mean);
  snprintf (column, sizeof column, "%s_half_width", name);
  select_set (table, row, column, difference.half_width);
  snprintf (column, sizeof column, "%s_pairs", name);
  select_set (table, row, column, (double) difference.n);
}

static void
write_cell (results_table *table, const results_table *results,
            const float32_list *float32, const cells *all, const cell *one)
{
  const size_t row = table_add_row (table);
  const float32_baseline *own
    = float32_best (float32, select_text (results, one->rows.row[0],
                                          "optimizer"));
  analysis_interval accuracy = select_mean (results, &one->rows,
                                            "test_accuracy");

  select_set_text (table, row, "map", one->map);
  select_set (table, row, "map_index", (double) one->map_index);
  select_set (table, row, "gamma", one->gamma);
  select_set (table, row, "gamma_index", (double) one->gamma_index);
  select_set (table, row, "bits", one->bits);
  select_set (table, row, "octaves",
              (ldexp (1, (int) one->bits - 1) - 1) / one->gamma);
  select_set (table, row, "gap", numsys_exp2 (1 / one->gamma) - 1);
  select_set (table, row, "n", (double) accuracy.n);
  select_set (table, row, "finished",
              (double) select_count (results, &one->rows, "finished"));
  select_set (table, row, "diverged",
              (double) select_count (results, &one->rows, "diverged"));
  select_set (table, row, "accuracy", accuracy.mean);
  select_set (table, row, "half_width", accuracy.half_width);
  write_difference (table, row, "best", one->difference);
  if (own != NULL)
    write_difference (table, row, "own",
                      select_difference (results, &one->rows, &own->rows,
                                         "test_accuracy"));
  select_set_text (table, row, "cause", cells_cause (all, one));
  write_shares (table, row, results, one);
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  const results_table *results = data->results;
  float32_list float32 = float32_find (results);
  cells all = cells_find (results, float32_best (&float32, NULL));
  results_table *table = NULL;

  if (all.count == 0)
    numsys_error_set (error, "The table accuracy-map has no cells: no "
                      "quantized run has a gamma and bits.");
  else
    table = table_new ();
  for (size_t i = 0; i < all.count; i++)
    write_cell (table, results, &float32, &all, &all.item[i]);
  cells_free (&all);
  float32_free (&float32);
  return table;
}

const report_table tables_accuracy_map = {
  .name = "accuracy-map",
  .summary = "accuracy by quantized roles, gamma and bits; against float32 by "
             "seed; raised values; why accuracy is lost",
  .make = make,
};
