/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of optim share: things made from specs, or the run ends; and
   data.  */

#ifndef TESTS_OPTIM_HELP_H
#define TESTS_OPTIM_HELP_H

#include "optim/optim.h"

optim *rule_of (const char *spec);
numsys *system_of (const char *spec);
numsys_quantizer *quantizer_of (const char *spec);
optim_tensor *tensor_of (const char *spec, size_t n, const float w[]);

/* Normal variates around 1/8 times 1, 2^spread, ... 2^(4 spread) in turn;
   every thirteenth is zero. */
void draw (uint64_t seed, int spread, size_t n, float x[]);

/* x[0..n) as elements. */
void encode (const numsys *system, size_t n, const float x[], void *out);

/* Rules with their learning rates, as both forms are compared. */
typedef struct setting
{
  const char *spec;
  double lr;
} setting;

enum { setting_count = 16, setting_steps = 200 };

extern const setting settings[setting_count];

/* The rate falls, as it does in training. */
double rate (const setting *rule, int t);

#endif
