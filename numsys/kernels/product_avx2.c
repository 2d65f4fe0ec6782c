/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tile of the fixed-order product with FMA on 8 lanes: 12 chains of
   registers hide the latency of the multiply-add.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"

enum { LANES = 8, ROWS = 6, VECTORS = 2, COLUMNS = VECTORS * LANES };

static void
tile (size_t k, const float a[], size_t row, size_t column, const float b[],
      float c[], size_t ldc)
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
          __m256 factor = _mm256_broadcast_ss (a + i * row + p * column);

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

/* Eight columns of eight rows as rows, COLUMNS numbers apart. */
static inline void
turn_square (const float x[], size_t stride, float out[])
{
  __m256 pair[LANES], four[LANES];

  /* Rows i and i + 4 side by side, then columns by twos, then by fours. */
#pragma GCC unroll 4
  for (size_t i = 0; i < 4; i++)
    {
      const float *low = x + i * stride, *high = x + (i + 4) * stride;

      four[i] = _mm256_insertf128_ps (
        _mm256_castps128_ps256 (_mm_loadu_ps (low)), _mm_loadu_ps (high), 1);
      four[i + 4] = _mm256_insertf128_ps (
        _mm256_castps128_ps256 (_mm_loadu_ps (low + 4)),
        _mm_loadu_ps (high + 4), 1);
    }
#pragma GCC unroll 2
  for (size_t i = 0; i < LANES; i += 4)
    {
      pair[i] = _mm256_unpacklo_ps (four[i], four[i + 1]);
      pair[i + 1] = _mm256_unpackhi_ps (four[i], four[i + 1]);
      pair[i + 2] = _mm256_unpacklo_ps (four[i + 2], four[i + 3]);
      pair[i + 3] = _mm256_unpackhi_ps (four[i + 2], four[i + 3]);
      four[i] = _mm256_shuffle_ps (pair[i], pair[i + 2], 0x44);
      four[i + 1] = _mm256_shuffle_ps (pair[i], pair[i + 2], 0xee);
      four[i + 2] = _mm256_shuffle_ps (pair[i + 1], pair[i + 3], 0x44);
      four[i + 3] = _mm256_shuffle_ps (pair[i + 1], pair[i + 3], 0xee);
    }
#pragma GCC unroll 8
  for (size_t i = 0; i < LANES; i++)
    _mm256_storeu_ps (out + i * COLUMNS, four[i]);
}

static void
turn (size_t k, const float x[], size_t stride, float out[])
{
  size_t p = 0;

  for (; p + LANES <= k; p += LANES)
    for (size_t j = 0; j < COLUMNS; j += LANES)
      turn_square (x + j * stride + p, stride, out + p * COLUMNS + j);
  for (; p < k; p++)
    for (size_t j = 0; j < COLUMNS; j++)
      out[p * COLUMNS + j] = x[j * stride + p];
}

const numsys_product_kernel numsys_avx2_product = {
  .rows = ROWS,
  .columns = COLUMNS,
  .tile = tile,
  .turn = turn,
};
