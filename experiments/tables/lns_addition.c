/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: the errors of approximated LNS sums and differences by the distance d
   of the operands, in steps with their sign (both functions' values minus the
   exact ones, a difference being subtracted) and as the relative error of the
   result.  d goes an octave beyond where the exact functions round to 0; a row
   is a stretch of it, each d of which is taken.  */

#include <config.h>

#include <stdlib.h>

#include "experiments/results/memory.h"
#include "experiments/tables/approximations.h"
#include "experiments/tables/select.h"
#include "experiments/tables/tables.h"

enum { STRETCHES = 256 };   /* at most, of one approximation */

static void
write_errors (results_table *table, size_t row, const numsys_approx *approx,
              numsys_approx_function function, int64_t first, int64_t end)
{
  static const char *const columns[] = { "least", "most", "relative" };
  const numsys_approx_error e
    = numsys_approx_measure_between (approx, function, first, end);
  const double value[] = { e.least, e.most, e.relative_largest };

  for (size_t i = 0; i < 3; i++)
    {
      char *name = memory_format ("%s_%s",
                                  numsys_approx_function_names[function],
                                  columns[i]);

      if (e.judged > 0)
        select_set (table, row, name, value[i]);
      else
        select_set_text (table, row, name, "-");
      free (name);
    }
}

static int64_t
longer (int64_t a, int64_t b)
{
  return a > b ? a : b;
}

static void
write (results_table *table, const approximations_case *one)
{
  const numsys_approx *approx = one->approx;
  const int64_t gamma = numsys_approx_gamma (approx);
  const int64_t all
    = gamma + longer (numsys_approx_end (approx, NUMSYS_APPROX_SUM),
                      numsys_approx_end (approx, NUMSYS_APPROX_DIFFERENCE));
  const int64_t each = (all + STRETCHES - 1) / STRETCHES;

  for (int64_t d = 0; d < all; d += each)
    {
      const int64_t end = d + each < all ? d + each : all;
      const size_t row = approximations_add_row (table, one);

      select_set (table, row, "d", (double) d);
      select_set (table, row, "last", (double) (end - 1));
      select_set (table, row, "octaves",
                  (double) (d + end - 1) / 2 / (double) gamma);
      write_errors (table, row, approx, NUMSYS_APPROX_SUM, d, end);
      write_errors (table, row, approx, NUMSYS_APPROX_DIFFERENCE,
                    longer (d, 1), end);
    }
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  return approximations_table (data, "lns-addition", write, error);
}

const report_table tables_lns_addition = {
  .name = "lns-addition",
  .summary = "errors of approximated LNS sums and differences by distance",
  .make = make,
};
