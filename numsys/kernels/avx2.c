/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels with AVX2 and FMA.  */

#include <config.h>
#include <math.h>
#include "numsys/kernels/avx2.h"

static int
usable (void)
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
}

static float
largest (size_t n, const float x[])
{
  float most = 0;

  for (size_t i = 0; i < n; i++)
    if (isfinite (x[i]) && fabsf (x[i]) > most)
      most = fabsf (x[i]);
  return most;
}

const numsys_kernels numsys_kernels_avx2 = {
  .name = "avx2",
  .usable = usable,
  .largest = largest,
  .product = &numsys_avx2_product,
  .random = numsys_avx2_random,
};
