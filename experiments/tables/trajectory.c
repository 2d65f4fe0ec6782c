/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: how far the weights are from those of the same run in the truth, step
   by step, relative to these: mean over seeds, of the losses too; n says how
   many runs got there.  Runs without a truth are left out.  */

#include <config.h>

#include <string.h>

#include "experiments/tables/curves.h"
#include "experiments/tables/tables.h"

static void
write_step (results_table *table, const curves_step *at)
{
  size_t row;

  if (strcmp (select_text (at->curves, at->rows.row[0], "distance"), "-") == 0)
    return;
  row = table_add_row (table);
  curves_set_place (table, row, at);
  curves_set_mean (table, row, at, "distance", "half_width");
  curves_set_mean (table, row, at, "train_loss", "train_half_width");
  curves_set_mean (table, row, at, "truth_loss", "truth_half_width");
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  return curves_table (data, "trajectory", write_step, error);
}

const report_table tables_trajectory = {
  .name = "trajectory",
  .summary = "distance from the truth's weights by step, and both losses, mean "
             "and interval over seeds",
  .make = make,
};
