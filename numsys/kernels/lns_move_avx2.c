/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding steps to stored exponents with AVX2.  What is not a value of the grid
   goes the portable way.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/lns_avx2.h"
#include "numsys/kernels/moves.h"
#include "numsys/kernels/portable.h"

enum { LANES = NUMSYS_LANES };

/* Eight values on their way: octaves as bits of powers of two, slots.  Masks
   have all bits of a lane or none. */
typedef struct lanes
{
  __m256i octave, slot;
  __m256 by;
  __m256i word, negative, bad;
} lanes;

static inline __m256
size_of (__m256 x)
{
  return _mm256_andnot_ps (_mm256_set1_ps (-0.0f), x);
}

static inline __m256i
mask (__m256 x)
{
  return _mm256_castps_si256 (x);
}

/* Lanes where gamma octaves + slot + added + parity is odd: parity has the 127
   octaves in it that a float's exponent is higher. */
static inline __m256i
is_odd (const numsys_lns_moves *moves, const lanes *at, __m256i added)
{
  const __m256i octave = _mm256_and_si256 (
    _mm256_srli_epi32 (at->octave, 23), _mm256_set1_epi32 (moves->gamma));
  const __m256i offset = _mm256_set1_epi32 (moves->parity + moves->gamma);
  const __m256i k = _mm256_add_epi32 (_mm256_add_epi32 (at->slot, added),
                                      _mm256_add_epi32 (octave, offset));

  return _mm256_srai_epi32 (_mm256_slli_epi32 (k, 31), 31);
}

/* What to add to ties, rounded to even, for what they are added to: odd. */
static inline __m256i
tied (const numsys_lns_moves *moves, __m256i odd, __m256 rest)
{
  const __m256i above
    = mask (_mm256_cmp_ps (rest, _mm256_set1_ps (0.5f), _CMP_EQ_OQ));
  const __m256i below
    = mask (_mm256_cmp_ps (rest, _mm256_set1_ps (-0.5f), _CMP_EQ_OQ));

  if (moves->fraction.ties_away)
    return _mm256_sub_epi32 (_mm256_setzero_si256 (), above);
  return _mm256_and_si256 (odd, _mm256_sub_epi32 (below, above));
}

/* by rounded to integers, ties by what they are added to.  Where by is none
   that the shifter rounds, what comes out is far beyond all slots, and so is
   bad too. */
static inline __m256i
rounded (const numsys_lns_moves *moves, const lanes *at)
{
  const __m256 shift = _mm256_set1_ps (NUMSYS_SHIFTER);
  const __m256 sum = _mm256_add_ps (at->by, shift);
  const __m256 rest = _mm256_sub_ps (at->by, _mm256_sub_ps (sum, shift));
  const __m256i whole = _mm256_sub_epi32 (_mm256_castps_si256 (sum),
                                          _mm256_castps_si256 (shift));
  const __m256i ties = mask (_mm256_cmp_ps (size_of (rest),
                                            _mm256_set1_ps (0.5f),
                                            _CMP_EQ_OQ));

  if (__builtin_expect (numsys_lane_bits (ties) != 0, 0))
    return _mm256_add_epi32 (whole,
                             tied (moves, is_odd (moves, at, whole), rest));
  return whole;
}

/* The place of a fraction between values. */
static inline __m256
grown (const numsys_lns_moves *moves, __m256 fraction)
{
  __m256 sum = _mm256_setzero_ps ();

#pragma GCC unroll 6
  for (int i = NUMSYS_GROWTH_TERMS - 1; i >= 0; i--)
    sum = _mm256_mul_ps (
      _mm256_add_ps (sum, _mm256_set1_ps ((float) moves->fraction.growth[i])),
      fraction);
  return sum;
}

/* What the choice compares a place with. */
static inline __m256i
threshold (const numsys_lns_moves *moves, const lanes *at, __m256i below)
{
  const numsys_choice *choice = &moves->fraction.choice;
  const __m256i t = _mm256_add_epi32 (
    _mm256_and_si256 (at->word, numsys_each (choice->mask)),
    numsys_either (numsys_each (choice->base[0]),
                   numsys_each (choice->base[1]), at->negative));

  if (!choice->flips)
    return t;
  return _mm256_xor_si256 (t, is_odd (moves, at, below));
}

/* Floors of by, or one more, as the choice says; adds bad lanes. */
static inline __m256i
chosen (const numsys_lns_moves *moves, lanes *at)
{
  const __m256 none = _mm256_setzero_ps ();
  const __m256 whole = _mm256_floor_ps (at->by);
  const __m256 fraction = _mm256_sub_ps (at->by, whole);
  const __m256i below = _mm256_cvtps_epi32 (whole);
  const __m256i is_between = mask (_mm256_cmp_ps (at->by, whole,
                                                  _CMP_NEQ_UQ));
  const __m256i t = threshold (moves, at, below);
  __m256 draw, gap;
  __m256i away;

  if (moves->fraction.choice.mask == 0 && !moves->fraction.is_linear)
    away = _mm256_cmpeq_epi32 (t, mask (none));
  else
    {
      draw = _mm256_mul_ps (_mm256_cvtepi32_ps (_mm256_srli_epi32 (t, 1)),
                            _mm256_set1_ps (0x1p-31f));
      gap = _mm256_sub_ps (moves->fraction.is_linear ? grown (moves, fraction)
                                            : fraction, draw);
      away = mask (_mm256_cmp_ps (gap, none, _CMP_GT_OQ));
      at->bad = _mm256_or_si256 (
        at->bad,
        _mm256_and_si256 (
          is_between,
          mask (_mm256_cmp_ps (size_of (gap),
                               _mm256_set1_ps (NUMSYS_UNSURE_PLACE),
                               _CMP_LE_OQ))));
    }
  return _mm256_sub_epi32 (below, _mm256_and_si256 (is_between, away));
}

/* Octaves and slots of magnitudes; adds bad lanes. */
static inline void
find (const numsys_lns_moves *moves, __m256i bits, lanes *at)
{
  const __m256i mantissa
    = _mm256_and_si256 (bits, numsys_each (NUMSYS_MANTISSA_BITS));
  const __m256 y = _mm256_mul_ps (
    numsys_log2_by (numsys_near_log2_terms, NUMSYS_NEAR_LOG2_DEGREE, mantissa),
    _mm256_set1_ps ((float) moves->gamma));
  const __m256 rest
    = _mm256_sub_ps (y, _mm256_round_ps (y, _MM_FROUND_TO_NEAREST_INT
                                              | _MM_FROUND_NO_EXC));

  at->octave = _mm256_xor_si256 (bits, mantissa);
  at->slot = _mm256_cvtps_epi32 (y);
  at->bad = _mm256_or_si256 (
    at->bad, mask (_mm256_cmp_ps (size_of (rest),
                                  _mm256_set1_ps (NUMSYS_MOST_REST),
                                  _CMP_NLE_UQ)));
}

/* Bits of the values that are `added' away, were the range unbounded, also
   below 0; adds lanes that are more than an octave away to bad. */
static inline __m256i
move_by (const numsys_lns_moves *moves, __m256i added, lanes *at)
{
  const __m256i gamma = _mm256_set1_epi32 (moves->gamma);
  const __m256i last = _mm256_set1_epi32 (moves->gamma - 1);
  const __m256i octave = numsys_each (NUMSYS_LEAST_NORMAL_BITS);
  const __m256i none = _mm256_setzero_si256 ();
  __m256i slot = _mm256_add_epi32 (at->slot, added);
  const __m256i under = _mm256_cmpgt_epi32 (none, slot);
  const __m256i above = _mm256_cmpgt_epi32 (slot, last);
  const __m256i base = _mm256_add_epi32 (
    _mm256_sub_epi32 (at->octave, _mm256_and_si256 (under, octave)),
    _mm256_and_si256 (above, octave));

  slot = _mm256_sub_epi32 (
    _mm256_add_epi32 (slot, _mm256_and_si256 (under, gamma)),
    _mm256_and_si256 (above, gamma));
  at->bad = _mm256_or_si256 (
    at->bad, _mm256_or_si256 (_mm256_cmpgt_epi32 (none, slot),
                              _mm256_cmpgt_epi32 (slot, last)));
  slot = _mm256_andnot_si256 (at->bad, slot);
  return _mm256_add_epi32 (base, numsys_gather (moves->value, slot));
}

/* Moves n <= LANES values; returns how many, those before the first that is
   not for here. */
static inline __attribute__ ((always_inline)) size_t
move (const numsys_lns_moves *moves, int is_nearest, size_t n,
      const float x[], const float steps[], const uint32_t words[],
      float out[], numsys_counts *counts)
{
  const __m256i given = numsys_load_lanes (n, x);
  const __m256i sign = _mm256_and_si256 (given, numsys_each (NUMSYS_SIGN_BIT));
  const __m256i bits = _mm256_xor_si256 (given, sign);
  const __m256i least = numsys_each (moves->smallest);
  const __m256i most = numsys_each (moves->largest);
  lanes at = {
    .by = _mm256_castsi256_ps (numsys_load_lanes (n, steps)),
    .word = words == NULL ? _mm256_setzero_si256 ()
                          : numsys_load_lanes (n, words),
    .negative = given,
    /* Not a normal number: below 2^-126, or beyond all finite ones. */
    .bad = _mm256_or_si256 (
      _mm256_cmpgt_epi32 (numsys_each (NUMSYS_LEAST_NORMAL_BITS), bits),
      _mm256_cmpgt_epi32 (bits, numsys_each (NUMSYS_INFINITY_BITS - 1))),
  };
  __m256i to, value;
  size_t done;

  if (!is_nearest)
    at.bad = _mm256_or_si256 (
      at.bad, mask (_mm256_cmp_ps (size_of (at.by),
                                   _mm256_set1_ps (NUMSYS_FAR_STEP),
                                   _CMP_NLT_UQ)));
  find (moves, bits, &at);
  to = move_by (moves, is_nearest ? rounded (moves, &at)
                                  : chosen (moves, &at), &at);
  value = _mm256_min_epi32 (_mm256_max_epi32 (to, least), most);
  done = numsys_lanes_before (n, at.bad);
  if (__builtin_expect (
        numsys_lane_bits (_mm256_cmpeq_epi32 (to, value)) != 0xff, 0))
    {
      counts->small += numsys_count_lanes (done,
                                           _mm256_cmpgt_epi32 (least, to));
      counts->over += numsys_count_lanes (done, _mm256_cmpgt_epi32 (to, most));
    }
  numsys_store_lanes (done, out, _mm256_or_si256 (value, sign));
  return done;
}

static inline __attribute__ ((always_inline)) size_t
move_all (const numsys_lns_moves *moves, int is_nearest, size_t n,
          const float x[], const float steps[], const uint32_t words[],
          float out[], numsys_counts *counts)
{
  numsys_counts seen = { 0 };
  size_t i, done = LANES;

  for (i = 0; n - i >= LANES && done == LANES; i += done)
    done = move (moves, is_nearest, LANES, x + i, steps + i,
                 words == NULL ? NULL : words + i, out + i, &seen);
  if (done == LANES && i < n)
    i += move (moves, is_nearest, n - i, x + i, steps + i,
               words == NULL ? NULL : words + i, out + i, &seen);
  counts->small += seen.small;
  counts->over += seen.over;
  return i;
}

size_t
numsys_avx2_lns_move (const numsys_lns_moves *moves, size_t n,
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
