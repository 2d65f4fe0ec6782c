/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels with AVX-512.  */

#include <config.h>
#include <math.h>
#include "numsys/kernels/avx512.h"

static int
usable (void)
{
  return __builtin_cpu_supports ("avx512f")
         && __builtin_cpu_supports ("avx512bw")
         && __builtin_cpu_supports ("avx512dq")
         && __builtin_cpu_supports ("avx512vl");
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

const numsys_kernels numsys_kernels_avx512 = {
  .name = "avx512",
  .usable = usable,
  .largest = largest,
  .product = &numsys_avx512_product,
  .random = numsys_avx512_random,
};
