/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What quantized training is compared with: the study's float32 runs.  */

#ifndef EXPERIMENTS_TABLES_FLOAT32_H
#define EXPERIMENTS_TABLES_FLOAT32_H

#include "experiments/tables/select.h"

/* The runs of one float32 setting: an optimizer at a learning rate. */
typedef struct float32_baseline
{
  const char *group, *optimizer, *lr;   /* borrowed from the results */
  select_rows rows;
  double validation;   /* mean accuracy; -infinity when it is not finite */
  int is_reported;     /* a cell has one of its seeds; 0: runs of a search */
} float32_baseline;

typedef struct float32_list
{
  size_t count;
  float32_baseline *item;
} float32_list;

/* All of them, in their order. */
float32_list float32_find (const results_table *results);
void float32_free (float32_list *list);

/* The best reported one on validation data (never on test data: a choice made
   there would flatter float32), or NULL when there is none.  With an
   optimizer's spec, of those with an optimizer of that name. */
const float32_baseline *float32_best (const float32_list *list,
                                      const char *optimizer);

#endif
