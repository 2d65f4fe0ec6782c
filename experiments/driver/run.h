/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of a study: trained, and stored.  */

#ifndef EXPERIMENTS_DRIVER_RUN_H
#define EXPERIMENTS_DRIVER_RUN_H

#include "experiments/study/grid.h"

/* What a run must have for a number to apply. */
typedef enum run_need
{
  RUN_ANY,
  RUN_EXAMPLES,
  RUN_TRUTH
} run_need;

/* A number that training gives, and results have under this name. */
typedef struct run_metric
{
  const char *name;
  int is_real;        /* double, else uint64_t */
  size_t offset;      /* in training_result */
  run_need need;      /* `-' without it */
} run_metric;

#define RUN_METRICS 13

extern const run_metric run_metrics[RUN_METRICS];

/* Blocks of a result file, by gnuplot's index: the curve (step epoch lr
   train_loss validation_loss validation_accuracy, and with a truth
   distance truth_loss), counts by role, then the
   blocks of probe.h, empty where nothing was measured. */
#define RUN_BLOCK_CURVE 0
#define RUN_BLOCK_ROLES 1
#define RUN_BLOCK_PROBES 2

/* Suffixes of a run's files: result, clocks and provenance, why it failed. */
#define RUN_RESULT ".tsv"
#define RUN_TIME ".time"
#define RUN_FAILED ".failed"

typedef enum run_outcome
{
  RUN_DONE,       /* finished or diverged, and on disk */
  RUN_STOPPED,    /* by progress: nothing is stored */
  RUN_BROKEN,     /* the sentence is stored as .failed */
  RUN_NO_STORE    /* the result could not be written; others would fare alike */
} run_outcome;

/* Whether DIR has the run's result, whole.  A damaged one is -1 and a
   sentence. */
int run_is_done (const char *dir, const store_hash *hash,
                 numsys_error *error);

/* Trains by so many threads and stores; jobs is provenance.  error says why it
   broke. */
run_outcome run_train (const char *dir, const grid_run *run,
                       const data_set *set, unsigned jobs, unsigned threads,
                       training_progress progress, void *closure,
                       numsys_error *error);

/* Stores the sentence that says why a run failed; what cannot be stored is
   left: the run is missing either way. */
void run_store_failure (const char *dir, const grid_run *run,
                        const char *sentence);

#endif
