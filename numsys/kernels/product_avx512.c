/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tile of the fixed-order product with FMA on 16 lanes: 16 chains of
   registers hide the latency of the multiply-add.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"

enum { LANES = 16, ROWS = 8, VECTORS = 2, COLUMNS = VECTORS * LANES };

static void
tile (size_t k, const float a[], size_t row, size_t column, const float b[],
      float c[], size_t ldc)
{
  __m512 sum[ROWS][VECTORS];

#pragma GCC unroll 8
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 2
    for (size_t j = 0; j < VECTORS; j++)
      sum[i][j] = _mm512_loadu_ps (c + i * ldc + j * LANES);

  for (size_t p = 0; p < k; p++)
    {
      __m512 b0 = _mm512_loadu_ps (b + p * COLUMNS);
      __m512 b1 = _mm512_loadu_ps (b + p * COLUMNS + LANES);

#pragma GCC unroll 8
      for (size_t i = 0; i < ROWS; i++)
        {
          __m512 factor = _mm512_set1_ps (a[i * row + p * column]);

          sum[i][0] = _mm512_fmadd_ps (factor, b0, sum[i][0]);
          sum[i][1] = _mm512_fmadd_ps (factor, b1, sum[i][1]);
        }
    }

#pragma GCC unroll 8
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 2
    for (size_t j = 0; j < VECTORS; j++)
      _mm512_storeu_ps (c + i * ldc + j * LANES, sum[i][j]);
}

static void
turn (size_t k, const float x[], size_t stride, float out[])
{
  numsys_avx512_turn (COLUMNS, k, (const uint32_t *) x, stride,
                      (uint32_t *) out);
}

const numsys_product_kernel numsys_avx512_product = {
  .rows = ROWS,
  .columns = COLUMNS,
  .tile = tile,
  .turn = turn,
};
