/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of codes of an LNS with AVX2.  Zeros stay in their lanes; what leaves
   the range goes the portable way.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/portable.h"

enum { LANES = 8 };

static inline __m256i
each (uint32_t x)
{
  return _mm256_set1_epi32 ((int32_t) x);
}

/* All bits of the lanes where x has the bit. */
static inline __m256i
has_bit (__m256i x, uint32_t bit)
{
  return _mm256_cmpgt_epi32 (_mm256_and_si256 (x, each (bit)), each (0));
}

static inline __m256i
is_zero (const numsys_lns_sums *plan, __m256i code, __m256i e)
{
  return _mm256_or_si256 (has_bit (code, plan->flag),
                          _mm256_cmpgt_epi32 (_mm256_set1_epi32 (plan->least),
                                              e));
}

/* x + y; lanes that are out of range in strange. */
static inline __m256i
add (const numsys_lns_sums *plan, __m256i x, __m256i y, __m256i *strange)
{
  const __m256i low = each (plan->sign - 1);
  const __m256i e = _mm256_and_si256 (x, low);
  const __m256i f = _mm256_and_si256 (y, low);
  const __m256i x_zero = is_zero (plan, x, e);
  const __m256i y_zero = is_zero (plan, y, f);
  const __m256i differ = has_bit (_mm256_xor_si256 (x, y), plan->sign);
  const __m256i lead = _mm256_blendv_epi8 (x, y, _mm256_cmpgt_epi32 (f, e));
  const __m256i apart
    = _mm256_min_epi32 (_mm256_abs_epi32 (_mm256_sub_epi32 (e, f)),
                        _mm256_set1_epi32 (plan->reach));
  const __m256i moved
    = _mm256_i32gather_epi32 (plan->table,
                              _mm256_sub_epi32 (_mm256_add_epi32 (apart,
                                                                  apart),
                                                differ), 4);
  const __m256i below = _mm256_add_epi32 (_mm256_and_si256 (lead, low),
                                          _mm256_srai_epi32 (moved, 3));
  const __m256i negative = has_bit (lead, plan->sign);
  const __m256i bit
    = _mm256_or_si256 (
      _mm256_or_si256 (_mm256_and_si256 (moved, each (7)),
                       _mm256_slli_epi32 (_mm256_and_si256 (below, each (1)),
                                          3)),
      _mm256_and_si256 (negative, each (16)));
  const __m256i rounded
    = _mm256_add_epi32 (below,
                        _mm256_and_si256 (_mm256_srlv_epi32 (each (plan->away),
                                                             bit), each (1)));
  const __m256i code
    = _mm256_or_si256 (rounded, _mm256_and_si256 (lead, each (plan->sign)));

  *strange = _mm256_andnot_si256 (
    _mm256_or_si256 (x_zero, y_zero),
    _mm256_or_si256 (
      _mm256_cmpgt_epi32 (_mm256_set1_epi32 (plan->least), below),
      _mm256_cmpgt_epi32 (rounded, _mm256_set1_epi32 (plan->most))));
  return _mm256_blendv_epi8 (
    _mm256_blendv_epi8 (_mm256_blendv_epi8 (code, y, x_zero), x, y_zero),
    each (plan->zero), _mm256_and_si256 (x_zero, y_zero));
}

static inline __m256i
load (const uint32_t code[], __m256i bits)
{
  return _mm256_and_si256 (_mm256_loadu_si256 ((const __m256i *) code), bits);
}

size_t
numsys_avx2_lns_add (const numsys_lns_sums *plan, size_t n, const uint32_t a[],
                     const uint32_t b[], uint32_t out[],
                     numsys_counts *counts)
{
  const __m256i bits = each ((2 * plan->sign - 1) | plan->flag);
  size_t i;

  for (i = 0; i + LANES <= n; i += LANES)
    {
      const __m256i y = _mm256_xor_si256 (load (b + i, bits),
                                          each (plan->turn));
      __m256i strange;
      const __m256i code = add (plan, load (a + i, bits), y, &strange);
      size_t done = LANES;

      if (_mm256_testz_si256 (strange, strange))
        _mm256_storeu_si256 ((__m256i *) (out + i), code);
      else
        done = numsys_portable_lns_add (plan, LANES, a + i, b + i, out + i,
                                        counts);
      if (done < LANES)
        return i + done;
    }
  return i + numsys_portable_lns_add (plan, n - i, a + i, b + i, out + i,
                                      counts);
}
