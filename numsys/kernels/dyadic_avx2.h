/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Magnitudes on 8 lanes cut to spacings and rounded by a choice, as plain C
   does it.  Shifts by 32 or more, and by what is negative, give 0.  Unsigned
   numbers are compared with the highest bit turned.  */

#ifndef NUMSYS_KERNELS_DYADIC_AVX2_H
#define NUMSYS_KERNELS_DYADIC_AVX2_H

#include "numsys/kernels/bits.h"
#include "numsys/kernels/kernels.h"
#include "numsys/kernels/lanes_avx2.h"

/* Nothing to a file that is not built for it. */
#ifdef __AVX2__

/* What a loop keeps in registers, or near. */
typedef struct registers
{
  __m256i one, top, finite;     /* 1, the highest bit, most bits of numbers */
  __m256i floor, code_floor, drop, left;        /* left: 32 less drop */
  __m256i exponent;     /* of a spacing less that of the binade */
  __m256i low;          /* binades below: spacings may be subnormal */
  __m256i subnormals;   /* not for here: bits below this but 0 */
  __m256i mask;
  __m256i base;         /* with the highest bit turned */
  __m256i largest;
  __m256i base_differs, largest_differs;        /* bits, of negative ones */
  __m256i flips;        /* 1 or 0 */
  __m256i sign;         /* of codes: a bit, or what cuts off complements */
  __m256i unsigned_zero;        /* all bits or none */
  __m128i binade;       /* a binade's steps, as a shift */
} registers;

/* Eight numbers on their way: m spacings of 2^(binade + drop - 150).  Masks
   have all bits of a lane or none. */
typedef struct lanes
{
  __m256i given, bits;  /* bits: of magnitudes */
  __m256i negative, is_zero;
  __m256i e, c, binade, m;
  __m256i is_nothing;   /* m is 0 */
} lanes;

static inline __m256i
exceeds (__m256i x, __m256i y)
{
  const __m256i top = numsys_each (NUMSYS_SIGN_BIT);

  return _mm256_cmpgt_epi32 (_mm256_xor_si256 (x, top),
                             _mm256_xor_si256 (y, top));
}

/* Places of numbers of which more than 32 bits may be dropped; seldom met. */
static __attribute__ ((noinline)) __m256i
deep_place (const numsys_choice *choice, __m256i c, __m256i drop)
{
  const __m256i all = numsys_each (32);
  const __m256i half
    = numsys_each (choice->mask == UINT32_MAX ? NUMSYS_SIGN_BIT : 0);
  const __m256i zero = _mm256_setzero_si256 ();
  const __m256i deep = _mm256_sub_epi32 (drop, all);
  const __m256i rest = _mm256_sllv_epi32 (c, _mm256_sub_epi32 (all, deep));
  const __m256i is_whole = _mm256_andnot_si256 (_mm256_cmpeq_epi32 (c, zero),
                                                _mm256_cmpeq_epi32 (half,
                                                                    zero));
  const __m256i has_more = _mm256_or_si256 (
    exceeds (rest, half),
    _mm256_andnot_si256 (_mm256_cmpgt_epi32 (all, deep), is_whole));

  return numsys_either (
    _mm256_sllv_epi32 (c, _mm256_sub_epi32 (all, drop)),
    _mm256_sub_epi32 (_mm256_srlv_epi32 (c, deep), has_more),
    _mm256_cmpgt_epi32 (drop, all));
}

/* Bits of m 2^(scale - 150), where powers may be subnormal; seldom met. */
static __attribute__ ((noinline)) __m256i
low_product (__m256i m, __m256i scale)
{
  const __m256i exponent = _mm256_sub_epi32 (scale, numsys_each (23));
  const __m256i zero = _mm256_setzero_si256 ();
  const __m256i power = _mm256_or_si256 (
    _mm256_slli_epi32 (_mm256_max_epi32 (exponent, zero), 23),
    _mm256_srlv_epi32 (numsys_each (NUMSYS_LEAST_NORMAL_BITS >> 1),
                       _mm256_sub_epi32 (zero, exponent)));

  return _mm256_castps_si256 (_mm256_mul_ps (_mm256_cvtepi32_ps (m),
                                             _mm256_castsi256_ps (power)));
}

static inline __m256i
by_sign (const lanes *at, __m256i positive, __m256i differs)
{
  return _mm256_xor_si256 (positive,
                           _mm256_and_si256 (at->negative, differs));
}

static inline __attribute__ ((always_inline)) void
take_apart (const registers *constants, __m256i given, lanes *at)
{
  at->given = given;
  at->bits = _mm256_andnot_si256 (constants->top, given);
  at->negative = _mm256_srai_epi32 (given, 31);
  at->is_zero = _mm256_cmpeq_epi32 (at->bits, _mm256_setzero_si256 ());
  at->e = _mm256_max_epi32 (_mm256_srli_epi32 (at->bits, 23), constants->one);
  at->c = _mm256_sub_epi32 (
    at->bits,
    _mm256_slli_epi32 (_mm256_sub_epi32 (at->e, constants->one), 23));
  at->binade = _mm256_max_epi32 (at->e, constants->floor);
}

/* Adds 1 to m where the place decides so. */
static inline __attribute__ ((always_inline)) void
decide (const registers *constants, __m256i place, __m256i word, lanes *at)
{
  const __m256i is_odd = _mm256_and_si256 (at->m, constants->flips);
  const __m256i base
    = by_sign (at, constants->base, constants->base_differs);
  const __m256i threshold = _mm256_xor_si256 (
    _mm256_add_epi32 (_mm256_and_si256 (word, constants->mask), base),
    _mm256_sub_epi32 (_mm256_setzero_si256 (), is_odd));
  const __m256i away = _mm256_cmpgt_epi32 (
    _mm256_xor_si256 (place, constants->top), threshold);

  at->m = _mm256_sub_epi32 (at->m, away);
  at->is_nothing = _mm256_cmpeq_epi32 (at->m, _mm256_setzero_si256 ());
}

/* Bits of the rounded magnitudes. */
static inline __attribute__ ((always_inline)) __m256i
round_lanes (const numsys_dyadic_rounding *plan, const registers *constants,
             __m256i word, lanes *at)
{
  const __m256i under = _mm256_sub_epi32 (at->binade, at->e);
  const __m256i drop = _mm256_add_epi32 (constants->drop, under);
  const __m256i shift = _mm256_sub_epi32 (constants->left, under);
  const unsigned rare = numsys_lane_bits (_mm256_andnot_si256 (
    at->is_zero,
    _mm256_or_si256 (shift, _mm256_cmpgt_epi32 (constants->low,
                                                at->binade))));
  __m256i place = _mm256_sllv_epi32 (at->c, shift);

  if (__builtin_expect (rare != 0, 0))
    place = deep_place (&plan->choice, at->c, drop);
  at->m = _mm256_srlv_epi32 (at->c, drop);
  decide (constants, place, word, at);
  if (__builtin_expect (rare != 0, 0))
    return low_product (at->m, _mm256_add_epi32 (at->binade,
                                                 constants->drop));
  return _mm256_andnot_si256 (
    at->is_nothing,
    _mm256_add_epi32 (
      _mm256_castps_si256 (_mm256_cvtepi32_ps (at->m)),
      _mm256_slli_epi32 (_mm256_add_epi32 (at->binade, constants->exponent),
                         23)));
}

#endif
#endif
