/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels with AVX-512.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"

enum { LANES = 16, ALL = 0xFFFF };

static int
usable (void)
{
  return __builtin_cpu_supports ("avx512f")
         && __builtin_cpu_supports ("avx512bw")
         && __builtin_cpu_supports ("avx512dq")
         && __builtin_cpu_supports ("avx512vl");
}

/* Magnitude bits of what is finite, 0 of what is not, nor given. */
static inline __m512i
magnitude (__mmask16 given, const float x[])
{
  __m512i bits = _mm512_and_si512 (_mm512_maskz_loadu_epi32 (given, x),
                                   _mm512_set1_epi32 (0x7fffffff));
  __mmask16 is_finite = _mm512_cmplt_epu32_mask (
    bits, _mm512_set1_epi32 (NUMSYS_INFINITY_BITS));

  return _mm512_maskz_mov_epi32 (is_finite, bits);
}

static float
largest (size_t n, const float x[])
{
  __m512i most[2] = { _mm512_setzero_si512 (), _mm512_setzero_si512 () };
  size_t i;

  for (i = 0; i + 2 * LANES <= n; i += 2 * LANES)
    {
      most[0] = _mm512_max_epu32 (most[0], magnitude (ALL, x + i));
      most[1] = _mm512_max_epu32 (most[1], magnitude (ALL, x + i + LANES));
    }
  for (; i < n; i += LANES)
    most[0] = _mm512_max_epu32 (
      most[0],
      magnitude (n - i < LANES ? (__mmask16) ((1u << (n - i)) - 1) : ALL,
                 x + i));
  return numsys_float_of (
    _mm512_reduce_max_epu32 (_mm512_max_epu32 (most[0], most[1])));
}

static void
largest_columns (size_t rows, size_t stride, const float x[], float out[])
{
  __m512i most = _mm512_setzero_si512 ();

  for (size_t i = 0; i < rows; i++)
    most = _mm512_max_epu32 (most, magnitude (ALL, x + i * stride));
  _mm512_storeu_si512 (out, most);
}

const numsys_kernels numsys_kernels_avx512 = {
  .name = "avx512",
  .usable = usable,
  .largest = largest,
  .largest_columns = largest_columns,
  .lns_nearest = numsys_avx512_lns_nearest,
  .lns_largest = numsys_avx512_lns_largest,
  .lns_coarsen = numsys_avx512_lns_coarsen,
  .lns_move = numsys_avx512_lns_move,
  .lns_step = numsys_avx512_lns_step,
  .lns_round = numsys_avx512_lns_round,
  .lns_encode = numsys_avx512_lns_encode,
  .lns_add = numsys_avx512_lns_add,
  .dyadic_round = numsys_avx512_dyadic_round,
  .dyadic_encode = numsys_avx512_dyadic_encode,
  .decodes_in_vectors = 1,
  .lns_decode = numsys_avx512_lns_decode,
  .dyadic_decode = numsys_avx512_dyadic_decode,
  .float_nearest = numsys_avx512_float_nearest,
  .fixed_nearest = numsys_avx512_fixed_nearest,
  .lns_columns = numsys_avx512_lns_columns,
  .float_columns = numsys_avx512_float_columns,
  .fixed_columns = numsys_avx512_fixed_columns,
  .product = &numsys_avx512_product,
  .sums = &numsys_avx512_sums,
  .odd = &numsys_avx512_odd,
  .random = numsys_avx512_random,
};
