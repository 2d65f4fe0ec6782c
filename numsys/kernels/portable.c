/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels in plain C: it defines the bits.  */

#include <config.h>
#include <math.h>
#include "numsys/kernels/portable.h"

static int
usable (void)
{
  return 1;
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

const numsys_kernels numsys_kernels_portable = {
  .name = "portable",
  .usable = usable,
  .largest = largest,
  .lns_nearest = numsys_portable_lns_nearest,
  .lns_move = numsys_portable_lns_move,
  .lns_round = numsys_portable_lns_round,
  .lns_encode = numsys_portable_lns_encode,
  .lns_add = numsys_portable_lns_add,
  .dyadic_round = numsys_portable_dyadic_round,
  .dyadic_encode = numsys_portable_dyadic_encode,
  .float_nearest = numsys_portable_float_nearest,
  .fixed_nearest = numsys_portable_fixed_nearest,
  .product = &numsys_portable_product,
  .sums = &numsys_portable_sums,
  .random = numsys_portable_random,
};
