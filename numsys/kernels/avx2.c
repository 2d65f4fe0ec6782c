/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels with AVX2 and FMA.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/portable.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/lanes_avx2.h"

enum { LANES = NUMSYS_LANES };

static int
usable (void)
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
}

/* Magnitude bits of what is finite, 0 of what is not. */
static inline __m256i
magnitude (const float x[])
{
  __m256i bits = _mm256_and_si256 (_mm256_loadu_si256 ((const __m256i *) x),
                                   _mm256_set1_epi32 (0x7fffffff));
  __m256i is_finite = _mm256_cmpgt_epi32 (
    _mm256_set1_epi32 (NUMSYS_INFINITY_BITS), bits);

  return _mm256_and_si256 (is_finite, bits);
}

static float
largest (size_t n, const float x[])
{
  __m256i most[2] = { _mm256_setzero_si256 (), _mm256_setzero_si256 () };
  float lane[LANES], one;
  size_t i;

  for (i = 0; i + 2 * LANES <= n; i += 2 * LANES)
    {
      most[0] = _mm256_max_epu32 (most[0], magnitude (x + i));
      most[1] = _mm256_max_epu32 (most[1], magnitude (x + i + LANES));
    }
  _mm256_storeu_si256 ((__m256i *) lane,
                       _mm256_max_epu32 (most[0], most[1]));
  one = numsys_kernels_portable.largest (n - i, x + i);
  for (size_t j = 0; j < LANES; j++)
    one = lane[j] > one ? lane[j] : one;
  return one;
}

static void
largest_columns (size_t rows, size_t stride, const float x[], float out[])
{
  __m256i low = _mm256_setzero_si256 (), high = low;

  for (size_t i = 0; i < rows; i++)
    {
      low = _mm256_max_epu32 (low, magnitude (x + i * stride));
      high = _mm256_max_epu32 (high, magnitude (x + i * stride + LANES));
    }
  _mm256_storeu_si256 ((__m256i *) out, low);
  _mm256_storeu_si256 ((__m256i *) (out + LANES), high);
}

const numsys_kernels numsys_kernels_avx2 = {
  .name = "avx2",
  .usable = usable,
  .largest = largest,
  .largest_columns = largest_columns,
  .lns_nearest = numsys_avx2_lns_nearest,
  .lns_largest = numsys_avx2_lns_largest,
  .lns_coarsen = numsys_avx2_lns_coarsen,
  .lns_move = numsys_avx2_lns_move,
  .lns_step = numsys_avx2_lns_step,
  .lns_round = numsys_avx2_lns_round,
  .lns_encode = numsys_avx2_lns_encode,
  .lns_add = numsys_avx2_lns_add,
  .dyadic_round = numsys_avx2_dyadic_round,
  .dyadic_encode = numsys_avx2_dyadic_encode,
  .lns_decode = numsys_portable_lns_decode,
  .dyadic_decode = numsys_portable_dyadic_decode,
  .float_nearest = numsys_avx2_float_nearest,
  .fixed_nearest = numsys_avx2_fixed_nearest,
  .lns_columns = numsys_avx2_lns_columns,
  .float_columns = numsys_avx2_float_columns,
  .fixed_columns = numsys_avx2_fixed_columns,
  .product = &numsys_avx2_product,
  .sums = &numsys_avx2_sums,
  .odd = &numsys_avx2_odd,
  .random = numsys_avx2_random,
};
