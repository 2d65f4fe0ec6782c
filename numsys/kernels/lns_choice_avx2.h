/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether magnitudes on 8 lanes go away from the slots below them.  A place
   between two values is compared in integers, that between their logarithms in
   float32, where the comparison may be too near to be sure.  */

#ifndef NUMSYS_KERNELS_LNS_CHOICE_AVX2_H
#define NUMSYS_KERNELS_LNS_CHOICE_AVX2_H

#include "numsys/kernels/lns_slots_avx2.h"

/* Nothing to a file that is not built for it. */
#ifdef __AVX2__

/* High halves of t g, or of t g + g / 2. */
static inline __m256i
high_product (const registers *constants, __m256i t, __m256i gap)
{
  const __m256i extra = _mm256_and_si256 (_mm256_srli_epi32 (gap, 1),
                                          constants->half_gap);
  const __m256i low = _mm256_blend_epi32 (extra, _mm256_setzero_si256 (),
                                          0xAA);
  const __m256i even = _mm256_add_epi64 (_mm256_mul_epu32 (t, gap), low);
  const __m256i odd = _mm256_add_epi64 (
    _mm256_mul_epu32 (_mm256_srli_epi64 (t, 32), _mm256_srli_epi64 (gap, 32)),
    _mm256_srli_epi64 (extra, 32));

  return _mm256_blend_epi32 (_mm256_srli_epi64 (even, 32), odd, 0xAA);
}

/* What the choice compares a place with, or its flip. */
static inline __m256i
threshold (const registers *constants, const lanes *at, __m256i word)
{
  return _mm256_add_epi32 (
    _mm256_and_si256 (word, constants->mask),
    _mm256_xor_si256 (constants->base,
                      _mm256_and_si256 (at->negative,
                                        constants->base_differs)));
}

/* Lanes that stay at the slot below, by the parity of its step. */
static inline __m256i
stays (const registers *constants, const lanes *at, __m256i is_hit)
{
  const __m256i none = _mm256_setzero_si256 ();
  /* gamma times the octave, as far as it tells odd from even. */
  const __m256i octave = _mm256_and_si256 (
    _mm256_srli_epi32 (at->octave, 23), constants->step);
  const __m256i k = _mm256_add_epi32 (
    _mm256_add_epi32 (at->slot, octave), constants->parity);
  const __m256i flipped = _mm256_and_si256 (
    _mm256_srai_epi32 (_mm256_slli_epi32 (k, 31), 31), constants->flips);
  const __m256i t = _mm256_xor_si256 (threshold (constants, at, none),
                                      flipped);

  return _mm256_or_si256 (is_hit, _mm256_cmpeq_epi32 (
                                    t, _mm256_cmpeq_epi32 (none, none)));
}

/* Lanes that go away from the slot below as the place of logarithms says;
   those that are too near to be told in unsure. */
static inline __m256i
drawn_log (const registers *constants, const lanes *at, __m256i t,
           __m256i is_hit, __m256i *unsure)
{
  const __m256 place = _mm256_sub_ps (at->logarithm,
                                      _mm256_cvtepi32_ps (at->slot));
  const __m256 draw = _mm256_mul_ps (
    _mm256_cvtepi32_ps (_mm256_srli_epi32 (t, 1)), _mm256_set1_ps (0x1p-31f));
  const __m256 gap = _mm256_sub_ps (place, draw);
  const __m256 size = _mm256_andnot_ps (_mm256_castsi256_ps (constants->top),
                                        gap);

  *unsure = _mm256_andnot_si256 (
    is_hit, _mm256_castps_si256 (_mm256_cmp_ps (size, constants->unsure,
                                                _CMP_LE_OQ)));
  return _mm256_andnot_si256 (
    is_hit, _mm256_castps_si256 (_mm256_cmp_ps (gap, _mm256_setzero_ps (),
                                                _CMP_GT_OQ)));
}

/* The same for all choices. */
static inline __attribute__ ((always_inline)) __m256i
goes_away (const registers *constants, loop_form form, __m256i word,
           const lanes *at, __m256i *unsure)
{
  const __m256i d = _mm256_sub_epi32 (at->mantissa, at->low);
  const __m256i none = _mm256_setzero_si256 ();
  const __m256i is_hit = _mm256_cmpeq_epi32 (d, none);
  const __m256i t = threshold (constants, at, word);

  *unsure = none;
  if (form.kind == NEAREST)
    return none;
  if (form.kind == ONE_WAY)
    return at->rises;
  if (form.kind == BY_PARITY)
    return _mm256_cmpeq_epi32 (stays (constants, at, is_hit), none);
  if (form.kind == DRAWN)
    return _mm256_cmpgt_epi32 (
      d, high_product (constants, t, _mm256_sub_epi32 (at->high, at->low)));
  return drawn_log (constants, at, t, is_hit, unsure);
}

#endif
#endif
