/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs in processes of their own, so that one that dies takes no other along
   and each has its own BLAS.  */

#ifndef EXPERIMENTS_DRIVER_POOL_H
#define EXPERIMENTS_DRIVER_POOL_H

#include "experiments/study/grid.h"

/* What is to be done. */
typedef struct pool_work
{
  const char *dir;
  size_t count;
  const grid_run *const *run;
  const data_set *(*set) (void *closure, const char *name);
  void *closure;
  unsigned jobs;
  unsigned threads;   /* of each run */
  int quiet;
} pool_work;

/* How it went. */
typedef struct pool_tally
{
  size_t done, broken;
  int interrupted;       /* by Ctrl-C or a request to end */
  numsys_error first;    /* why the first one broke */
} pool_tally;

/* Runs all, jobs at a time, in order.  Runs that break are stored as failed
   and counted; after one that could not be written no other is started; a
   request to end stops the running ones and starts none. */
void pool_run (const pool_work *work, pool_tally *tally);

#endif
