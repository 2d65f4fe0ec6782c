/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes with sums of rounded products, with AVX2: copies of numbers, and
   signs that differ.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/portable.h"

enum { LANES = 8, WIDE_LANES = 4, MANTISSA = 23, SIGN = 31 };

/* Eight numbers, where they are not zero. */
typedef struct parts
{
  __m256i is_zero, bits, place;
} parts;

/* (e + 1/2)/gamma is 1/2 gamma or more from an integer, and e below 2^21: two
   roundings of float32 do not bring it there. */
static inline parts
parts_of (const numsys_sums_form *form, __m256i number)
{
  const __m256i negative
    = _mm256_and_si256 (number, _mm256_set1_epi32 (1));
  const __m256i e = _mm256_sub_epi32 (_mm256_srli_epi32 (number, 1),
                                      _mm256_set1_epi32 (1));
  const __m256 middle = _mm256_add_ps (_mm256_cvtepi32_ps (e),
                                       _mm256_set1_ps (0.5f));
  const __m256i q = _mm256_cvttps_epi32 (
    _mm256_mul_ps (middle, _mm256_set1_ps (1 / (float) form->gamma)));
  const __m256i r = _mm256_sub_epi32 (
    e, _mm256_mullo_epi32 (q, _mm256_set1_epi32 ((int) form->gamma)));
  const __m256i add = _mm256_blendv_epi8 (
    _mm256_set1_epi32 ((int) form->adds[0]),
    _mm256_set1_epi32 ((int) (form->adds[1] + (UINT32_C (1) << SIGN))),
    _mm256_sub_epi32 (_mm256_setzero_si256 (), negative));

  return (parts) {
    _mm256_cmpeq_epi32 (number, _mm256_setzero_si256 ()),
    _mm256_add_epi32 (
      _mm256_slli_epi32 (
        _mm256_add_epi32 (q, _mm256_set1_epi32 ((int) form->base)), MANTISSA),
      add),
    _mm256_mullo_epi32 (r, _mm256_set1_epi32 ((int) form->times))
  };
}

void
numsys_avx2_spread (const numsys_sums_form *form,
                    const numsys_sums_table *table, const uint32_t number[],
                    uint32_t out[])
{
  const int *numbers = (const int *) (const void *) table->narrow;
  const __m256i step = _mm256_set1_epi32 ((int) table->step);

  for (size_t j = 0; j < form->group; j += LANES)
    {
      const parts x = parts_of (
        form,
        _mm256_loadu_si256 ((const __m256i *) (const void *) (number + j)));
      __m256i at = _mm256_andnot_si256 (x.is_zero, x.place);

      for (size_t i = 0; i < table->copies; i++)
        {
          const __m256i found = _mm256_i32gather_epi32 (numbers, at, 4);

          _mm256_storeu_si256 (
            (__m256i *) (void *) (out + i * form->group + j),
            _mm256_andnot_si256 (x.is_zero,
                                 _mm256_add_epi32 (found, x.bits)));
          at = _mm256_add_epi32 (at, step);
        }
    }
}

/* Of each byte, by its halves. */
static inline __m256i
bits_set (__m256i x)
{
  const __m256i of_half = _mm256_broadcastsi128_si256 (
    _mm_setr_epi8 (0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
  const __m256i half = _mm256_set1_epi8 (15);

  return _mm256_add_epi8 (
    _mm256_shuffle_epi8 (of_half, _mm256_and_si256 (x, half)),
    _mm256_shuffle_epi8 (of_half, _mm256_and_si256 (
                                    _mm256_srli_epi16 (x, 4), half)));
}

void
numsys_avx2_differ (size_t words, const uint64_t a[], size_t n,
                    const uint64_t b[], int64_t sum[])
{
  const __m256i nothing = _mm256_setzero_si256 ();
  size_t j;

  for (j = 0; j + WIDE_LANES <= n; j += WIDE_LANES)
    {
      __m256i *out = (__m256i *) (void *) (sum + j);
      __m256i total = _mm256_loadu_si256 (out);

      for (size_t w = 0; w < words; w++)
        {
          const uint64_t *positive = b + 2 * w * n + j;
          const __m256i one = _mm256_and_si256 (
            _mm256_loadu_si256 ((const __m256i *) (const void *) positive),
            _mm256_set1_epi64x ((int64_t) a[2 * w + 1]));
          const __m256i other = _mm256_and_si256 (
            _mm256_loadu_si256 (
              (const __m256i *) (const void *) (positive + n)),
            _mm256_set1_epi64x ((int64_t) a[2 * w]));

          total = _mm256_add_epi64 (
            total, _mm256_sad_epu8 (
                     bits_set (_mm256_or_si256 (one, other)), nothing));
        }
      _mm256_storeu_si256 (out, total);
    }
  for (; j < n; j++)
    for (size_t w = 0; w < words; w++)
      sum[j] += __builtin_popcountll ((a[2 * w] & b[(2 * w + 1) * n + j])
                                      | (a[2 * w + 1] & b[2 * w * n + j]));
}
