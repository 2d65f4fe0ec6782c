/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing as one writes it without thinking of speed, or of numbers next to
   thresholds: it is timed, never used.  */

#include <config.h>
#include <math.h>
#include "experiments/bench/bench.h"
#include "experiments/bench/naive_lns.h"

void
bench_naive_lns (size_t n, int gamma, float scale, int top, const float x[],
                 float out[])
{
  naive_lns (n, gamma, scale, top, x, out);
}

void
bench_naive_float (size_t n, int exponent, int significand, const float x[],
                   float out[])
{
  const int bias = (1 << (exponent - 1)) - 1;
  const float most = ldexpf (2 - ldexpf (1, -significand), bias);

  for (size_t i = 0; i < n; i++)
    {
      int e;
      float y;

      frexpf (x[i], &e);
      e = e - 1 < 1 - bias ? 1 - bias : e - 1;
      y = ldexpf (rintf (ldexpf (x[i], significand - e)), e - significand);
      out[i] = y > most ? most : y < -most ? -most : y;
    }
}

void
bench_naive_fixed (size_t n, float unit, float most, const float x[],
                   float out[])
{
  for (size_t i = 0; i < n; i++)
    {
      const float k = roundf (x[i] / unit);

      out[i] = unit * (k > most ? most : k < -most ? -most : k);
    }
}
