/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model and its rule in the elements of one system: the path that its
   weights take, and how far that is from the path in another system.  */

#ifndef EXPERIMENTS_TRAINING_TRAJECTORY_H
#define EXPERIMENTS_TRAINING_TRAJECTORY_H

#include "experiments/training/trainer.h"
#include "experiments/workloads/reference.h"

#define TRAJECTORY_MOST_ARRAYS (2 * NET_MOST_LAYERS)

typedef struct trajectory
{
  const numsys *system;             /* borrowed */
  reference net;                    /* either this, */
  objective_elements function;      /* or this; the other is zeroed */
  size_t arrays;                    /* of weights */
  size_t length[TRAJECTORY_MOST_ARRAYS];
  void *w[TRAJECTORY_MOST_ARRAYS], *g[TRAJECTORY_MOST_ARRAYS];
  optim_elements *memory[TRAJECTORY_MOST_ARRAYS];
} trajectory;

/* At the start: the float32 weights of run->model, or those of the objective,
   each rounded once to system.  -1 when memory ran out; to be cleared in
   either case. */
int trajectory_init (trajectory *path, const trainer *run,
                     const numsys *system);
void trajectory_clear (trajectory *path);   /* a zeroed one is allowed */

/* Mean loss of the first n examples of run->x; *right grows by those predicted
   right. */
double trajectory_loss (trajectory *path, const trainer *run, size_t n,
                        size_t *right, const reference_events *events);

/* One step of the rule by these examples, after trajectory_loss; events of
   updates are counted in U. */
void trajectory_move (trajectory *path, size_t n, double lr,
                      const reference_events *events, numsys_events *U);

int trajectory_is_finite (const trajectory *path);

/* --- Distances (trajectory_distance.c) --- */

/* |w - w*| / |w*|, w* being the weights of truth, all arrays as one vector.
   Every w is rounded once to the truth's system; there differences, the sums
   of squares of each array, quotient and root are found, each rounded once;
   the result is rounded once to double.  NaN where it is no number, or memory
   ran out. */
double trajectory_distance (const trajectory *path, const trajectory *truth);

#endif
