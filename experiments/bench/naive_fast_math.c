/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive rounding to an LNS compiled with -ffast-math: where the C library
   has vectors of log2f and exp2f, the compiler takes them.  It is timed, never
   used.  */

#include <config.h>
#include "analysis/logarithm.h"
#include "experiments/bench/bench.h"
#include "experiments/bench/naive_lns.h"

ANALYSIS_WIDE void
bench_fast_math_lns (size_t n, int gamma, float scale, int top,
                     const float x[], float out[])
{
  naive_lns (n, gamma, scale, top, x, out);
}
