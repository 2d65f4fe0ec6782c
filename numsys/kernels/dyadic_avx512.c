/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any rounding to floating or fixed point on 16 lanes, as plain C does it.
   Shifts by 32 or more, and by what is negative, give 0.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/codes_avx512.h"
#include "numsys/kernels/lines_avx512.h"

enum { LANES = 16, ALL = 0xFFFF };

/* What a loop keeps in registers. */
typedef struct registers
{
  __m512i floor, code_floor, drop, mask, base[2], flips, half, largest[2];
  __m512i subnormals;   /* not for here: bits less 1 below this */
  __mmask16 wraps;      /* all lanes or none */
} registers;

/* What the loop is made for. */
typedef enum form
{
  TO_FLOAT, TO_SIGNED, TO_COMPLEMENT
} form;

/* Sixteen numbers on their way: m spacings of 2^(scale - 150). */
typedef struct lanes
{
  __m512i bits;         /* of magnitudes given */
  __mmask16 negative;
  __m512i m, scale;
  __m512i result;       /* bits of magnitudes */
  __mmask16 over, bad;
} lanes;

static inline __m512i
one (void)
{
  return _mm512_set1_epi32 (1);
}

static inline __m512i
place_of (const registers *constants, __m512i c, __m512i drop)
{
  const __m512i all = _mm512_set1_epi32 (32);
  const __m512i deep = _mm512_sub_epi32 (drop, all);
  const __mmask16 is_deep = _mm512_cmpgt_epi32_mask (drop, all);
  const __m512i place = _mm512_sllv_epi32 (c, _mm512_sub_epi32 (all, drop));
  const __m512i rest = _mm512_sllv_epi32 (c, _mm512_sub_epi32 (all, deep));

  if (__builtin_expect (is_deep == 0, 1))
    return place;
  return _mm512_mask_add_epi32 (
    _mm512_mask_srlv_epi32 (place, is_deep, c, deep),
    is_deep & (_mm512_cmpgt_epu32_mask (rest, constants->half)
               | (_mm512_cmpge_epi32_mask (deep, all)
                  & _mm512_test_epi32_mask (c, c)
                  & _mm512_testn_epi32_mask (constants->half,
                                             constants->half))),
    _mm512_srlv_epi32 (c, deep), one ());
}

static inline __attribute__ ((always_inline)) void
round_lanes (const registers *constants, __m512i x, __m512i word, lanes *at)
{
  const __m512i mantissa = _mm512_set1_epi32 (NUMSYS_MANTISSA_BITS);
  __m512i e, c, drop, threshold;
  __mmask16 above;

  at->bits = _mm512_and_si512 (x, _mm512_set1_epi32 (0x7fffffff));
  at->negative = _mm512_movepi32_mask (x);
  e = _mm512_srli_epi32 (at->bits, 23);
  c = _mm512_mask_or_epi32 (_mm512_and_si512 (at->bits, mantissa),
                            _mm512_test_epi32_mask (e, e),
                            _mm512_and_si512 (at->bits, mantissa),
                            _mm512_set1_epi32 (NUMSYS_LEAST_NORMAL_BITS));
  e = _mm512_max_epi32 (e, one ());
  at->scale = _mm512_add_epi32 (_mm512_max_epi32 (e, constants->floor),
                                constants->drop);
  drop = _mm512_sub_epi32 (at->scale, e);
  at->m = _mm512_srlv_epi32 (c, drop);
  threshold = _mm512_add_epi32 (
    _mm512_and_si512 (word, constants->mask),
    _mm512_mask_mov_epi32 (constants->base[0], at->negative,
                           constants->base[1]));
  threshold = _mm512_mask_xor_epi32 (
    threshold, _mm512_test_epi32_mask (at->m, one ()), threshold,
    constants->flips);
  above = _mm512_cmplt_epu32_mask (threshold, place_of (constants, c, drop));
  at->m = _mm512_mask_add_epi32 (at->m, above, at->m, one ());
  at->result = _mm512_castps_si512 (_mm512_scalef_ps (
    _mm512_cvtepi32_ps (at->m),
    _mm512_cvtepi32_ps (_mm512_sub_epi32 (at->scale,
                                          _mm512_set1_epi32 (150)))));
  at->bad = _mm512_cmpge_epu32_mask (
    at->bits, _mm512_set1_epi32 (NUMSYS_INFINITY_BITS));
  at->bad |= _mm512_cmplt_epu32_mask (_mm512_sub_epi32 (at->bits, one ()),
                                      constants->subnormals);
  at->over = _mm512_cmpgt_epu32_mask (
    at->result, _mm512_mask_mov_epi32 (constants->largest[0], at->negative,
                                       constants->largest[1]));
  at->bad |= at->over & constants->wraps;
}

/* Codes of rounded magnitudes that are not over. */
static inline __m512i
code_of (const numsys_dyadic_rounding *plan, const registers *constants,
         const lanes *at, form kind)
{
  const __m512i binade = _mm512_sub_epi32 (
    _mm512_sub_epi32 (at->scale, constants->drop), constants->code_floor);
  const __m512i step = _mm512_maskz_add_epi32 (
    _mm512_test_epi32_mask (at->m, at->m), at->m,
    _mm512_sll_epi32 (binade, _mm_cvtsi32_si128 (23 - (int) plan->drop)));

  if (kind == TO_COMPLEMENT)
    return _mm512_and_si512 (
      _mm512_mask_sub_epi32 (step, at->negative, _mm512_setzero_si512 (),
                             step),
      _mm512_set1_epi32 ((int) (UINT32_MAX >> (32 - plan->width))));
  return _mm512_mask_or_epi32 (step, at->negative, step,
                               _mm512_set1_epi32 (
                                 (int) (UINT32_C (1) << plan->width)));
}

/* What is over becomes, by sign, one of two; seldom met. */
static inline __m512i
beyond (const lanes *at, const uint32_t what[2], __m512i result)
{
  result = _mm512_mask_mov_epi32 (result, at->over,
                                  _mm512_set1_epi32 ((int) what[0]));
  return _mm512_mask_mov_epi32 (result, at->over & at->negative,
                                _mm512_set1_epi32 ((int) what[1]));
}

/* Rounds up to 16 numbers; returns the lanes done, those before a bad one. */
static inline __attribute__ ((always_inline)) __mmask16
work (const numsys_dyadic_rounding *plan, const registers *constants,
      form kind, int is_drawn, __mmask16 given, const void *x,
      const uint32_t *words, size_t size, void *out, size_t i,
      numsys_counts *counts)
{
  const __m512i in = _mm512_maskz_loadu_epi32 (given, x);
  __mmask16 small, done = given;
  lanes at;
  __m512i result;

  round_lanes (constants, in,
               is_drawn ? _mm512_maskz_loadu_epi32 (given, words)
                        : _mm512_setzero_si512 (), &at);
  if (__builtin_expect ((at.bad & given) != 0, 0))
    done &= (__mmask16) ((1u << __builtin_ctz (at.bad & given)) - 1);
  small = _mm512_mask_testn_epi32_mask (
    _mm512_mask_test_epi32_mask (done, at.bits, at.bits), at.result,
    at.result);
  counts->small += (unsigned) __builtin_popcount (small);
  if (kind != TO_FLOAT)
    result = code_of (plan, constants, &at, kind);
  else
    /* result | (in & sign bit) */
    result = _mm512_mask_ternarylogic_epi32 (
      at.result,
      plan->has_signed_zero
        ? 0xFFFF : _mm512_test_epi32_mask (at.result, at.result),
      in, _mm512_set1_epi32 ((int) NUMSYS_SIGN_BIT), 0xf8);
  if (__builtin_expect ((at.over & done) != 0, 0))
    {
      result = beyond (&at, kind == TO_FLOAT ? plan->beyond
                                             : plan->beyond_code, result);
      counts->over += (unsigned) __builtin_popcount (at.over & done);
      counts->under += (unsigned) __builtin_popcount (at.over & done
                                                      & at.negative);
    }
  numsys_store_lanes (out, size, i, done, result);
  return done;
}

static inline __attribute__ ((always_inline)) size_t
work_all (const numsys_dyadic_rounding *plan, size_t n, const float x[],
          const uint32_t words[], size_t size, void *out,
          numsys_counts *counts, form kind, int is_drawn)
{
  const numsys_choice *choice = &plan->choice;
  const registers constants = {
    .floor = _mm512_set1_epi32 (plan->floor),
    .code_floor = _mm512_set1_epi32 (plan->code_floor),
    .subnormals = _mm512_set1_epi32 (plan->code_floor < plan->floor
                                       ? (int) NUMSYS_LEAST_NORMAL_BITS - 1
                                       : 0),
    .drop = _mm512_set1_epi32 ((int) plan->drop),
    .mask = _mm512_set1_epi32 ((int) choice->mask),
    .base = { _mm512_set1_epi32 ((int) choice->base[0]),
              _mm512_set1_epi32 ((int) choice->base[1]) },
    .flips = _mm512_set1_epi32 (choice->flips ? -1 : 0),
    .half = _mm512_set1_epi32 (choice->mask == UINT32_MAX
                                 ? (int) NUMSYS_SIGN_BIT : 0),
    .largest = { _mm512_set1_epi32 ((int) plan->largest[0]),
                 _mm512_set1_epi32 ((int) plan->largest[1]) },
    .wraps = plan->wraps ? ALL : 0,
  };
  numsys_counts seen = { 0 };
  __mmask16 done = ALL;
  size_t i = 0;

  for (; n - i >= LANES; i += LANES)
    {
      done = work (plan, &constants, kind, is_drawn, ALL, x + i,
                   is_drawn ? words + i : NULL, size, out, i, &seen);
      if (__builtin_expect (done != ALL, 0))
        break;
    }
  if (done == ALL && i < n)
    done = work (plan, &constants, kind, is_drawn,
                 (__mmask16) ((1u << (n - i)) - 1), x + i,
                 is_drawn ? words + i : NULL, size, out, i, &seen);
  if (i < n)
    i += (unsigned) __builtin_popcount (done);
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
numsys_avx512_dyadic_round (const numsys_dyadic_rounding *plan, size_t n,
                            const float x[], const uint32_t words[],
                            float out[], numsys_counts *counts)
{
  return choose (plan, n, x, words, sizeof *out, out, counts, TO_FLOAT);
}

size_t
numsys_avx512_dyadic_encode (const numsys_dyadic_rounding *plan, size_t n,
                             const float x[], const uint32_t words[],
                             size_t size, void *codes, numsys_counts *counts)
{
  const form kind = plan->is_complement ? TO_COMPLEMENT : TO_SIGNED;
  size_t done = 0, some, end;

  if (!numsys_avx512_dyadic_has_lines (plan, size))
    return choose (plan, n, x, words, size, codes, counts, kind);
  /* A line by the other way where lines stop. */
  do
    {
      done += numsys_avx512_dyadic_lines (plan, n - done, x + done, size,
                                          (char *) codes + done * size,
                                          counts);
      some = n - done < NUMSYS_LINE ? n - done : NUMSYS_LINE;
      end = done + some;
      done += choose (plan, some, x + done, NULL, size,
                      (char *) codes + done * size, counts, kind);
    }
  while (done == end && done < n);
  return done;
}
