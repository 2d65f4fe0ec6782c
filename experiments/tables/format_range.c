/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: what formats reach of a run's numbers, a row a measured tensor and
   format: log2 of the least and the largest positive value (formats.h says at
   which scale), and the share of nonzero values that became zero.  */

#include <config.h>

#include <math.h>
#include <string.h>

#include "experiments/tables/formats.h"
#include "experiments/tables/tables.h"
#include "experiments/tables/tensors.h"

/* Formats that bound nothing here, and tensors of zeros, have no range. */
static int
find_formats (tensors *all, const points *grid, const results_table *probes,
              numsys_error *error)
{
  for (size_t row = 0; row < table_rows (probes); row++)
    {
      format_facts facts;

      if (formats_facts_of (select_text (probes, row, "spec"), &facts, error)
          != 0)
        return -1;
      if (!facts.is_exact
          && strcmp (select_text (probes, row, "role"), "U") != 0
          && select_number (probes, row, "largest") > 0)
        tensors_add (all, grid, probes, row, row);
    }
  return 0;
}

static int
write_format (results_table *table, const points *grid,
              const results_table *probes, const tensor *one,
              numsys_error *error)
{
  const double largest = select_number (probes, one->first, "largest");
  const double nonzero = select_number (probes, one->first, "values")
                         - select_number (probes, one->first, "zeros");
  format_facts facts;
  format_range range;
  size_t row;

  if (formats_facts_of (one->spec, &facts, error) != 0
      || formats_range_of (one->spec, largest, &range, error) != 0)
    return -1;
  row = tensors_write (table, grid, probes, one);
  select_set_text (table, row, "spec", one->spec);
  select_set_text (table, row, "family", facts.family);
  select_set (table, row, "bits", facts.bits);
  select_set_known (table, row, "gamma", facts.gamma);
  select_set_known (table, row, "significand", facts.significand);
  select_set (table, row, "bottom", log2 (range.least));
  select_set (table, row, "top", log2 (range.largest));
  select_set (table, row, "flushed_share",
              select_number (probes, one->first, "flushed") / nonzero);
  return 0;
}

static results_table *
make_format_range (const report_data *data, numsys_error *error)
{
  static const tensors_maker by
    = { "format-range", "probes", find_formats, write_format };

  return tensors_table (data, &by, error);
}

const report_table tables_format_range = {
  .name = "format-range",
  .summary = "what formats reach of that, and the share that becomes zero",
  .make = make_format_range,
};
