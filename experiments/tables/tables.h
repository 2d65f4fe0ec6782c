/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables that studies may name; registry.c lists them.  */

#ifndef EXPERIMENTS_TABLES_TABLES_H
#define EXPERIMENTS_TABLES_TABLES_H

#include "experiments/report/report.h"

extern const report_table tables_accumulation;
extern const report_table tables_accuracy;
extern const report_table tables_accuracy_map;
extern const report_table tables_approximation_cost;
extern const report_table tables_baselines;
extern const report_table tables_convergence;
extern const report_table tables_distances;
extern const report_table tables_dynamic_range;
extern const report_table tables_format_accuracy;
extern const report_table tables_format_range;
extern const report_table tables_quantization_error;
extern const report_table tables_lns_addition;
extern const report_table tables_rates;
extern const report_table tables_search;
extern const report_table tables_smallest_bits;
extern const report_table tables_swallowed;
extern const report_table tables_trajectory;
extern const report_table tables_update_error;
extern const report_table tables_zero_code;

#endif
