/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any rounding to floating or fixed point on 8 lanes, to numbers or codes.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/codes_avx2.h"
#include "numsys/kernels/dyadic_avx2.h"

enum { LANES = NUMSYS_LANES };

/* What the loop is made for. */
typedef enum form
{
  TO_FLOAT, TO_SIGNED, TO_COMPLEMENT
} form;

/* Codes, or bits with signs. */
static inline __attribute__ ((always_inline)) __m256i
settle (const registers *constants, const lanes *at, __m256i result, form kind)
{
  __m256i step;

  if (kind == TO_FLOAT)
    return _mm256_or_si256 (
      result, _mm256_andnot_si256 (
                _mm256_and_si256 (at->is_nothing, constants->unsigned_zero),
                _mm256_and_si256 (at->given, constants->sign)));
  step = _mm256_sll_epi32 (_mm256_sub_epi32 (at->binade,
                                             constants->code_floor),
                           constants->binade);
  step = _mm256_andnot_si256 (at->is_nothing, _mm256_add_epi32 (at->m, step));
  if (kind == TO_COMPLEMENT)
    return _mm256_and_si256 (
      _mm256_sub_epi32 (_mm256_xor_si256 (step, at->negative), at->negative),
      constants->sign);
  return _mm256_or_si256 (step,
                          _mm256_and_si256 (at->negative, constants->sign));
}

/* What is over becomes, by sign, one of two; seldom met. */
static __attribute__ ((noinline)) __m256i
settle_over (const uint32_t beyond[2], size_t done, __m256i over,
             __m256i negative, __m256i result, numsys_counts *counts)
{
  counts->over += numsys_count_lanes (done, over);
  counts->under += numsys_count_lanes (done,
                                       _mm256_and_si256 (over, negative));
  return numsys_either (result,
                        numsys_either (numsys_each (beyond[0]),
                                       numsys_each (beyond[1]), negative),
                        over);
}

/* Rounds n <= LANES numbers; returns how many, those before a bad one. */
static inline __attribute__ ((always_inline)) size_t
work (const numsys_dyadic_rounding *plan, const registers *constants,
      form kind, int is_drawn, size_t n, const float x[],
      const uint32_t words[], size_t size, void *out, size_t i,
      numsys_counts *counts)
{
  lanes at;
  __m256i result, over, bad;
  size_t done = n;

  take_apart (constants, numsys_load_lanes (n, x), &at);
  result = round_lanes (plan, constants,
                        is_drawn ? numsys_load_lanes (n, words)
                                 : _mm256_setzero_si256 (), &at);
  over = _mm256_cmpgt_epi32 (
    result, by_sign (&at, constants->largest, constants->largest_differs));
  bad = _mm256_or_si256 (
    _mm256_cmpgt_epi32 (at.bits, constants->finite),
    _mm256_andnot_si256 (at.is_zero, _mm256_cmpgt_epi32 (
                                       constants->subnormals, at.bits)));
  result = settle (constants, &at, result, kind);
  if (__builtin_expect (numsys_lane_bits (_mm256_or_si256 (over, bad)) != 0,
                        0))
    {
      done = numsys_lanes_before (n, plan->wraps ? _mm256_or_si256 (over, bad)
                                                 : bad);
      result = settle_over (kind == TO_FLOAT ? plan->beyond
                                             : plan->beyond_code,
                            done, over, at.negative, result, counts);
    }
  counts->small += numsys_count_lanes (
    done, _mm256_andnot_si256 (at.is_zero, at.is_nothing));
  numsys_store_codes (out, size, i, done, result);
  return done;
}

static inline uint32_t
sign_of (const numsys_dyadic_rounding *plan, form kind)
{
  switch (kind)
    {
    case TO_SIGNED: return UINT32_C (1) << plan->width;
    case TO_COMPLEMENT: return UINT32_MAX >> (32 - plan->width);
    default: return NUMSYS_SIGN_BIT;
    }
}

static inline __attribute__ ((always_inline)) registers
registers_of (const numsys_dyadic_rounding *plan, form kind)
{
  const numsys_choice *choice = &plan->choice;
  const int drop = (int) plan->drop;

  return (registers) {
    .one = numsys_each_kept (1),
    .top = numsys_each_kept (NUMSYS_SIGN_BIT),
    .finite = numsys_each_kept (NUMSYS_INFINITY_BITS - 1),
    .floor = _mm256_set1_epi32 (plan->floor),
    .code_floor = _mm256_set1_epi32 (plan->code_floor),
    .drop = _mm256_set1_epi32 (drop),
    .left = _mm256_set1_epi32 (32 - drop),
    .exponent = _mm256_set1_epi32 (drop - 150),
    .low = _mm256_set1_epi32 (24 - drop),
    .subnormals = numsys_each (plan->code_floor < plan->floor
                                 ? NUMSYS_LEAST_NORMAL_BITS : 0),
    .mask = numsys_each (choice->mask),
    .base = numsys_each (choice->base[0] ^ NUMSYS_SIGN_BIT),
    .base_differs = numsys_each (choice->base[0] ^ choice->base[1]),
    .largest = numsys_each (plan->largest[0]),
    .largest_differs = numsys_each (plan->largest[0] ^ plan->largest[1]),
    .flips = numsys_each (choice->flips ? 1 : 0),
    .sign = numsys_each (sign_of (plan, kind)),
    .unsigned_zero = numsys_each (plan->has_signed_zero ? 0 : UINT32_MAX),
    .binade = _mm_cvtsi32_si128 (23 - drop),
  };
}

static inline __attribute__ ((always_inline)) size_t
work_all (const numsys_dyadic_rounding *plan, size_t n, const float x[],
          const uint32_t words[], size_t size, void *out,
          numsys_counts *counts, form kind, int is_drawn)
{
  const registers constants = registers_of (plan, kind);
  numsys_counts seen = { 0 };
  size_t i, done = LANES;

  for (i = 0; n - i >= LANES && done == LANES; i += done)
    done = work (plan, &constants, kind, is_drawn, LANES, x + i,
                 is_drawn ? words + i : NULL, size, out, i, &seen);
  if (done == LANES && i < n)
    i += work (plan, &constants, kind, is_drawn, n - i, x + i,
               is_drawn ? words + i : NULL, size, out, i, &seen);
  counts->small += seen.small;
  counts->over += seen.over;
  counts->under += seen.under;
  return i;
}

static inline __attribute__ ((always_inline)) size_t
choose (const numsys_dyadic_rounding *plan, size_t n, const float x[],
        const uint32_t words[], size_t size, void *out,
        numsys_counts *counts, form kind)
{
  if (plan->choice.mask == 0)
    return work_all (plan, n, x, words, size, out, counts, kind, 0);
  return work_all (plan, n, x, words, size, out, counts, kind, 1);
}

size_t
numsys_avx2_dyadic_round (const numsys_dyadic_rounding *plan, size_t n,
                          const float x[], const uint32_t words[],
                          float out[], numsys_counts *counts)
{
  return choose (plan, n, x, words, sizeof *out, out, counts, TO_FLOAT);
}

size_t
numsys_avx2_dyadic_encode (const numsys_dyadic_rounding *plan, size_t n,
                           const float x[], const uint32_t words[],
                           size_t size, void *codes, numsys_counts *counts)
{
  if (plan->is_complement)
    return choose (plan, n, x, words, size, codes, counts, TO_COMPLEMENT);
  return choose (plan, n, x, words, size, codes, counts, TO_SIGNED);
}
