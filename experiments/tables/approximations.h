/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the approximations that a study names.  */

#ifndef EXPERIMENTS_TABLES_APPROXIMATIONS_H
#define EXPERIMENTS_TABLES_APPROXIMATIONS_H

#include "experiments/report/report.h"
#include "numsys/approx/approx.h"

/* One of them, of one format, and how tables call these. */
typedef struct approximations_case
{
  const char *format;
  const numsys_approx *approx;
} approximations_case;

/* A new table, to which write adds rows for each approximation of each format
   with each number of fraction bits, in the order of the study's lists; or NULL
   and a sentence, name being the table's. */
results_table *approximations_table (
  const report_data *data, const char *name,
  void (*write) (results_table *table, const approximations_case *one),
  numsys_error *error);

/* A new row that begins with format, gamma, fraction and approximation. */
size_t approximations_add_row (results_table *table,
                               const approximations_case *one);

#endif
