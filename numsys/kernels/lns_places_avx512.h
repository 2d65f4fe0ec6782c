/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places of mantissas.  An octave of gamma slots is spread over 128 places, slot
   c from place ceil (128 c / gamma) on, so that places times gamma, of which
   seven bits are dropped, are exponents.  A constant for each bin, added to the
   bits of a number, turns its mantissa into a place: the bin's threshold into the
   first place of the slot above it.  Bins being more than slots, and at most 128,
   no other slot is met in one.  */

#ifndef NUMSYS_KERNELS_LNS_PLACES_AVX512_H
#define NUMSYS_KERNELS_LNS_PLACES_AVX512_H

#include <immintrin.h>
#include <stddef.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/kernels.h"

/* Nothing to a file that is not built for it. */
#ifdef __AVX512F__

enum { NUMSYS_PLACE_BITS = 7 };

/* What is added in bins 16 vector ... of a plan to nearest with packed
   thresholds.  */
static inline __m512i
numsys_place_bins (const numsys_lns_rounding *plan, size_t vector)
{
  const __m512i mantissa = _mm512_set1_epi32 (NUMSYS_MANTISSA_BITS);
  const __m512i packed = _mm512_loadu_si512 (plan->packed + vector * 16);
  const __m512i rest = _mm512_and_si512 (packed, mantissa);
  const __m512 above = _mm512_cvtepi32_ps (_mm512_add_epi32 (
    _mm512_srli_epi32 (packed, 23), _mm512_set1_epi32 (1)));
  const __m512i first = _mm512_cvt_roundps_epi32 (
    _mm512_div_ps (_mm512_mul_ps (above, _mm512_set1_ps (1 << NUMSYS_PLACE_BITS)),
                   _mm512_set1_ps ((float) plan->gamma)),
    _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC);
  const __m512i lanes = _mm512_setr_epi32 (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
                                           12, 13, 14, 15, 16);
  const __m512i end = _mm512_sll_epi32 (
    _mm512_add_epi32 (lanes, _mm512_set1_epi32 ((int) (vector * 16))),
    _mm_cvtsi32_si128 (23 - (int) plan->index_bits));

  /* A bin without a threshold ends below the next slot. */
  return _mm512_sub_epi32 (
    _mm512_slli_epi32 (first, 23 - NUMSYS_PLACE_BITS),
    _mm512_mask_sub_epi32 (end, _mm512_test_epi32_mask (rest, rest),
                           _mm512_set1_epi32 (NUMSYS_MANTISSA_BITS + 1),
                           rest));
}

#endif
#endif
