/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every table that a study may name.  */

#include <config.h>

#include <stddef.h>

#include "experiments/tables/tables.h"

const report_table *const report_tables[] = {
  &tables_accumulation,
  &tables_accuracy,
  &tables_accuracy_map,
  &tables_approximation_cost,
  &tables_baselines,
  &tables_convergence,
  &tables_distances,
  &tables_dynamic_range,
  &tables_format_accuracy,
  &tables_format_range,
  &tables_quantization_error,
  &tables_lns_addition,
  &tables_rates,
  &tables_search,
  &tables_smallest_bits,
  &tables_swallowed,
  &tables_trajectory,
  &tables_update_error,
  &tables_zero_code,
  NULL,
};
