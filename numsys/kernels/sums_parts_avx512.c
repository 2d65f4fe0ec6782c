/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes with sums of rounded products, with AVX-512: numbers from codes,
   signs, and the sums' way into accumulators.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/portable.h"

enum
{
  LANES = 16, WIDE_LANES = 8, COLUMNS = NUMSYS_AVX512_SUMS_COLUMNS,
  WIDE_COLUMNS = NUMSYS_AVX512_SUMS_COLUMNS / 2
};

/* Tables of up to 32 numbers lie in two registers. */
void
numsys_avx512_spread (size_t count, size_t times, size_t last, const uint32_t
                      table[], const int32_t code[], const uint32_t add[],
                      uint32_t out[])
{
  const __mmask16 low = _cvtu32_mask16 (last >= 15 ? 0xffff
                                                   : (2U << last) - 1);
  const __mmask16 high = _cvtu32_mask16 (
    last >= 31 ? 0xffff : last < 16 ? 0 : (2U << (last - 16)) - 1);
  const __m512i first = _mm512_maskz_loadu_epi32 (low, table);
  const __m512i second = _mm512_maskz_loadu_epi32 (high, table + 16);

  for (size_t j = 0; j < COLUMNS; j += LANES)
    {
      const __m512i index = _mm512_loadu_si512 (code + j);
      const __m512i more = _mm512_loadu_si512 (add + j);
      const __mmask16 keep = _mm512_knot (_mm512_movepi32_mask (index));

      for (size_t i = 0; i < count; i++)
        {
          const __m512i at
            = _mm512_add_epi32 (index, _mm512_set1_epi32 ((int) (i * times)));
          const __m512i x
            = last < 32 ? _mm512_permutex2var_epi32 (first, at, second)
                        : _mm512_mask_i32gather_epi32 (more, keep, at, table,
                                                       4);

          _mm512_storeu_si512 (out + i * COLUMNS + j,
                               _mm512_maskz_add_epi32 (keep, x, more));
        }
    }
}

void
numsys_avx512_wide_spread (size_t count, size_t times, size_t last, const
                           uint64_t table[], const int32_t code[], const
                           uint64_t add[], uint64_t out[])
{
  (void) last;
  for (size_t j = 0; j < WIDE_COLUMNS; j += WIDE_LANES)
    {
      const __m256i index
        = _mm256_loadu_si256 ((const __m256i *) (const void *) (code + j));
      const __m512i more = _mm512_loadu_si512 (add + j);
      const __mmask8 keep
        = (__mmask8) ~_mm256_movepi32_mask (index);

      for (size_t i = 0; i < count; i++)
        {
          const __m256i at
            = _mm256_add_epi32 (index, _mm256_set1_epi32 ((int) (i * times)));
          const __m512i x
            = _mm512_mask_i32gather_epi64 (more, keep, at, table, 8);

          _mm512_storeu_si512 (out + i * WIDE_COLUMNS + j,
                               _mm512_maskz_add_epi64 (keep, x, more));
        }
    }
}

/* Adds eight integers; *flag is set where a sum was beyond. */
static inline void
add_vector (__m512i x, int64_t limit, int64_t sum[], unsigned char flag[])
{
  const __m512i before = _mm512_loadu_si512 (sum);
  __mmask8 beyond = _mm512_cmpgt_epi64_mask (_mm512_abs_epi64 (before),
                                             _mm512_set1_epi64 (limit));

  _mm512_storeu_si512 (sum, _mm512_add_epi64 (before, x));
  for (size_t i = 0; beyond != 0; i++, beyond = (__mmask8) (beyond >> 1))
    flag[i] |= beyond & 1;
}

void
numsys_avx512_add (size_t n, const float x[], int64_t limit, int64_t sum[],
                   unsigned char flag[])
{
  size_t i;

  for (i = 0; i + WIDE_LANES <= n; i += WIDE_LANES)
    add_vector (_mm512_cvttps_epi64 (_mm256_loadu_ps (x + i)), limit, sum + i,
                flag + i);
  numsys_portable_sums.add (n - i, x + i, limit, sum + i, flag + i);
}

void
numsys_avx512_wide_add (size_t n, const double x[], int64_t limit, int64_t
                        sum[], unsigned char flag[])
{
  size_t i;

  for (i = 0; i + WIDE_LANES <= n; i += WIDE_LANES)
    add_vector (_mm512_cvttpd_epi64 (_mm512_loadu_pd (x + i)), limit, sum + i,
                flag + i);
  numsys_portable_sums.wide_add (n - i, x + i, limit, sum + i, flag + i);
}

/* Of each byte, by its halves. */
static inline __m512i
bits_set (__m512i x)
{
  const __m512i of_half = _mm512_broadcast_i32x4 (
    _mm_setr_epi8 (0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
  const __m512i half = _mm512_set1_epi8 (15);

  return _mm512_add_epi8 (
    _mm512_shuffle_epi8 (of_half, _mm512_and_si512 (x, half)),
    _mm512_shuffle_epi8 (of_half, _mm512_and_si512 (
                                    _mm512_srli_epi16 (x, 4), half)));
}

/* As the contract says, of eight columns whose words are n apart. */
static inline __m512i
differ_vector (size_t words, const uint64_t a[], size_t n,
               const uint64_t b[])
{
  enum { MOST = 31 };   /* bytes hold 31 times 8 */
  __m512i total = _mm512_setzero_si512 ();

  for (size_t w = 0; w < words;)
    {
      const size_t end = words - w < MOST ? words : w + MOST;
      __m512i bytes = _mm512_setzero_si512 ();

      for (; w < end; w++)
        {
          const __m512i positive = _mm512_loadu_si512 (b + 2 * w * n);
          const __m512i negative = _mm512_loadu_si512 (b + (2 * w + 1) * n);
          const __m512i one = _mm512_and_si512 (
            negative, _mm512_set1_epi64 ((int64_t) a[2 * w]));
          const __m512i other = _mm512_and_si512 (
            positive, _mm512_set1_epi64 ((int64_t) a[2 * w + 1]));

          bytes = _mm512_add_epi8 (bytes,
                                   bits_set (_mm512_or_si512 (one, other)));
        }
      total = _mm512_add_epi64 (
        total, _mm512_sad_epu8 (bytes, _mm512_setzero_si512 ()));
    }
  return total;
}

void
numsys_avx512_differ (size_t words, const uint64_t a[], size_t n, const
                      uint64_t b[], int64_t sum[])
{
  size_t j;

  for (j = 0; j + WIDE_LANES <= n; j += WIDE_LANES)
    _mm512_storeu_si512 (
      sum + j, _mm512_add_epi64 (_mm512_loadu_si512 (sum + j),
                                 differ_vector (words, a, n, b + j)));
  for (; j < n; j++)
    for (size_t w = 0; w < words; w++)
      sum[j] += __builtin_popcountll ((a[2 * w] & b[(2 * w + 1) * n + j])
                                      | (a[2 * w + 1] & b[2 * w * n + j]));
}

/* Sixteen words of 64 bits from their halves. */
static inline void
store_words (__m512i low, __m512i high, uint64_t out[])
{
  const __m512i first = _mm512_setr_epi32 (0, 16, 1, 17, 2, 18, 3, 19, 4, 20,
                                           5, 21, 6, 22, 7, 23);
  const __m512i second = _mm512_add_epi32 (first, _mm512_set1_epi32 (8));

  _mm512_storeu_si512 (out, _mm512_permutex2var_epi32 (low, first, high));
  _mm512_storeu_si512 (out + 8,
                       _mm512_permutex2var_epi32 (low, second, high));
}

/* Of sixteen columns. */
static inline void
signs_vector (size_t rows, size_t n, const int32_t index[],
              uint64_t positive[], uint64_t negative[])
{
  const __m512i one = _mm512_set1_epi32 (1);
  __m512i of[2][2];   /* half, sign */

  for (size_t half = 0; half < 2; half++)
    {
      const size_t end = rows < 32 * (half + 1) ? rows : 32 * (half + 1);
      __m512i bit = one;

      of[half][0] = of[half][1] = _mm512_setzero_si512 ();
      for (size_t p = 32 * half; p < end; p++)
        {
          const __m512i x = _mm512_loadu_si512 (index + p * n);
          const __mmask16 is_odd = _mm512_test_epi32_mask (x, one);
          const __mmask16 is_even = _kandn_mask16 (
            is_odd, _mm512_test_epi32_mask (x, x));

          of[half][0] = _mm512_mask_or_epi32 (of[half][0], is_even,
                                              of[half][0], bit);
          of[half][1] = _mm512_mask_or_epi32 (of[half][1], is_odd,
                                              of[half][1], bit);
          bit = _mm512_slli_epi32 (bit, 1);
        }
    }
  store_words (of[0][0], of[1][0], positive);
  store_words (of[0][1], of[1][1], negative);
}

void
numsys_avx512_signs (size_t rows, size_t n, const int32_t index[], uint64_t
                     positive[], uint64_t negative[])
{
  size_t j;

  for (j = 0; j + LANES <= n; j += LANES)
    signs_vector (rows, n, index + j, positive + j, negative + j);
  for (; j < n; j++)
    {
      positive[j] = negative[j] = 0;
      for (size_t p = 0; p < rows; p++)
        {
          const uint64_t is_odd = index[p * n + j] & 1;
          const uint64_t is_even = (index[p * n + j] != 0) - is_odd;

          negative[j] |= is_odd << p;
          positive[j] |= is_even << p;
        }
    }
}

void
numsys_avx512_alternate (size_t n, size_t step, size_t count, const size_t
                         from[], const uint32_t x[], uint32_t out[])
{
  size_t i = 0;

  for (; step == 1 && i + LANES <= n; i += LANES)
    {
      __m512i sum[2] = { _mm512_loadu_si512 (out + i),
                         _mm512_setzero_si512 () };
      size_t k;

      for (k = 0; k + 2 <= count; k += 2)
        {
          sum[0] = _mm512_add_epi32 (sum[0],
                                     _mm512_loadu_si512 (x + from[k] + i));
          sum[1] = _mm512_add_epi32 (
            sum[1], _mm512_loadu_si512 (x + from[k + 1] + i));
        }
      if (k < count)
        sum[0] = _mm512_add_epi32 (sum[0],
                                   _mm512_loadu_si512 (x + from[k] + i));
      _mm512_storeu_si512 (out + i, _mm512_sub_epi32 (sum[0], sum[1]));
    }
  numsys_portable_sums.alternate (n - i, step, count, from, x + i * step,
                                  out + i);
}
