/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: what approximations of LNS sums and differences cost in bits of
   tables, and how wrong they are.  `bits' are of the tables that either
   function reads, sum_bits and difference_bits of those that one reads;
   sum_end and difference_end are the least d from which the exact function
   rounds to 0.  */

#include <config.h>

#include <stdlib.h>

#include "experiments/results/memory.h"
#include "experiments/tables/approximations.h"
#include "experiments/tables/select.h"
#include "experiments/tables/tables.h"

/* The column FUNCTION_NAME. */
static void
set (results_table *table, size_t row, numsys_approx_function function,
     const char *name, double x)
{
  char *column = memory_format ("%s_%s",
                                numsys_approx_function_names[function], name);

  select_set (table, row, column, x);
  free (column);
}

static void
write_function (results_table *table, size_t row, const numsys_approx *approx,
                numsys_approx_function function)
{
  const numsys_approx_error e = numsys_approx_measure (approx, function);

  set (table, row, function, "bits",
       (double) numsys_approx_bits_of (approx, 1u << function));
  set (table, row, function, "end",
       (double) numsys_approx_end (approx, function));
  set (table, row, function, "largest", e.largest);
  set (table, row, function, "where", (double) e.where);
  set (table, row, function, "mean", e.mean);
  set (table, row, function, "bias", e.bias);
  set (table, row, function, "relative_largest", e.relative_largest);
  set (table, row, function, "relative_mean", e.relative_mean);
  set (table, row, function, "relative_bias", e.relative_bias);
}

static void
write (results_table *table, const approximations_case *one)
{
  const size_t row = approximations_add_row (table, one);

  select_set (table, row, "bits",
              (double) numsys_approx_bits_of (
                one->approx, 1u << NUMSYS_APPROX_SUM
                               | 1u << NUMSYS_APPROX_DIFFERENCE));
  write_function (table, row, one->approx, NUMSYS_APPROX_SUM);
  write_function (table, row, one->approx, NUMSYS_APPROX_DIFFERENCE);
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  return approximations_table (data, "approximation-cost", write, error);
}

const report_table tables_approximation_cost = {
  .name = "approximation-cost",
  .summary = "bits and errors of approximated LNS sums and differences",
  .make = make,
};
