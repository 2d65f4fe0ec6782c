/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding steps to stored exponents with AVX-512.  What is not a value of the
   grid goes the portable way.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/lns_avx512.h"
#include "numsys/kernels/lns_fraction_avx512.h"
#include "numsys/kernels/moves.h"
#include "numsys/kernels/portable.h"

enum { LANES = 16, ALL = 0xFFFF };

/* Sixteen values on their way: octaves as bits of powers of two, slots. */
typedef struct lanes
{
  __m512i octave, slot;
  __m512 by;
  __m512i word;
  __mmask16 negative, bad;
} lanes;

/* What is odd where stored exponents are: parity has the 127 octaves in it that
   a float's exponent is higher. */
static inline __m512i
parities (const numsys_lns_moves *moves, const lanes *at)
{
  const __m512i octave = _mm512_and_epi32 (
    _mm512_srli_epi32 (at->octave, 23), _mm512_set1_epi32 (moves->gamma));
  const __m512i offset = _mm512_set1_epi32 (moves->parity + moves->gamma);

  return _mm512_add_epi32 (at->slot, _mm512_add_epi32 (octave, offset));
}

/* Steps made whole; adds bad lanes.  What is too far to be made whole is beyond
   all slots or, if not to nearest, bad already. */
static inline __attribute__ ((always_inline)) __m512i
whole_steps (const numsys_lns_moves *moves, int is_nearest, lanes *at)
{
  const __m512i k = parities (moves, at);

  if (is_nearest)
    return numsys_fraction_nearest_lanes (&moves->fraction, k, at->by);
  return numsys_fraction_chosen_lanes (&moves->fraction, k, at->by,
                                       at->negative, at->word, &at->bad);
}

/* Octaves and slots of magnitudes; adds bad lanes. */
static inline void
find (const numsys_lns_moves *moves, __m512i bits, lanes *at)
{
  const __m512i mantissa
    = _mm512_and_epi32 (bits, _mm512_set1_epi32 (NUMSYS_MANTISSA_BITS));
  const __m512 y = _mm512_mul_ps (
    numsys_log2_by (numsys_near_log2_terms, NUMSYS_NEAR_LOG2_DEGREE, mantissa),
    _mm512_set1_ps ((float) moves->gamma));

  at->octave = _mm512_xor_epi32 (bits, mantissa);
  at->slot = _mm512_cvtps_epi32 (y);
  at->bad |= _mm512_cmp_ps_mask (
    _mm512_abs_ps (_mm512_sub_ps (y, _mm512_cvtepi32_ps (at->slot))),
    _mm512_set1_ps (NUMSYS_MOST_REST), _CMP_NLE_UQ);
}

/* Bits of the values that are `added' away, were the range unbounded, also
   below 0; adds lanes that are more than an octave away to bad. */
static inline __m512i
move_by (const numsys_lns_moves *moves, __m512i added, lanes *at)
{
  const __m512i gamma = _mm512_set1_epi32 (moves->gamma);
  const __m512i octave = _mm512_set1_epi32 (NUMSYS_LEAST_NORMAL_BITS);
  __m512i slot = _mm512_add_epi32 (at->slot, added);
  const __mmask16 under
    = _mm512_cmplt_epi32_mask (slot, _mm512_setzero_si512 ());
  const __mmask16 above = _mm512_cmpge_epi32_mask (slot, gamma);
  __m512i base = _mm512_mask_sub_epi32 (at->octave, under, at->octave, octave);

  base = _mm512_mask_add_epi32 (base, above, base, octave);
  slot = _mm512_mask_add_epi32 (slot, under, slot, gamma);
  slot = _mm512_mask_sub_epi32 (slot, above, slot, gamma);
  at->bad |= _mm512_cmpge_epu32_mask (slot, gamma);
  slot = _mm512_maskz_mov_epi32 ((__mmask16) ~at->bad, slot);
  return _mm512_add_epi32 (
    base, _mm512_i32gather_epi32 (slot, moves->value, 4));
}

/* Moves up to 16 values; returns the lanes done, those before the first that is
   not for here. */
static inline __attribute__ ((always_inline)) __mmask16
move (const numsys_lns_moves *moves, int is_nearest, __mmask16 given,
      const float x[], const float steps[], const uint32_t words[],
      float out[], numsys_counts *counts)
{
  const __m512i all = _mm512_maskz_loadu_epi32 (given, x);
  const __m512i sign
    = _mm512_and_epi32 (all, _mm512_set1_epi32 ((int) NUMSYS_SIGN_BIT));
  const __m512i bits = _mm512_xor_epi32 (all, sign);
  const __m512i least = _mm512_set1_epi32 ((int) moves->smallest);
  const __m512i most = _mm512_set1_epi32 ((int) moves->largest);
  lanes at = {
    .by = _mm512_maskz_loadu_ps (given, steps),
    .word = words == NULL ? _mm512_setzero_si512 ()
                          : _mm512_maskz_loadu_epi32 (given, words),
    .negative = _mm512_movepi32_mask (all),
    /* Not a normal number: below 2^-126, or beyond all finite ones. */
    .bad = _mm512_cmpge_epu32_mask (
      _mm512_sub_epi32 (bits, _mm512_set1_epi32 (NUMSYS_LEAST_NORMAL_BITS)),
      _mm512_set1_epi32 (0x7f000000)),
  };
  __m512i to, value;

  if (!is_nearest)
    at.bad |= _mm512_cmp_ps_mask (_mm512_abs_ps (at.by),
                                  _mm512_set1_ps (NUMSYS_FAR_STEP),
                                  _CMP_NLT_UQ);
  find (moves, bits, &at);
  to = move_by (moves, whole_steps (moves, is_nearest, &at), &at);
  value = _mm512_min_epi32 (_mm512_max_epi32 (to, least), most);
  at.bad &= given;
  if (__builtin_expect (at.bad != 0, 0))
    given &= (__mmask16) ((1u << __builtin_ctz (at.bad)) - 1);
  if (__builtin_expect (_mm512_cmpneq_epi32_mask (to, value), 0))
    {
      counts->small += (unsigned) __builtin_popcount (
        _mm512_mask_cmplt_epi32_mask (given, to, least));
      counts->over += (unsigned) __builtin_popcount (
        _mm512_mask_cmpgt_epi32_mask (given, to, most));
    }
  _mm512_mask_storeu_epi32 (out, given, _mm512_or_epi32 (value, sign));
  return given;
}

static inline __attribute__ ((always_inline)) size_t
move_all (const numsys_lns_moves *moves, int is_nearest, size_t n,
          const float x[], const float steps[], const uint32_t words[],
          float out[], numsys_counts *counts)
{
  numsys_counts seen = { 0 };
  __mmask16 done = ALL;
  size_t i = 0;

  for (; n - i >= LANES; i += LANES)
    {
      done = move (moves, is_nearest, ALL, x + i, steps + i,
                   words == NULL ? NULL : words + i, out + i, &seen);
      if (__builtin_expect (done != ALL, 0))
        break;
    }
  if (done == ALL && i < n)
    done = move (moves, is_nearest, (__mmask16) ((1u << (n - i)) - 1), x + i,
                 steps + i, words == NULL ? NULL : words + i, out + i, &seen);
  if (i < n)
    i += (unsigned) __builtin_popcount (done);
  counts->small += seen.small;
  counts->over += seen.over;
  return i;
}

size_t
numsys_avx512_lns_move (const numsys_lns_moves *moves, size_t n,
                        const float x[], const float steps[],
                        const uint32_t words[], float out[],
                        numsys_counts *counts)
{
  size_t i;

  if (moves->gamma > NUMSYS_MOST_MOVED_GAMMA)
    return numsys_portable_lns_move (moves, n, x, steps, words, out, counts);
  i = moves->fraction.is_nearest
        ? move_all (moves, 1, n, x, steps, words, out, counts)
        : move_all (moves, 0, n, x, steps, words, out, counts);
  /* What stopped it may still be for plain C. */
  return i + numsys_portable_lns_move (
    moves, n - i < 1 ? n - i : 1, x + i, steps + i,
    words == NULL ? NULL : words + i, out + i, counts);
}
