/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: updates and how many of them rounding swallowed, by the magnitude of
   the weight, a row a point and octave: over all measured steps, seeds and
   arrays of weights, biases left out.  Weights that are zero have no
   magnitude.  */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "analysis/exponents.h"
#include "experiments/results/memory.h"
#include "experiments/tables/points.h"
#include "experiments/tables/tables.h"
#include "numsys/spec.h"

typedef struct octaves
{
  double updates[ANALYSIS_EXPONENTS], swallowed[ANALYSIS_EXPONENTS];
} octaves;

static void
write_point (results_table *table, const points *all, const point *one,
             const octaves *sum)
{
  double total = 0;

  for (int i = 0; i < ANALYSIS_EXPONENTS; i++)
    total += sum->updates[i];
  for (int i = 0; i < ANALYSIS_EXPONENTS; i++)
    {
      size_t row;

      if (!(sum->updates[i] > 0))
        continue;
      row = table_add_row (table);
      points_set_labels (table, row, all, one);
      select_set (table, row, "exponent", i + ANALYSIS_LEAST_EXPONENT);
      select_set (table, row, "updates", sum->updates[i]);
      select_set (table, row, "swallowed", sum->swallowed[i]);
      select_set (table, row, "swallowed_share",
                  sum->swallowed[i] / sum->updates[i]);
      select_set (table, row, "updates_share", sum->updates[i] / total);
    }
}

/* Of each point. */
static octaves *
sum_up (const points *all, const results_table *swallowed)
{
  octaves *sum = memory_new (all->count + 1, sizeof *sum);

  for (size_t row = 0; row < table_rows (swallowed); row++)
    {
      const double exponent = select_number (swallowed, row, "exponent");
      size_t run;
      const point *one;

      if (!(exponent >= ANALYSIS_LEAST_EXPONENT
            && exponent <= ANALYSIS_GREATEST_EXPONENT)
          || strcmp (select_text (swallowed, row, "tensor"), "weight") != 0)
        continue;
      one = points_of_row (all, swallowed, row, &run);
      if (one != NULL)
        {
          octaves *of = &sum[one - all->item];
          const int i = (int) exponent - ANALYSIS_LEAST_EXPONENT;

          of->updates[i] += select_number (swallowed, row, "updates");
          of->swallowed[i] += select_number (swallowed, row, "swallowed");
        }
    }
  return sum;
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  const results_table *swallowed = report_data_table (data, "swallowed",
                                                      error);
  results_table *table;
  points all;
  octaves *sum;

  if (swallowed == NULL)
    return NULL;
  table = table_new ();
  all = points_find (data);
  sum = sum_up (&all, swallowed);
  for (size_t i = 0; i < all.count; i++)
    write_point (table, &all, &all.item[i], &sum[i]);
  free (sum);
  points_free (&all);
  if (table_rows (table) > 0)
    return table;
  numsys_error_set (error, "The table swallowed has no rows: no update of a "
                    "reported run was measured.");
  table_free (table);
  return NULL;
}

const report_table tables_swallowed = {
  .name = "swallowed",
  .summary = "the share of updates that rounding swallows, by the weight's "
             "magnitude",
  .make = make,
};
