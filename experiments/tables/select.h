/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of a results table that belong together, and what they say.  */

#ifndef EXPERIMENTS_TABLES_SELECT_H
#define EXPERIMENTS_TABLES_SELECT_H

#include <stddef.h>
#include "analysis/analysis.h"
#include "experiments/results/table.h"

/* Rows of one results table: one setting, several seeds.  Zeroed when empty;
   free row.  */
typedef struct select_rows
{
  size_t n;
  size_t *row;
} select_rows;

void select_add (select_rows *rows, size_t row);

/* The text of a column, `-' when the table has none of that name. */
const char *select_text (const results_table *results, size_t row,
                         const char *column);
double select_number (const results_table *results, size_t row,
                      const char *column);

/* 1 when no role of the run was quantized: it is a float32 run. */
int select_is_float32 (const results_table *results, size_t row);

/* 1 when the run belongs to a map of gamma and bits. */
int select_is_cell (const results_table *results, size_t row);

/* The one of others with the seed of row, or -1. */
ptrdiff_t select_find_seed (const results_table *results,
                            const select_rows *others, size_t row);

/* Of a metric over the rows. */
analysis_interval select_mean (const results_table *results,
                               const select_rows *rows, const char *metric);

/* Of rows minus others, each with the one of the same seed; n counts the
   pairs. */
analysis_interval select_difference (const results_table *results,
                                     const select_rows *rows,
                                     const select_rows *others,
                                     const char *metric);

/* How many have this status. */
size_t select_count (const results_table *results, const select_rows *rows,
                     const char *status);

/* The share, 0 to 1, of a role's values that met an event ("raised"); NaN
   when the role was not quantized. */
double select_share (const results_table *results, const select_rows *rows,
                     const char *role, const char *event);

/* Sets a number in the column of that name, made if there is none. */
void select_set (results_table *table, size_t row, const char *column,
                 double x);
/* The same, but `-' for NaN: the number does not apply. */
void select_set_known (results_table *table, size_t row, const char *column,
                       double x);
void select_set_text (results_table *table, size_t row, const char *column,
                      const char *text);

#endif
