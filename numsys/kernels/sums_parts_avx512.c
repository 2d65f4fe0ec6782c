/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Factors and copies of the numbers that sums are made of, with AVX-512.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"

enum
{
  LANES = 16, WIDE_LANES = 8, ROWS = 4, COLUMNS = NUMSYS_AVX512_SUMS_COLUMNS,
  WIDE_COLUMNS = NUMSYS_AVX512_SUMS_COLUMNS / 2,
  MANTISSA = 23, SIGN = 31, WIDE_MANTISSA = 52, WIDE_SIGN = 63
};

/* Sixteen numbers, where they are not zero. */
typedef struct parts
{
  __mmask16 is_there, is_negative;
  __m512i exponent, place;
} parts;

/* (e + 1/2)/gamma is 1/2 gamma or more from an integer, and e below 2^21: two
   roundings of float32 do not bring it there. */
static inline parts
parts_of (const numsys_sums_form *form, __m512i number)
{
  const __m512i one = _mm512_set1_epi32 (1);
  const __m512i e = _mm512_sub_epi32 (_mm512_srli_epi32 (number, 1), one);
  const __m512 middle = _mm512_add_ps (_mm512_cvtepi32_ps (e),
                                       _mm512_set1_ps (0.5f));
  const __m512i q = _mm512_cvttps_epi32 (
    _mm512_mul_ps (middle, _mm512_set1_ps (1 / (float) form->gamma)));
  const __m512i r = _mm512_sub_epi32 (
    e, _mm512_mullo_epi32 (q, _mm512_set1_epi32 ((int) form->gamma)));

  return (parts) {
    _mm512_test_epi32_mask (number, number),
    _mm512_test_epi32_mask (number, one),
    _mm512_add_epi32 (q, _mm512_set1_epi32 ((int) form->base)),
    _mm512_mullo_epi32 (r, _mm512_set1_epi32 ((int) form->times))
  };
}

/* Bits of float32. */
static inline __m512i
bits_of (const numsys_sums_form *form, const parts *x)
{
  const __m512i add = _mm512_mask_mov_epi32 (
    _mm512_set1_epi32 ((int) form->adds[0]), x->is_negative,
    _mm512_set1_epi32 ((int) (form->adds[1] + (UINT32_C (1) << SIGN))));

  return _mm512_add_epi32 (_mm512_slli_epi32 (x->exponent, MANTISSA), add);
}

/* Bits of double, of half of them. */
static inline __m512i
wide_bits_of (const numsys_sums_form *form, const parts *x, int half)
{
  const __mmask8 is_negative = (__mmask8) (x->is_negative >> 8 * half);
  const __m256i exponent
    = half ? _mm512_extracti64x4_epi64 (x->exponent, 1)
           : _mm512_castsi512_si256 (x->exponent);
  const __m512i add = _mm512_mask_mov_epi64 (
    _mm512_set1_epi64 ((long long) form->adds[0]), is_negative,
    _mm512_set1_epi64 ((long long) (form->adds[1]
                                    + (UINT64_C (1) << WIDE_SIGN))));

  return _mm512_add_epi64 (
    _mm512_slli_epi64 (_mm512_cvtepu32_epi64 (exponent), WIDE_MANTISSA), add);
}

static inline __mmask16
first_of (size_t n)
{
  return (__mmask16) (n < LANES ? (1U << n) - 1 : 0xffff);
}

/* As many groups of ROWS integers as n numbers have. */
static inline void
store_groups (__m512i x, size_t n, size_t stride, uint32_t out[])
{
  const __m128i group[LANES / ROWS] = {
    _mm512_castsi512_si128 (x), _mm512_extracti32x4_epi32 (x, 1),
    _mm512_extracti32x4_epi32 (x, 2), _mm512_extracti32x4_epi32 (x, 3)
  };

#pragma GCC unroll 4
  for (size_t i = 0; i < LANES / ROWS; i++)
    if (n > i * ROWS)
      _mm_storeu_si128 ((__m128i *) (void *) (out + i * stride), group[i]);
}

void
numsys_avx512_factors (const numsys_sums_form *form, size_t n,
                       const uint32_t number[], size_t stride, float out[],
                       uint32_t place[])
{
  for (size_t i = 0; i < n; i += LANES)
    {
      const size_t at = i / ROWS * stride;
      const parts x = parts_of (
        form, _mm512_maskz_loadu_epi32 (first_of (n - i), number + i));

      store_groups (_mm512_maskz_mov_epi32 (x.is_there, bits_of (form, &x)),
                    n - i, stride, (uint32_t *) (void *) (out + at));
      store_groups (_mm512_maskz_mov_epi32 (x.is_there, x.place), n - i,
                    stride, place + at);
    }
}

void
numsys_avx512_wide_factors (const numsys_sums_form *form, size_t n,
                            const uint32_t number[], size_t stride,
                            double out[], uint32_t place[])
{
  for (size_t i = 0; i < n; i += LANES)
    {
      const size_t at = i / ROWS * stride;
      const parts x = parts_of (
        form, _mm512_maskz_loadu_epi32 (first_of (n - i), number + i));

      for (int half = 0; half < 2; half++)
        {
          const __m512i bits = _mm512_maskz_mov_epi64 (
            (__mmask8) (x.is_there >> 8 * half), wide_bits_of (form, &x, half));
          const size_t first = i + (size_t) half * WIDE_LANES;
          double *to = out + at + 2 * (size_t) half * stride;

          if (n > first)
            _mm256_storeu_si256 ((__m256i *) (void *) to,
                                 _mm512_castsi512_si256 (bits));
          if (n > first + ROWS)
            _mm256_storeu_si256 ((__m256i *) (void *) (to + stride),
                                 _mm512_extracti64x4_epi64 (bits, 1));
        }
      store_groups (_mm512_maskz_mov_epi32 (x.is_there, x.place), n - i,
                    stride, place + at);
    }
}

/* The copies that begin at a part of the table; where remainders are few,
   numbers of it that are asked for lie in one register. */
static inline __m512i
copy_of (__m512i place, __mmask16 is_there, const uint32_t table[],
         int is_short)
{
  return is_short
           ? _mm512_permutexvar_epi32 (place, _mm512_loadu_si512 (table))
           : _mm512_mask_i32gather_epi32 (place, is_there, place, table, 4);
}

void
numsys_avx512_spread (const numsys_sums_form *form,
                      const numsys_sums_table *table, const uint32_t number[],
                      uint32_t out[])
{
  enum { VECTORS = COLUMNS / LANES };
  const int is_short = table->places <= LANES;
  __m512i place[VECTORS], more[VECTORS];
  __mmask16 is_there[VECTORS];

#pragma GCC unroll 4
  for (size_t j = 0; j < VECTORS; j++)
    {
      const parts x = parts_of (form, _mm512_loadu_si512 (number + j * LANES));

      place[j] = x.place;
      is_there[j] = x.is_there;
      more[j] = bits_of (form, &x);
    }
  for (size_t i = 0; i < table->copies; i++)
#pragma GCC unroll 4
    for (size_t j = 0; j < VECTORS; j++)
      _mm512_storeu_si512 (
        out + i * COLUMNS + j * LANES,
        _mm512_maskz_add_epi32 (
          is_there[j],
          copy_of (place[j], is_there[j], table->narrow + i * table->step,
                   is_short),
          more[j]));
}

/* The same of half as many numbers, the table's asked for in two registers. */
static inline __m512i
wide_copy_of (__m256i place, __mmask8 is_there, const uint64_t table[],
              int is_short)
{
  return is_short ? _mm512_permutex2var_epi64 (
                      _mm512_loadu_si512 (table),
                      _mm512_cvtepu32_epi64 (place),
                      _mm512_loadu_si512 (table + WIDE_LANES))
                  : _mm512_mask_i32gather_epi64 (_mm512_setzero_si512 (),
                                                 is_there, place, table, 8);
}

void
numsys_avx512_wide_spread (const numsys_sums_form *form,
                           const numsys_sums_table *table,
                           const uint32_t number[], uint64_t out[])
{
  const int is_short = table->places <= LANES;

  for (size_t j = 0; j < WIDE_COLUMNS; j += LANES)
    {
      const parts x = parts_of (form, _mm512_loadu_si512 (number + j));
      const __m256i low = _mm512_castsi512_si256 (x.place);
      const __m256i high = _mm512_extracti64x4_epi64 (x.place, 1);
      const __m512i more[2]
        = { wide_bits_of (form, &x, 0), wide_bits_of (form, &x, 1) };
      const __mmask8 is_low = (__mmask8) x.is_there;
      const __mmask8 is_high = (__mmask8) (x.is_there >> 8);

      for (size_t i = 0; i < table->copies; i++)
        {
          const uint64_t *from = table->wide + i * table->step;
          uint64_t *to = out + i * WIDE_COLUMNS + j;

          _mm512_storeu_si512 (
            to, _mm512_maskz_add_epi64 (
                  is_low, wide_copy_of (low, is_low, from, is_short),
                  more[0]));
          _mm512_storeu_si512 (
            to + WIDE_LANES,
            _mm512_maskz_add_epi64 (
              is_high, wide_copy_of (high, is_high, from, is_short),
              more[1]));
        }
    }
}
