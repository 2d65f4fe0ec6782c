/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs of the numbers that sums are made of, and those that differ, with
   AVX-512.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/portable.h"

enum { LANES = 16, WIDE_LANES = 8, VECTORS = 4 };

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

/* Which of 64 pairs have one sign of both, in each lane. */
static inline __m512i
differing (const uint64_t a[2], __m512i positive, __m512i negative)
{
  return _mm512_or_si512 (
    _mm512_and_si512 (negative, _mm512_set1_epi64 ((int64_t) a[0])),
    _mm512_and_si512 (positive, _mm512_set1_epi64 ((int64_t) a[1])));
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
          const uint64_t *at = b + 2 * w * n;

          bytes = _mm512_add_epi8 (
            bytes, bits_set (differing (a + 2 * w, _mm512_loadu_si512 (at),
                                        _mm512_loadu_si512 (at + n))));
        }
      total = _mm512_add_epi64 (
        total, _mm512_sad_epu8 (bytes, _mm512_setzero_si512 ()));
    }
  return total;
}

/* As the contract says, of so many vectors of columns. */
__attribute__ ((target ("avx512vpopcntdq"), always_inline)) static inline void
count_columns (size_t vectors, size_t words, const uint64_t a[], size_t n,
               const uint64_t b[], int64_t sum[])
{
  __m512i total[VECTORS];

#pragma GCC unroll 4
  for (size_t v = 0; v < vectors; v++)
    total[v] = _mm512_loadu_si512 (sum + v * WIDE_LANES);
  for (size_t w = 0; w < words; w++)
#pragma GCC unroll 4
    for (size_t v = 0; v < vectors; v++)
      {
        const uint64_t *at = b + 2 * w * n + v * WIDE_LANES;

        total[v] = _mm512_add_epi64 (
          total[v],
          _mm512_popcnt_epi64 (differing (a + 2 * w, _mm512_loadu_si512 (at),
                                          _mm512_loadu_si512 (at + n))));
      }
#pragma GCC unroll 4
  for (size_t v = 0; v < vectors; v++)
    _mm512_storeu_si512 (sum + v * WIDE_LANES, total[v]);
}

/* Of the columns that fill vectors, whose number is returned. */
__attribute__ ((target ("avx512vpopcntdq"))) static size_t
count_by_words (size_t words, const uint64_t a[], size_t n,
                const uint64_t b[], int64_t sum[])
{
  enum { MANY = VECTORS * WIDE_LANES };
  size_t j = 0;

  for (; j + MANY <= n; j += MANY)
    count_columns (VECTORS, words, a, n, b + j, sum + j);
  for (; j + WIDE_LANES <= n; j += WIDE_LANES)
    count_columns (1, words, a, n, b + j, sum + j);
  return j;
}

size_t
numsys_avx512_differ_by_bytes (size_t words, const uint64_t a[], size_t n,
                               const uint64_t b[], int64_t sum[])
{
  size_t j = 0;

  for (; j + WIDE_LANES <= n; j += WIDE_LANES)
    _mm512_storeu_si512 (
      sum + j, _mm512_add_epi64 (_mm512_loadu_si512 (sum + j),
                                 differ_vector (words, a, n, b + j)));
  return j;
}

void
numsys_avx512_differ (size_t words, const uint64_t a[], size_t n, const
                      uint64_t b[], int64_t sum[])
{
  size_t j = __builtin_cpu_supports ("avx512vpopcntdq")
               ? count_by_words (words, a, n, b, sum)
               : numsys_avx512_differ_by_bytes (words, a, n, b, sum);

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
signs_vector (size_t rows, const uint32_t number[], size_t stride,
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
          const __m512i x = _mm512_loadu_si512 (number + p * stride);
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
numsys_avx512_signs (size_t rows, size_t n, const uint32_t number[], size_t
                     stride, uint64_t positive[], uint64_t negative[])
{
  size_t j;

  for (j = 0; j + LANES <= n; j += LANES)
    signs_vector (rows, number + j, stride, positive + j, negative + j);
  numsys_portable_signs (rows, n - j, number + j, stride, positive + j,
                         negative + j);
}
