/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of products of float32 numbers, exact until they are rounded.  */

#ifndef EXPERIMENTS_WORKLOADS_ACCUMULATE_H
#define EXPERIMENTS_WORKLOADS_ACCUMULATE_H

#include <stdint.h>

/* s + a b in float32: rounded to odd, so that a further rounding to 22 bits or
   fewer is the only one; or else, to_odd 0, to nearest. */
float accumulate_add (float s, float a, float b, int to_odd);

/* A number held in digits of 32 bits, the lowest one counting 2^-352; carries
   wait in the upper halves.  Up to 2^30 products of finite float32 numbers;
   what is not finite is summed apart. */
typedef struct accumulate_exact
{
  int64_t digit[22];
  double special;
} accumulate_exact;

void accumulate_exact_zero (accumulate_exact *sum);
void accumulate_exact_add (accumulate_exact *sum, float a, float b);
float accumulate_exact_sum (const accumulate_exact *sum, int to_odd);

#endif
