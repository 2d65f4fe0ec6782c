/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: where a run's numbers lie, a row a measured tensor, of nonzero values:
   floor (log2 |x|) of the least and of the greatest, and log2 |x| at seven
   shares of them from below.  Histograms tell no more than the octave; within
   one, logarithms are taken as spread evenly.  */

#include <config.h>

#include <string.h>

#include "experiments/tables/tables.h"
#include "experiments/tables/tensors.h"

static const struct { const char *column; double share; } shares[] = {
  { "q005", 0.005 }, { "q05", 0.05 }, { "q25", 0.25 }, { "q50", 0.5 },
  { "q75", 0.75 }, { "q95", 0.95 }, { "q995", 0.995 },
};

#define SHARES (sizeof shares / sizeof shares[0])

static int
is_same_tensor (const results_table *exponents, size_t a, size_t b)
{
  int is_same = strcmp (select_text (exponents, a, "hash"),
                        select_text (exponents, b, "hash")) == 0
                && strcmp (select_text (exponents, a, "group"),
                           select_text (exponents, b, "group")) == 0;

  for (size_t i = 0; is_same && i < TENSORS_WHAT; i++)
    is_same = strcmp (select_text (exponents, a, tensors_what[i]),
                      select_text (exponents, b, tensors_what[i])) == 0;
  return is_same;
}

/* log2 |x| that a share of the values in rows first..last, octaves from the
   least up, lies below. */
static double
quantile (const results_table *exponents, size_t first, size_t last,
          double total, double share)
{
  double below = 0, count = 0;
  size_t row = first;

  for (; row <= last; row++)
    {
      count = select_number (exponents, row, "count");
      if (below + count >= share * total || row == last)
        break;
      below += count;
    }
  return select_number (exponents, row, "exponent")
         + (share * total - below) / count;
}

static void
write_quantiles (results_table *table, size_t row,
                 const results_table *exponents, const tensor *one)
{
  double total = 0;

  for (size_t i = one->first; i <= one->last; i++)
    total += select_number (exponents, i, "count");
  select_set (table, row, "nonzero", total);
  select_set (table, row, "least",
              select_number (exponents, one->first, "exponent"));
  select_set (table, row, "greatest",
              select_number (exponents, one->last, "exponent"));
  for (size_t i = 0; i < SHARES; i++)
    select_set (table, row, shares[i].column,
                quantile (exponents, one->first, one->last, total,
                          shares[i].share));
}

static int
find_octaves (tensors *all, const points *grid,
              const results_table *exponents, numsys_error *error)
{
  (void) error;
  for (size_t first = 0, last; first < table_rows (exponents);
       first = last + 1)
    {
      last = first;
      while (last + 1 < table_rows (exponents)
             && is_same_tensor (exponents, first, last + 1))
        last++;
      tensors_add (all, grid, exponents, first, last);
    }
  return 0;
}

static int
write_octaves (results_table *table, const points *grid,
               const results_table *exponents, const tensor *one,
               numsys_error *error)
{
  (void) error;
  write_quantiles (table, tensors_write (table, grid, exponents, one),
                   exponents, one);
  return 0;
}

static results_table *
make_dynamic_range (const report_data *data, numsys_error *error)
{
  static const tensors_maker by
    = { "dynamic-range", "exponents", find_octaves, write_octaves };

  return tensors_table (data, &by, error);
}

const report_table tables_dynamic_range = {
  .name = "dynamic-range",
  .summary = "where nonzero values lie, by role, layer and step: quantiles of "
             "log2 |x|",
  .make = make_dynamic_range,
};
