/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that are added to exponents, made whole, on 16 lanes.  */

#ifndef NUMSYS_KERNELS_LNS_FRACTION_AVX512_H
#define NUMSYS_KERNELS_LNS_FRACTION_AVX512_H

#include <immintrin.h>
#include "numsys/kernels/kernels.h"
#include "numsys/kernels/moves.h"

/* Nothing to a file that is not built for it. */
#ifdef __AVX512F__

static inline __mmask16
numsys_odd_lanes (__m512i x)
{
  return _mm512_test_epi32_mask (x, _mm512_set1_epi32 (1));
}

/* Integers that ties, rounded to even, become by what they are added to: k,
   odd or not; seldom met. */
static __attribute__ ((noinline)) __m512i
numsys_fraction_tied (const numsys_lns_fraction *fraction, __m512i k,
                      __m512i whole, __m512 rest)
{
  const __m512i one = _mm512_set1_epi32 (1);
  const __mmask16 odd = numsys_odd_lanes (_mm512_add_epi32 (k, whole));
  const __mmask16 above
    = _mm512_cmp_ps_mask (rest, _mm512_set1_ps (0.5f), _CMP_EQ_OQ);
  const __mmask16 below
    = _mm512_cmp_ps_mask (rest, _mm512_set1_ps (-0.5f), _CMP_EQ_OQ);
  const __mmask16 up = fraction->ties_away ? above : above & odd;
  const __mmask16 down = fraction->ties_away ? 0 : below & odd;

  return _mm512_mask_sub_epi32 (
    _mm512_mask_add_epi32 (whole, up, whole, one), down, whole, one);
}

/* `by' rounded to integers, ties by what they are added to; where it is not
   within NUMSYS_FAR_STEP, any integers whose magnitude is not either. */
static inline __m512i
numsys_fraction_nearest_lanes (const numsys_lns_fraction *fraction, __m512i k,
                               __m512 by)
{
  const __m512 shifter = _mm512_set1_ps (NUMSYS_SHIFTER);
  const __m512 sum = _mm512_add_ps (by, shifter);
  const __m512 rest = _mm512_sub_ps (by, _mm512_sub_ps (sum, shifter));
  const __m512i whole = _mm512_sub_epi32 (_mm512_castps_si512 (sum),
                                          _mm512_castps_si512 (shifter));

  if (__builtin_expect (
        _mm512_cmp_ps_mask (_mm512_abs_ps (rest), _mm512_set1_ps (0.5f),
                            _CMP_EQ_OQ), 0))
    return numsys_fraction_tied (fraction, k, whole, rest);
  return whole;
}

/* The place of a part of a step between values. */
static inline __m512
numsys_fraction_place_lanes (const numsys_lns_fraction *fraction, __m512 part)
{
  __m512 sum = _mm512_setzero_ps ();

#pragma GCC unroll 6
  for (int i = NUMSYS_GROWTH_TERMS - 1; i >= 0; i--)
    sum = _mm512_mul_ps (
      _mm512_add_ps (sum, _mm512_set1_ps ((float) fraction->growth[i])), part);
  return sum;
}

/* Floors of `by', or one more, as the choice says; adds lanes to bad whose
   places are not told apart from draws. */
static inline __m512i
numsys_fraction_chosen_lanes (const numsys_lns_fraction *fraction, __m512i k,
                              __m512 by, __mmask16 negative, __m512i word,
                              __mmask16 *bad)
{
  const __m512 unsure = _mm512_set1_ps (NUMSYS_UNSURE_PLACE);
  const numsys_choice *choice = &fraction->choice;
  const __m512 whole = _mm512_roundscale_ps (
    by, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
  const __m512 part = _mm512_sub_ps (by, whole);
  const __m512i below = _mm512_cvtps_epi32 (whole);
  const __mmask16 is_between = _mm512_cmp_ps_mask (by, whole, _CMP_NEQ_UQ);
  __m512i t = _mm512_add_epi32 (
    _mm512_and_si512 (word, _mm512_set1_epi32 ((int) choice->mask)),
    _mm512_mask_mov_epi32 (_mm512_set1_epi32 ((int) choice->base[0]), negative,
                           _mm512_set1_epi32 ((int) choice->base[1])));
  __mmask16 away;

  if (choice->flips)
    t = _mm512_mask_xor_epi32 (
      t, numsys_odd_lanes (_mm512_add_epi32 (k, below)), t,
      _mm512_set1_epi32 (-1));
  if (choice->mask == 0 && !fraction->is_linear)
    away = _mm512_mask_testn_epi32_mask (is_between, t, t);
  else
    {
      const __m512 gap = _mm512_sub_ps (
        fraction->is_linear ? numsys_fraction_place_lanes (fraction, part)
                            : part,
        _mm512_mul_ps (_mm512_cvtepu32_ps (t), _mm512_set1_ps (0x1p-32f)));

      away = _mm512_mask_cmp_ps_mask (is_between, gap, _mm512_setzero_ps (),
                                      _CMP_GT_OQ);
      *bad |= _mm512_mask_cmp_ps_mask (is_between, _mm512_abs_ps (gap), unsure,
                                       _CMP_LE_OQ);
    }
  return _mm512_mask_add_epi32 (below, away, below, _mm512_set1_epi32 (1));
}

#endif
#endif
