/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding steps to stored exponents with AVX2.  What is not a value of the grid
   goes the portable way.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/lns_avx2.h"
#include "numsys/kernels/lns_fraction_avx2.h"
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

/* What is odd where stored exponents are: parity has the 127 octaves in it that
   a float's exponent is higher. */
static inline __m256i
parities (const numsys_lns_moves *moves, const lanes *at)
{
  const __m256i octave = _mm256_and_si256 (
    _mm256_srli_epi32 (at->octave, 23), _mm256_set1_epi32 (moves->gamma));
  const __m256i offset = _mm256_set1_epi32 (moves->parity + moves->gamma);

  return _mm256_add_epi32 (at->slot, _mm256_add_epi32 (octave, offset));
}

/* Steps made whole; adds bad lanes.  What is too far to be made whole is beyond
   all slots or, if not to nearest, bad already. */
static inline __attribute__ ((always_inline)) __m256i
whole_steps (const numsys_lns_moves *moves, int is_nearest, lanes *at)
{
  const __m256i k = parities (moves, at);

  if (is_nearest)
    return numsys_fraction_nearest_lanes (&moves->fraction, k, at->by);
  return numsys_fraction_chosen_lanes (&moves->fraction, k, at->by,
                                       at->negative, at->word, &at->bad);
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
    at->bad, numsys_mask_lanes (_mm256_cmp_ps (numsys_size_lanes (rest),
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
    at.bad = _mm256_or_si256 (at.bad, numsys_far_lanes (at.by));
  find (moves, bits, &at);
  to = move_by (moves, whole_steps (moves, is_nearest, &at), &at);
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
