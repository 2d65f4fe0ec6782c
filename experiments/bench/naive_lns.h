/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounding to an LNS as one writes it, for files that differ in how they are
   compiled.  */

#ifndef EXPERIMENTS_BENCH_NAIVE_LNS_H
#define EXPERIMENTS_BENCH_NAIVE_LNS_H

#include <math.h>
#include <stddef.h>

static inline void
naive_lns (size_t n, int gamma, float scale, int top, const float x[],
           float out[])
{
  for (size_t i = 0; i < n; i++)
    {
      float k = rintf ((float) gamma * log2f (fabsf (x[i]) / scale));

      k = k < 0 ? 0 : k > (float) top ? (float) top : k;
      out[i] = x[i] == 0 ? 0
               : copysignf (scale * exp2f (k / (float) gamma), x[i]);
    }
}

#endif
