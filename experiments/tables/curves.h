/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Training curves of reported points, for tables with a row a step.  */

#ifndef EXPERIMENTS_TABLES_CURVES_H
#define EXPERIMENTS_TABLES_CURVES_H

#include "experiments/tables/points.h"

/* Rows of curves.tsv: the i-th point of the curve of each run of one setting
   that got there. */
typedef struct curves_step
{
  const points *all;
  const point *one;
  const results_table *curves;
  select_rows rows;
  size_t i;
} curves_step;

/* A table called name, write being told of every step of every reported
   point, in their order; or NULL and a sentence, when there are no curves or
   write adds no row. */
results_table *curves_table (const report_data *data, const char *name,
                             void (*write) (results_table *table,
                                            const curves_step *at),
                             numsys_error *error);

/* Labels of the point on each axis, step and epoch, how many runs there are,
   how many got to the step, and how many diverged. */
void curves_set_place (results_table *table, size_t row,
                       const curves_step *at);

/* Mean of a metric at the step, under its name, and the half width of its
   interval over seeds. */
void curves_set_mean (results_table *table, size_t row, const curves_step *at,
                      const char *metric, const char *half_width);

#endif
