/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data sets of a study: each loaded once, before any process is forked.  */

#ifndef EXPERIMENTS_DRIVER_SETS_H
#define EXPERIMENTS_DRIVER_SETS_H

#include "experiments/data/data.h"
#include "experiments/study/grid.h"

typedef struct sets
{
  size_t count;
  data_set *set;
} sets;

/* Loads what the runs name, from folder (NULL: where each is by itself).  -1
   and a sentence; the caller frees in either case. */
int sets_load (sets *all, const grid *runs, const char *folder,
               numsys_error *error);
void sets_free (sets *all);

/* The set of this name, which was loaded; closure is the sets. */
const data_set *sets_find (void *closure, const char *name);

#endif
