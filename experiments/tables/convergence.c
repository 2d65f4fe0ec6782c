/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: training curves of every reported point, mean and interval over seeds
   at each step; n says how many runs got there.  */

#include <config.h>

#include "experiments/tables/curves.h"
#include "experiments/tables/tables.h"

static void
write_step (results_table *table, const curves_step *at)
{
  const size_t row = table_add_row (table);

  curves_set_place (table, row, at);
  curves_set_mean (table, row, at, "train_loss", "train_half_width");
  curves_set_mean (table, row, at, "validation_loss",
                   "validation_loss_half_width");
  curves_set_mean (table, row, at, "validation_accuracy", "half_width");
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  return curves_table (data, "convergence", write_step, error);
}

const report_table tables_convergence = {
  .name = "convergence",
  .summary = "training curves: losses and validation accuracy by step, mean "
             "and interval over seeds",
  .make = make,
};
