/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels with AVX2 and FMA.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/portable.h"
#include "numsys/kernels/bits.h"

enum { LANES = 8 };

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

const numsys_kernels numsys_kernels_avx2 = {
  .name = "avx2",
  .usable = usable,
  .largest = largest,
  .largest_columns = numsys_portable_largest_columns,
  .lns_nearest = numsys_avx2_lns_nearest,
  .lns_move = numsys_portable_lns_move,
  .lns_round = numsys_portable_lns_round,
  .lns_encode = numsys_portable_lns_encode,
  .lns_add = numsys_avx2_lns_add,
  .dyadic_round = numsys_portable_dyadic_round,
  .dyadic_encode = numsys_portable_dyadic_encode,
  .lns_decode = numsys_portable_lns_decode,
  .dyadic_decode = numsys_portable_dyadic_decode,
  .float_nearest = numsys_avx2_float_nearest,
  .fixed_nearest = numsys_avx2_fixed_nearest,
  .product = &numsys_avx2_product,
  .sums = &numsys_avx2_sums,
  .odd = &numsys_avx2_odd,
  .random = numsys_avx2_random,
};
