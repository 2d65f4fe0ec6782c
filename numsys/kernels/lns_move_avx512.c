/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding steps to stored exponents with AVX-512.  Sixteen values of which one
   is not for here go the portable way.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/portable.h"

enum { LANES = 16 };

/* Up to here floor ((k + 1/2) / gamma) in float32 is right: its error is below
   2^-16, and half a step is at least 2^-14 octaves. */
enum { MOST_GAMMA = 8192 };

/* Adding it to a float rounds that to an integer, ties to even. */
static const float shifter = 0x1.8p23f;

/* Steps that the shifter rounds. */
static const float far = 0x1p22f;

/* by rounded to integers, ties by what they are added to; uneven: lanes where
   by was no integer. */
static inline __m512i
rounded (const numsys_lns_moves *moves, __m512i at, __m512 by,
         __mmask16 *uneven)
{
  const __m512 shift = _mm512_set1_ps (shifter);
  const __m512 near = _mm512_sub_ps (_mm512_add_ps (by, shift), shift);
  const __m512 rest = _mm512_sub_ps (by, near);
  const __m512i one = _mm512_set1_epi32 (1);
  const __m512i whole = _mm512_cvtps_epi32 (near);
  const __mmask16 odd
    = _mm512_test_epi32_mask (_mm512_add_epi32 (at, whole), one);
  const __mmask16 above
    = _mm512_cmp_ps_mask (rest, _mm512_set1_ps (0.5f), _CMP_EQ_OQ);
  const __mmask16 below
    = _mm512_cmp_ps_mask (rest, _mm512_set1_ps (-0.5f), _CMP_EQ_OQ);
  const __mmask16 up = moves->ties_away ? above : above & odd;
  const __mmask16 down = moves->ties_away ? 0 : below & odd;

  *uneven = _mm512_cmp_ps_mask (rest, _mm512_setzero_ps (), _CMP_NEQ_UQ);
  return _mm512_mask_sub_epi32 (_mm512_mask_add_epi32 (whole, up, whole, one),
                                down, whole, one);
}

/* Stored exponents of magnitudes, without the offset. */
static inline __m512i
exponents (const numsys_lns_moves *moves, __m512i bits)
{
  const __m512i mantissa
    = _mm512_and_epi32 (bits, _mm512_set1_epi32 (NUMSYS_MANTISSA_BITS));
  const __m512i octave = _mm512_sub_epi32 (_mm512_srli_epi32 (bits, 23),
                                           _mm512_set1_epi32 (127));
  const __m512i bin
    = _mm512_srl_epi32 (mantissa,
                        _mm_cvtsi32_si128 (23 - (int) moves->index_bits));
  const __m512i slot = _mm512_i32gather_epi32 (bin, moves->first, 4);
  const __mmask16 next = _mm512_cmpge_epu32_mask (
    mantissa, _mm512_i32gather_epi32 (slot, moves->threshold, 4));

  return _mm512_add_epi32 (
    _mm512_mullo_epi32 (octave, _mm512_set1_epi32 (moves->gamma)),
    _mm512_mask_add_epi32 (slot, next, slot, _mm512_set1_epi32 (1)));
}

/* Bits of the value of a stored exponent; bad: lanes beyond normal floats. */
static inline __m512i
value_bits (const numsys_lns_moves *moves, __m512i k, __mmask16 *bad)
{
  const __m512 middle
    = _mm512_add_ps (_mm512_cvtepi32_ps (k), _mm512_set1_ps (0.5f));
  const __m512i octave = _mm512_cvt_roundps_epi32 (
    _mm512_mul_ps (middle, _mm512_set1_ps (1 / (float) moves->gamma)),
    _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
  const __m512i slot = _mm512_sub_epi32 (
    k, _mm512_mullo_epi32 (octave, _mm512_set1_epi32 (moves->gamma)));

  *bad = _mm512_cmplt_epi32_mask (octave, _mm512_set1_epi32 (-126))
         | _mm512_cmpgt_epi32_mask (octave, _mm512_set1_epi32 (127));
  return _mm512_add_epi32 (
    _mm512_slli_epi32 (_mm512_add_epi32 (octave, _mm512_set1_epi32 (127)), 23),
    _mm512_i32gather_epi32 (slot, moves->value, 4));
}

/* 0, and nothing done, where a lane is not for here. */
static inline int
move (const numsys_lns_moves *moves, const float x[], const float steps[],
      float out[], numsys_counts *counts)
{
  const __m512i all = _mm512_loadu_si512 (x);
  const __m512i sign
    = _mm512_and_epi32 (all, _mm512_set1_epi32 ((int) NUMSYS_SIGN_BIT));
  const __m512i bits = _mm512_xor_epi32 (all, sign);
  const __m512 by = _mm512_loadu_ps (steps);
  const __m512i least = _mm512_set1_epi32 (moves->least);
  const __m512i most = _mm512_set1_epi32 (moves->most);
  __mmask16 bad, uneven, range;
  __m512i k, to, value;

  /* Not a normal number: below 2^-126, or beyond all finite ones. */
  bad = _mm512_cmpge_epu32_mask (
    _mm512_sub_epi32 (bits, _mm512_set1_epi32 (0x00800000)),
    _mm512_set1_epi32 (0x7f000000));
  bad |= _mm512_cmp_ps_mask (_mm512_abs_ps (by), _mm512_set1_ps (far),
                             _CMP_NLT_UQ);
  if (bad != 0)
    return 0;
  k = exponents (moves, bits);
  to = _mm512_add_epi32 (
    k, rounded (moves, _mm512_add_epi32 (k, _mm512_set1_epi32 (moves->parity)),
                by, &uneven));
  value = value_bits (
    moves, _mm512_min_epi32 (_mm512_max_epi32 (to, least), most), &range);
  if (range != 0 || (moves->whole_only && uneven != 0))
    return 0;
  counts->small += (unsigned) __builtin_popcount (
    _mm512_cmplt_epi32_mask (to, least));
  counts->over += (unsigned) __builtin_popcount (
    _mm512_cmpgt_epi32_mask (to, most));
  _mm512_storeu_si512 (out, _mm512_or_epi32 (value, sign));
  return 1;
}

size_t
numsys_avx512_lns_move (const numsys_lns_moves *moves, size_t n,
                        const float x[], const float steps[], float out[],
                        numsys_counts *counts)
{
  numsys_counts seen = { 0 };
  size_t i = 0;

  if (moves->gamma <= MOST_GAMMA)
    while (n - i >= LANES && move (moves, x + i, steps + i, out + i, &seen))
      i += LANES;
  counts->small += seen.small;
  counts->over += seen.over;
  return i + numsys_portable_lns_move (moves, n - i < LANES ? n - i : LANES,
                                       x + i, steps + i, out + i, counts);
}
