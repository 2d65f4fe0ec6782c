/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels in plain C: it defines the bits.  */

#include <config.h>
#include <math.h>
#include "numsys/kernels/bits.h"
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

void
numsys_portable_largest_columns (size_t rows, size_t stride, const float x[],
                                 float out[])
{
  uint32_t most[NUMSYS_COLUMNS] = { 0 };

  for (size_t i = 0; i < rows; i++)
    for (size_t c = 0; c < NUMSYS_COLUMNS; c++)
      {
        uint32_t bits
          = numsys_bits_of (x[i * stride + c]) & ~NUMSYS_SIGN_BIT;

        bits = bits < NUMSYS_INFINITY_BITS ? bits : 0;
        most[c] = bits > most[c] ? bits : most[c];
      }
  for (size_t c = 0; c < NUMSYS_COLUMNS; c++)
    out[c] = numsys_float_of (most[c]);
}

const numsys_kernels numsys_kernels_portable = {
  .name = "portable",
  .usable = usable,
  .largest = largest,
  .largest_columns = numsys_portable_largest_columns,
  .lns_nearest = numsys_portable_lns_nearest,
  .lns_largest = numsys_portable_lns_largest,
  .lns_coarsen = numsys_portable_lns_coarsen,
  .lns_move = numsys_portable_lns_move,
  .lns_step = numsys_portable_lns_step,
  .lns_round = numsys_portable_lns_round,
  .lns_encode = numsys_portable_lns_encode,
  .lns_add = numsys_portable_lns_add,
  .dyadic_round = numsys_portable_dyadic_round,
  .dyadic_encode = numsys_portable_dyadic_encode,
  .lns_decode = numsys_portable_lns_decode,
  .dyadic_decode = numsys_portable_dyadic_decode,
  .float_nearest = numsys_portable_float_nearest,
  .fixed_nearest = numsys_portable_fixed_nearest,
  .product = &numsys_portable_product,
  .sums = &numsys_portable_sums,
  .odd = &numsys_portable_odd,
  .random = numsys_portable_random,
};
