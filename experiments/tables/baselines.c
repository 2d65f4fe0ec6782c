/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: the float32 runs that quantized training is compared with.  */

#include <config.h>

#include "experiments/report/report.h"
#include "experiments/tables/float32.h"
#include "experiments/tables/tables.h"

static results_table *
make (const report_data *data, numsys_error *error)
{
  static const char *const columns[]
    = { "group", "optimizer", "lr", "n", "diverged", "validation_accuracy",
        "test_accuracy", "half_width", "is_reported", "is_best" };
  const results_table *results = data->results;
  results_table *table = table_new ();
  float32_list list = float32_find (results);
  const float32_baseline *best = float32_best (&list, NULL);

  (void) error;
  for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
    table_column (table, columns[i]);
  for (size_t i = 0; i < list.count; i++)
    {
      const float32_baseline *one = &list.item[i];
      analysis_interval test = select_mean (results, &one->rows,
                                            "test_accuracy");
      size_t row = table_add_row (table);

      select_set_text (table, row, "group", one->group);
      select_set_text (table, row, "optimizer", one->optimizer);
      select_set_text (table, row, "lr", one->lr);
      select_set (table, row, "n", (double) test.n);
      select_set (table, row, "diverged",
                  (double) select_count (results, &one->rows, "diverged"));
      select_set (table, row, "validation_accuracy",
                  select_mean (results, &one->rows,
                               "validation_accuracy").mean);
      select_set (table, row, "test_accuracy", test.mean);
      select_set (table, row, "half_width", test.half_width);
      select_set_text (table, row, "is_reported",
                       one->is_reported ? "yes" : "no");
      select_set_text (table, row, "is_best", one == best ? "yes" : "no");
    }
  float32_free (&list);
  return table;
}

const report_table tables_baselines = {
  .name = "baselines",
  .summary = "float32 training: accuracy by optimizer and learning rate; the "
             "best reported one is chosen on validation data",
  .make = make,
};
