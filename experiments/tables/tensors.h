/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measured tensors of a study's results, as tables have them.  */

#ifndef EXPERIMENTS_TABLES_TENSORS_H
#define EXPERIMENTS_TABLES_TENSORS_H

#include "experiments/tables/points.h"

/* What says which tensor a row is of, beside its run. */
#define TENSORS_WHAT 5
extern const char *const tensors_what[TENSORS_WHAT];

/* A measured tensor: rows first..last of a table beside results.tsv. */
typedef struct tensor
{
  const point *of;
  size_t run, first, last;
  const char *role, *name, *spec;   /* borrowed */
  double layer;
} tensor;

typedef struct tensors
{
  size_t count;
  tensor *item;
} tensors;

/* Rows first..last of `from', unless they are of no reported run. */
void tensors_add (tensors *all, const points *grid,
                  const results_table *from, size_t first, size_t last);

/* A new row, with the labels of the run and of the tensor. */
size_t tensors_write (results_table *table, const points *grid,
                      const results_table *from, const tensor *one);

/* How a table is made: its tensors are found in DIR/FROM.tsv, then written one
   by one.  Each gives 0, or -1 and a sentence. */
typedef struct tensors_maker
{
  const char *name, *from;
  int (*find) (tensors *all, const points *grid, const results_table *from,
               numsys_error *error);
  int (*write) (results_table *table, const points *grid,
                const results_table *from, const tensor *one,
                numsys_error *error);
} tensors_maker;

/* The table, the steps of a tensor standing together; NULL and a sentence. */
results_table *tensors_table (const report_data *data,
                              const tensors_maker *by, numsys_error *error);

#endif
