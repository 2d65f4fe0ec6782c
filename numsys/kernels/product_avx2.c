/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tile of the fixed-order product with FMA on 8 lanes: 12 chains of
   registers hide the latency of the multiply-add.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"

enum { LANES = 8, ROWS = 6, VECTORS = 2, COLUMNS = VECTORS * LANES };

static void
tile (size_t k, const float a[], const float b[], float c[], size_t ldc)
{
  __m256 sum[ROWS][VECTORS];

#pragma GCC unroll 6
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 2
    for (size_t j = 0; j < VECTORS; j++)
      sum[i][j] = _mm256_loadu_ps (c + i * ldc + j * LANES);

  for (size_t p = 0; p < k; p++)
    {
      __m256 b0 = _mm256_loadu_ps (b + p * COLUMNS);
      __m256 b1 = _mm256_loadu_ps (b + p * COLUMNS + LANES);

#pragma GCC unroll 6
      for (size_t i = 0; i < ROWS; i++)
        {
          __m256 factor = _mm256_broadcast_ss (a + p * ROWS + i);

          sum[i][0] = _mm256_fmadd_ps (factor, b0, sum[i][0]);
          sum[i][1] = _mm256_fmadd_ps (factor, b1, sum[i][1]);
        }
    }

#pragma GCC unroll 6
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 2
    for (size_t j = 0; j < VECTORS; j++)
      _mm256_storeu_ps (c + i * ldc + j * LANES, sum[i][j]);
}

const numsys_product_kernel numsys_avx2_product = {
  .rows = ROWS,
  .columns = COLUMNS,
  .tile = tile,
};
