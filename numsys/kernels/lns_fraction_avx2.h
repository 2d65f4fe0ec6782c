/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that are added to exponents, made whole, on 8 lanes.  Masks have all
   bits of a lane or none.  */

#ifndef NUMSYS_KERNELS_LNS_FRACTION_AVX2_H
#define NUMSYS_KERNELS_LNS_FRACTION_AVX2_H

#include "numsys/kernels/kernels.h"
#include "numsys/kernels/lanes_avx2.h"
#include "numsys/kernels/moves.h"

/* Nothing to a file that is not built for it. */
#ifdef __AVX2__

static inline __m256
numsys_size_lanes (__m256 x)
{
  return _mm256_andnot_ps (_mm256_set1_ps (-0.0f), x);
}

static inline __m256i
numsys_mask_lanes (__m256 x)
{
  return _mm256_castps_si256 (x);
}

static inline __m256i
numsys_odd_lanes (__m256i x)
{
  return _mm256_srai_epi32 (_mm256_slli_epi32 (x, 31), 31);
}

/* Lanes that are too far to be made whole. */
static inline __m256i
numsys_far_lanes (__m256 by)
{
  return numsys_mask_lanes (
    _mm256_cmp_ps (numsys_size_lanes (by), _mm256_set1_ps (NUMSYS_FAR_STEP),
                   _CMP_NLT_UQ));
}

/* What to add to ties, rounded to even, for what they are added to: odd. */
static inline __m256i
numsys_fraction_tied (const numsys_lns_fraction *fraction, __m256i odd,
                      __m256 rest)
{
  const __m256i above = numsys_mask_lanes (
    _mm256_cmp_ps (rest, _mm256_set1_ps (0.5f), _CMP_EQ_OQ));
  const __m256i below = numsys_mask_lanes (
    _mm256_cmp_ps (rest, _mm256_set1_ps (-0.5f), _CMP_EQ_OQ));

  if (fraction->ties_away)
    return _mm256_sub_epi32 (_mm256_setzero_si256 (), above);
  return _mm256_and_si256 (odd, _mm256_sub_epi32 (below, above));
}

/* `by' rounded to integers, ties by what they are added to: k, odd or not;
   where it is too far, integers whose magnitude is not less than
   NUMSYS_FAR_STEP. */
static inline __m256i
numsys_fraction_nearest_lanes (const numsys_lns_fraction *fraction, __m256i k,
                               __m256 by)
{
  const __m256 shift = _mm256_set1_ps (NUMSYS_SHIFTER);
  const __m256 sum = _mm256_add_ps (by, shift);
  const __m256 rest = _mm256_sub_ps (by, _mm256_sub_ps (sum, shift));
  const __m256i whole = _mm256_sub_epi32 (_mm256_castps_si256 (sum),
                                          _mm256_castps_si256 (shift));
  const __m256i ties = numsys_mask_lanes (
    _mm256_cmp_ps (numsys_size_lanes (rest), _mm256_set1_ps (0.5f),
                   _CMP_EQ_OQ));

  if (__builtin_expect (numsys_lane_bits (ties) != 0, 0))
    return _mm256_add_epi32 (
      whole,
      numsys_fraction_tied (
        fraction, numsys_odd_lanes (_mm256_add_epi32 (k, whole)), rest));
  return whole;
}

/* The place of a part of a step between values. */
static inline __m256
numsys_fraction_place_lanes (const numsys_lns_fraction *fraction, __m256 part)
{
  __m256 sum = _mm256_setzero_ps ();

#pragma GCC unroll 6
  for (int i = NUMSYS_GROWTH_TERMS - 1; i >= 0; i--)
    sum = _mm256_mul_ps (
      _mm256_add_ps (sum, _mm256_set1_ps ((float) fraction->growth[i])), part);
  return sum;
}

/* What the choice compares a place with; odd is what k + below is. */
static inline __m256i
numsys_fraction_threshold (const numsys_choice *choice, __m256i odd,
                           __m256i negative, __m256i word)
{
  const __m256i t = _mm256_add_epi32 (
    _mm256_and_si256 (word, numsys_each (choice->mask)),
    numsys_either (numsys_each (choice->base[0]),
                   numsys_each (choice->base[1]), negative));

  return choice->flips ? _mm256_xor_si256 (t, odd) : t;
}

/* Floors of `by', or one more, as the choice says, negative having the sign in
   its highest bit; adds lanes to bad whose places are not told apart from
   draws. */
static inline __m256i
numsys_fraction_chosen_lanes (const numsys_lns_fraction *fraction, __m256i k,
                              __m256 by, __m256i negative, __m256i word,
                              __m256i *bad)
{
  const __m256 none = _mm256_setzero_ps ();
  const __m256 whole = _mm256_floor_ps (by);
  const __m256 part = _mm256_sub_ps (by, whole);
  const __m256i below = _mm256_cvtps_epi32 (whole);
  const __m256i is_between
    = numsys_mask_lanes (_mm256_cmp_ps (by, whole, _CMP_NEQ_UQ));
  const __m256i t = numsys_fraction_threshold (
    &fraction->choice, numsys_odd_lanes (_mm256_add_epi32 (k, below)),
    negative, word);
  __m256 draw, gap;
  __m256i away, unsure;

  if (fraction->choice.mask == 0 && !fraction->is_linear)
    away = _mm256_cmpeq_epi32 (t, numsys_mask_lanes (none));
  else
    {
      draw = _mm256_mul_ps (_mm256_cvtepi32_ps (_mm256_srli_epi32 (t, 1)),
                            _mm256_set1_ps (0x1p-31f));
      gap = _mm256_sub_ps (fraction->is_linear
                             ? numsys_fraction_place_lanes (fraction, part)
                             : part, draw);
      away = numsys_mask_lanes (_mm256_cmp_ps (gap, none, _CMP_GT_OQ));
      unsure = numsys_mask_lanes (
        _mm256_cmp_ps (numsys_size_lanes (gap),
                       _mm256_set1_ps (NUMSYS_UNSURE_PLACE), _CMP_LE_OQ));
      *bad = _mm256_or_si256 (*bad, _mm256_and_si256 (is_between, unsure));
    }
  return _mm256_sub_epi32 (below, _mm256_and_si256 (is_between, away));
}

#endif
#endif
