/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs of a study.  */

#ifndef EXPERIMENTS_STUDY_GRID_H
#define EXPERIMENTS_STUDY_GRID_H

#include "experiments/results/store.h"
#include "experiments/study/settings.h"
#include "experiments/study/study.h"

typedef struct grid_run
{
  const study_group *group;
  char **label;               /* of its point on each axis of group; owned */
  settings_values settings;
  store_hash hash;            /* identity: grid_identify */
  double cost;                /* predicted multiply-adds, likewise */
  int is_first;               /* no run before it has the same hash */
} grid_run;

typedef struct grid
{
  size_t count;
  grid_run *run;
} grid;

/* Every run of the study, in the order of its file, each checked as far as
   that goes without data.  -1 and a sentence; the caller frees runs in either
   case. */
int grid_expand (const study_file *study, grid *runs, numsys_error *error);
void grid_free (grid *runs);   /* a zeroed one is allowed */

/* Hash of what makes a run what it is: every setting that is not at its
   default, STORE_NUMERICS, the data's hash, the columns of what it measures,
   and the BLAS where that decides bits.  So a new setting, which at its default leaves runs as they were,
   leaves stored runs valid; a default that changes is a change of numerics,
   which the golden runs hold.  */
store_hash grid_hash (const settings_values *settings, uint64_t data_hash);

/* Fills in hash, cost and is_first of every run; set is each run's data. */
void grid_identify (grid *runs, const data_set *(*set) (void *closure,
                                                        const char *name),
                    void *closure);

#endif
