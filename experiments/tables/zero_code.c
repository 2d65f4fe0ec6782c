/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: what a zero is worth, by bits.  Runs of the axis `width' have no zero
   and one gamma, which their W says; the cells of the map `all' at that gamma
   are the same with one.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/tables/cells.h"
#include "experiments/tables/tables.h"
#include "numsys/spec.h"

/* gamma=N of a canonical spec, or NaN. */
static double
gamma_of (const char *spec)
{
  const char *at = strstr (spec, "gamma=");

  return at == NULL ? NAN : strtod (at + strlen ("gamma="), NULL);
}

/* The runs without a zero of one width, from the row of the first on. */
static select_rows
runs_of_width (const results_table *results, size_t first)
{
  const double width = select_number (results, first, "width");
  select_rows rows = { 0, NULL };

  for (size_t row = first; row < table_rows (results); row++)
    if (select_number (results, row, "width") == width)
      select_add (&rows, row);
  return rows;
}

static void
write_row (results_table *table, const results_table *results,
           const char *zero, double bits, const select_rows *rows,
           const float32_baseline *best)
{
  const size_t row = table_add_row (table);
  analysis_interval accuracy = select_mean (results, rows, "test_accuracy");

  select_set_text (table, row, "zero", zero);
  select_set (table, row, "bits", bits);
  select_set (table, row, "n", (double) accuracy.n);
  select_set (table, row, "diverged",
              (double) select_count (results, rows, "diverged"));
  select_set (table, row, "accuracy", accuracy.mean);
  select_set (table, row, "half_width", accuracy.half_width);
  if (best != NULL)
    {
      accuracy = select_difference (results, rows, &best->rows,
                                    "test_accuracy");
      select_set (table, row, "best_difference", accuracy.mean);
      select_set (table, row, "best_half_width", accuracy.half_width);
      select_set (table, row, "float32",
                  select_mean (results, &best->rows, "test_accuracy").mean);
    }
  for (int role = 0; role < CELLS_ROLES; role++)
    {
      char column[] = { cells_roles[role][0], '_', 'r', 'a', 'i', 's', 'e',
                        'd', '\0' };
      select_set_known (table, row, column,
                        select_share (results, rows, cells_roles[role],
                                      "raised"));
    }
}

/* Rows of the runs without a zero; their gamma, NaN when there are none. */
static double
write_without (results_table *table, const results_table *results,
               const float32_baseline *best)
{
  double gamma = NAN;

  for (size_t row = 0; row < table_rows (results); row++)
    {
      double width = select_number (results, row, "width");
      size_t before = 0;
      select_rows rows;

      while (before < row
             && select_number (results, before, "width") != width)
        before++;
      if (isnan (width) || before < row)
        continue;
      gamma = gamma_of (select_text (results, row, "W"));
      rows = runs_of_width (results, row);
      write_row (table, results, "none", width, &rows, best);
      free (rows.row);
    }
  return gamma;
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  const results_table *results = data->results;
  results_table *table = table_new ();
  float32_list float32 = float32_find (results);
  const float32_baseline *best = float32_best (&float32, NULL);
  cells all = cells_find (results, best);
  double gamma = write_without (table, results, best);

  for (size_t i = 0; i < all.count; i++)
    if (all.item[i].gamma == gamma && strcmp (all.item[i].map, "all") == 0)
      write_row (table, results, "flag", all.item[i].bits, &all.item[i].rows,
                 best);
  cells_free (&all);
  float32_free (&float32);
  if (table_rows (table) > 0)
    return table;
  numsys_error_set (error, "The table zero-code has no rows: no run has a "
                    "width.");
  table_free (table);
  return NULL;
}

const report_table tables_zero_code = {
  .name = "zero-code",
  .summary = "accuracy by bits with and without a zero, and raised values",
  .make = make,
};
