/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tile of the fixed-order product in plain C: it defines the bits.  */

#include <config.h>
#include <math.h>
#include "numsys/kernels/portable.h"

enum { ROWS = 4, COLUMNS = 8 };

static void
tile (size_t k, const float a[], size_t row, size_t column, const float b[],
      float c[], size_t ldc)
{
  for (size_t p = 0; p < k; p++)
    for (size_t i = 0; i < ROWS; i++)
      for (size_t j = 0; j < COLUMNS; j++)
        c[i * ldc + j] = fmaf (a[i * row + p * column], b[p * COLUMNS + j],
                               c[i * ldc + j]);
}

static void
turn (size_t k, const float x[], size_t stride, float out[])
{
  for (size_t p = 0; p < k; p++)
    for (size_t j = 0; j < COLUMNS; j++)
      out[p * COLUMNS + j] = x[j * stride + p];
}

const numsys_product_kernel numsys_portable_product = {
  .rows = ROWS,
  .columns = COLUMNS,
  .tile = tile,
  .turn = turn,
};
