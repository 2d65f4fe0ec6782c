/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of a row of outputs, each addition rounded to a number system.  */

#ifndef EXPERIMENTS_WORKLOADS_ACCUMULATE_TILE_H
#define EXPERIMENTS_WORKLOADS_ACCUMULATE_TILE_H

#include "experiments/workloads/product.h"

#define ACCUMULATE_TILE 128     /* outputs that go together */
#define ACCUMULATE_LEVELS 64    /* of a tree */

/* product_accumulate.c says what each order is. */
enum
{
  ACCUMULATE_SEQUENTIAL,
  ACCUMULATE_PAIRWISE,
  ACCUMULATE_BLOCKED,
  ACCUMULATE_COMPENSATED,
  ACCUMULATE_EXACT
};

typedef struct accumulate_state
{
  numsys_quantizer *quantizer;   /* NULL: float32 */
  int64_t order;
  size_t block;
  numsys_events events;
  float level[ACCUMULATE_LEVELS][ACCUMULATE_TILE];
} accumulate_state;

/* A call, and the tile of C that is being computed: row i, columns j.. */
typedef struct accumulate_job
{
  accumulate_state *state;
  const product_operand *a, *b;
  size_t i, j, wide;
} accumulate_job;

/* s[0..wide) = the sums of k products each. */
void accumulate_tile (const accumulate_job *job, size_t k, float s[]);

#endif
