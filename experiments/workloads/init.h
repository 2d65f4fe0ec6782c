/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Initial weights.  */

#ifndef EXPERIMENTS_WORKLOADS_INIT_H
#define EXPERIMENTS_WORKLOADS_INIT_H

#include "experiments/workloads/net.h"

/* Uses of random words apart from the roles' (roles.c): below 16. */
enum
{
  INIT_PURPOSE_WEIGHTS = 1,   /* initial weights */
  INIT_PURPOSE_ORDER = 2      /* order of the examples; step is the epoch */
};

/* A way to draw initial weights: normal, with this standard deviation for a
   layer of so many inputs and outputs. */
typedef struct init_type
{
  const char *name;
  const char *summary;
  double (*deviation) (size_t in, size_t out);
} init_type;

extern const init_type *const init_types[];   /* ended by NULL */
const init_type *init_find (const char *name);

/* Weights as type says, biases N(0, bias_deviation^2).  The same seed gives
   the same numbers whatever the formats. */
void init_weights (const init_type *type, uint64_t seed,
                   double bias_deviation, net *model);

#endif
