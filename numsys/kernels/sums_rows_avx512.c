/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that sums are made of, their rows turned and measured, rows of counts
   added, and sums made float32, with AVX-512.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"

enum { LANES = 16, WIDE_LANES = 8 };

static inline __mmask16
first_of (size_t n)
{
  return (__mmask16) (n < LANES ? (1U << n) - 1 : 0xffff);
}

void
numsys_avx512_numbers (size_t n, unsigned width, int has_zero,
                       const float x[], uint32_t code[])
{
  const __m512i half = _mm512_set1_epi32 ((int) (UINT32_C (1) << width));
  const __m512i one = _mm512_set1_epi32 (1);

  for (size_t i = 0; i < n; i += LANES)
    {
      const __mmask16 some = first_of (n - i);
      const __m512i c = _mm512_maskz_loadu_epi32 (some, code + i);
      const __m512i e = _mm512_and_si512 (c, _mm512_sub_epi32 (half, one));
      const __m512i even = _mm512_slli_epi32 (_mm512_add_epi32 (e, one), 1);
      const __mmask16 is_zero = _mm512_cmp_ps_mask (
        _mm512_maskz_loadu_ps (some, x + i), _mm512_setzero_ps (), _CMP_EQ_OQ);
      const __mmask16 is_there = has_zero ? (__mmask16) ~is_zero : 0xffff;
      const __m512i number = _mm512_mask_add_epi32 (
        even, _mm512_test_epi32_mask (c, half), even, one);

      _mm512_mask_storeu_epi32 (
        code + i, some, _mm512_maskz_mov_epi32 (is_there, number));
    }
}

/* A square of sixteen rows turned, in place. */
static inline void
turn_square (__m512i x[LANES])
{
  __m512i y[LANES];

#pragma GCC unroll 8
  for (size_t i = 0; i < LANES; i += 2)
    {
      y[i] = _mm512_unpacklo_epi32 (x[i], x[i + 1]);
      y[i + 1] = _mm512_unpackhi_epi32 (x[i], x[i + 1]);
    }
#pragma GCC unroll 4
  for (size_t i = 0; i < LANES; i += 4)
    {
      x[i] = _mm512_unpacklo_epi64 (y[i], y[i + 2]);
      x[i + 1] = _mm512_unpackhi_epi64 (y[i], y[i + 2]);
      x[i + 2] = _mm512_unpacklo_epi64 (y[i + 1], y[i + 3]);
      x[i + 3] = _mm512_unpackhi_epi64 (y[i + 1], y[i + 3]);
    }
  /* Now x[4 g + c] holds columns c, c + 4, ... of rows 4 g to 4 g + 3. */
#pragma GCC unroll 4
  for (size_t c = 0; c < 4; c++)
    {
      const __m512i low = _mm512_shuffle_i32x4 (x[c], x[4 + c], 0x44);
      const __m512i high = _mm512_shuffle_i32x4 (x[c], x[4 + c], 0xee);
      const __m512i more_low = _mm512_shuffle_i32x4 (x[8 + c], x[12 + c], 0x44);
      const __m512i more_high
        = _mm512_shuffle_i32x4 (x[8 + c], x[12 + c], 0xee);

      y[c] = _mm512_shuffle_i32x4 (low, more_low, 0x88);
      y[4 + c] = _mm512_shuffle_i32x4 (low, more_low, 0xdd);
      y[8 + c] = _mm512_shuffle_i32x4 (high, more_high, 0x88);
      y[12 + c] = _mm512_shuffle_i32x4 (high, more_high, 0xdd);
    }
#pragma GCC unroll 16
  for (size_t i = 0; i < LANES; i++)
    x[i] = y[i];
}

void
numsys_avx512_turn (size_t n, size_t k, const uint32_t x[], size_t stride,
                    uint32_t out[])
{
  for (size_t i = 0; i < n; i += LANES)
    for (size_t p = 0; p < k; p += LANES)
      {
        const size_t high = n - i < LANES ? n - i : LANES;
        const size_t wide = k - p < LANES ? k - p : LANES;
        __m512i square[LANES];

#pragma GCC unroll 16
        for (size_t r = 0; r < LANES; r++)
          square[r] = r < high ? _mm512_maskz_loadu_epi32 (
                                   first_of (wide), x + (i + r) * stride + p)
                               : _mm512_setzero_si512 ();
        turn_square (square);
#pragma GCC unroll 16
        for (size_t r = 0; r < LANES; r++)
          if (r < wide)
            _mm512_mask_storeu_epi32 (out + (p + r) * n + i, first_of (high),
                                      square[r]);
      }
}

size_t
numsys_avx512_measure (size_t n, const uint32_t number[], uint32_t *most)
{
  __m512i largest = _mm512_setzero_si512 ();
  size_t found = 0;

  for (size_t i = 0; i < n; i += LANES)
    {
      const __m512i x
        = _mm512_maskz_loadu_epi32 (first_of (n - i), number + i);

      largest = _mm512_max_epu32 (largest, x);
      found += (size_t) __builtin_popcount (_mm512_test_epi32_mask (x, x));
    }
  *most = _mm512_reduce_max_epu32 (largest);
  return found;
}

void
numsys_avx512_accumulate (size_t n, size_t step, const uint32_t x[], size_t
                          stride, uint32_t out[])
{
  for (size_t i = n; i-- > 0;)
    {
      __m512i sum = _mm512_loadu_si512 (x + i * stride * LANES);

      if (n - i > step)
        sum = _mm512_add_epi32 (
          sum, _mm512_loadu_si512 (out + (i + step) * LANES));
      _mm512_storeu_si512 (out + i * LANES, sum);
    }
}

void
numsys_avx512_gather (size_t n, const uint32_t first[], const uint32_t row[],
                      const uint32_t x[], uint32_t out[])
{
  for (size_t i = 0; i < n; i++)
    {
      __m512i sum = _mm512_setzero_si512 ();

      for (uint32_t k = first[i]; k < first[i + 1]; k++)
        sum = _mm512_add_epi32 (
          sum, _mm512_loadu_si512 (x + (size_t) row[k] * LANES));
      _mm512_storeu_si512 (out + i * LANES, sum);
    }
}

/* Of eight doubles that may be off by some units of their last place, those
   that are surely rounded to the same normal float. */
static inline __mmask8
are_sure (__m512d x)
{
  enum { DROPPED = 29, NEAR = 8 };
  const __m512i bits = _mm512_and_si512 (
    _mm512_sub_epi64 (_mm512_castpd_si512 (x),
                      _mm512_set1_epi64 ((1LL << (DROPPED - 1)) - NEAR)),
    _mm512_set1_epi64 ((1LL << DROPPED) - 1));
  const __m512d size = _mm512_abs_pd (x);
  const __mmask8 is_large
    = _mm512_cmp_pd_mask (size, _mm512_set1_pd (0x1p-126), _CMP_GE_OQ);
  const __mmask8 is_normal = _mm512_mask_cmp_pd_mask (
    is_large, size, _mm512_set1_pd (0x1p127), _CMP_LT_OQ);

  return _mm512_mask_cmpgt_epu64_mask (is_normal, bits,
                                       _mm512_set1_epi64 (2 * NEAR));
}

size_t
numsys_avx512_floats (size_t n, const int64_t x[], double unit, float out[])
{
  for (size_t i = 0; i < n; i += WIDE_LANES)
    {
      const __mmask8 there = (__mmask8) first_of (
        n - i < WIDE_LANES ? n - i : WIDE_LANES);
      const __m512i whole = _mm512_maskz_loadu_epi64 (there, x + i);
      const __m512d product = _mm512_mul_pd (_mm512_cvtepi64_pd (whole),
                                             _mm512_set1_pd (unit));
      const unsigned doubt = _mm512_test_epi64_mask (whole, whole)
                             & ~(unsigned) are_sure (product);
      const __mmask8 done
        = doubt == 0 ? there : (__mmask8) ((doubt & -doubt) - 1);

      _mm256_mask_storeu_ps (out + i, done, _mm512_cvtpd_ps (product));
      if (doubt != 0)
        return i + (size_t) __builtin_ctz (doubt);
    }
  return n;
}
