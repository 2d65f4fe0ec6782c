/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: how far each system ends from the truth: a row a point of the grid.
   first_distance and distance are means over seeds at the first and at the
   last point of the curve; what the losses were there.  Runs without a truth
   are left out.  */

#include <config.h>

#include <string.h>

#include "experiments/tables/curves.h"
#include "experiments/tables/tables.h"

/* The row is begun by the first step of a point, and each later one takes the
   place of the one before. */
static void
write_step (results_table *table, const curves_step *at)
{
  size_t row;

  if (strcmp (select_text (at->curves, at->rows.row[0], "distance"), "-") == 0)
    return;
  row = at->i == 0 ? table_add_row (table) : table_rows (table) - 1;
  curves_set_place (table, row, at);
  if (at->i == 0)
    select_set (table, row, "first_distance",
                select_mean (at->curves, &at->rows, "distance").mean);
  curves_set_mean (table, row, at, "distance", "half_width");
  curves_set_mean (table, row, at, "train_loss", "train_half_width");
  curves_set_mean (table, row, at, "truth_loss", "truth_half_width");
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  return curves_table (data, "distances", write_step, error);
}

const report_table tables_distances = {
  .name = "distances",
  .summary = "distance from the truth's weights after the first point and at "
             "the end, and both losses there",
  .make = make,
};
