/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of tables share.  */

#ifndef TESTS_EXPERIMENTS_TABLES_HELP_H
#define TESTS_EXPERIMENTS_TABLES_HELP_H

#include "experiments/report/report.h"

/* A table from its text, which must be one. */
results_table *help_parse (const char *text);

/* Makes the table of this name; NULL and a sentence as its maker says. */
results_table *help_make (const char *name, const report_data *data,
                          numsys_error *error);

/* A field of a table. */
const char *help_text (const results_table *table, size_t row,
                       const char *column);
double help_number (const results_table *table, size_t row,
                    const char *column);

#endif
