/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of examples, and batches of them as floats.  */

#ifndef EXPERIMENTS_TRAINING_BATCHES_H
#define EXPERIMENTS_TRAINING_BATCHES_H

#include "experiments/data/data.h"

/* Examples first .. first + count - 1 of a split. */
typedef struct batches_part
{
  const data_split *split;
  size_t first, count;
} batches_part;

/* A permutation of 0 .. n - 1: Fisher and Yates, by seed and epoch alone. */
void batches_order (uint64_t seed, uint32_t epoch, size_t n, uint32_t order[]);

/* Examples order[0..n) of part (order NULL: the first n from `from' on) as
   x (n, features) in [0, 1], a byte v being v / 255, and labels. */
void batches_gather (const batches_part *part, size_t features,
                     const uint32_t order[], size_t from, size_t n, float x[],
                     uint8_t label[]);

#endif
