/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slots of mantissas on 8 lanes, for rounding to an LNS: the slot below (or
   nearest) is counted from packed tables, or guessed from the logarithm and
   mended by the table.  Only the first way suits nearest-linear.  */

#ifndef NUMSYS_KERNELS_LNS_SLOTS_AVX2_H
#define NUMSYS_KERNELS_LNS_SLOTS_AVX2_H

#include "numsys/kernels/kernels.h"
#include "numsys/kernels/lns_avx2.h"

/* Nothing to a file that is not built for it. */
#ifdef __AVX2__

/* Larger tables are looked up faster in memory. */
enum { MOST_VECTORS = 4 };

/* Instead of a number of vectors. */
enum { LOGARITHMS = 0, GATHERED = 1 };

/* What the loop is made for; vectors of tables in registers. */
typedef struct loop_form
{
  size_t vectors;
  int to_codes;
  /* ONE_WAY: by sign alone; BY_PARITY: nothing drawn, but by the step. */
  enum { NEAREST, ONE_WAY, BY_PARITY, DRAWN, DRAWN_LOG } kind;
} loop_form;

/* What a loop keeps in registers, or near. */
typedef struct registers
{
  __m256i packed[MOST_VECTORS], value[MOST_VECTORS];
  __m256i top, finite, mantissa;        /* the highest bit, most bits of
                                           numbers, bits of mantissas */
  __m128i shift;
  __m256 gamma, shove, unsure;
  __m256i step, first;          /* gamma, and the k of octaves' first bits */
  __m256i parity, mask, base, base_differs, flips, half_gap;
  __m256i least, most;          /* k, or bits of values */
  __m256i offset, sign, zero;   /* sign: a bit; zero: what becomes of it */
  __m256i has_zero, flushes;    /* all bits or none */
} registers;

/* Eight numbers on their way.  Masks have all bits of a lane or none.  A number
   that goes one way away from zero has the slot of the float below it, and so
   the next in any case: values are not told from others. */
typedef struct lanes
{
  __m256i bits;                     /* of magnitudes */
  __m256i mantissa, octave;         /* octave as bits */
  __m256i negative;
  __m256i rises;                    /* one way, away from zero */
  __m256i slot;
  __m256 logarithm;                 /* times gamma */
  __m256i low, high;                /* mantissas of the slot and the next; or
                                       low that of what is rounded to */
} lanes;

/* The slot, or the next where all go there. */
static inline __attribute__ ((always_inline)) __m256i
reached (loop_form form, const lanes *at)
{
  return form.kind == ONE_WAY ? _mm256_sub_epi32 (at->slot, at->rises)
                              : at->slot;
}

static inline __m256
logarithm (const registers *constants, __m256i mantissa)
{
  return _mm256_mul_ps (
    numsys_log2_by (numsys_log2_terms, NUMSYS_LOG2_DEGREE, mantissa),
    constants->gamma);
}

/* Slots, those one lower that are one too high, of some that may be:
   threshold[at] is what such a mantissa is below; seldom met. */
static __attribute__ ((noinline)) __m256i
mend (const void *threshold, __m256i at, __m256i may, __m256i mantissa,
      __m256i slot)
{
  const __m256i above = _mm256_mask_i32gather_epi32 (
    _mm256_setzero_si256 (), threshold, at, may, 4);

  return _mm256_add_epi32 (slot, _mm256_cmpgt_epi32 (above, mantissa));
}

/* Slots that may be one too high: 0 is not. */
static inline __m256i
may_be_high (const registers *constants, __m256 near, __m256i slot)
{
  const __m256 rest = _mm256_sub_ps (near, _mm256_cvtepi32_ps (slot));

  return _mm256_and_si256 (
    _mm256_castps_si256 (_mm256_cmp_ps (rest, constants->unsure, _CMP_LT_OQ)),
    _mm256_cmpgt_epi32 (slot, _mm256_setzero_si256 ()));
}

/* The guess is right, or one too high where a mantissa is below the guess's
   own threshold. */
static inline __attribute__ ((always_inline)) void
find_by_logarithm (const numsys_lns_rounding *plan, const registers *constants,
                loop_form form, lanes *at)
{
  const __m256 near = _mm256_add_ps (at->logarithm, constants->shove);
  __m256i high;

  at->slot = _mm256_cvttps_epi32 (near);
  if (form.kind <= ONE_WAY)
    {
      high = may_be_high (constants, near, at->slot);
      if (__builtin_expect (numsys_lane_bits (high) != 0, 0))
        at->slot = form.kind == NEAREST
                     ? mend (plan->threshold,
                             _mm256_sub_epi32 (at->slot, numsys_each (1)),
                             high, at->mantissa, at->slot)
                     : mend (plan->value, at->slot, high, at->mantissa,
                             at->slot);
      if (!form.to_codes)
        at->low = numsys_gather (plan->value, reached (form, at));
      return;
    }
  numsys_gather_pairs (plan->value, at->slot, &at->low, &at->high);
  high = _mm256_cmpgt_epi32 (at->low, at->mantissa);
  if (__builtin_expect (numsys_lane_bits (high) != 0, 0))
    {
      at->slot = _mm256_add_epi32 (at->slot, high);
      numsys_gather_pairs (plan->value, at->slot, &at->low, &at->high);
    }
}

static inline __attribute__ ((always_inline)) void
find_gathered (const numsys_lns_rounding *plan, const registers *constants,
               loop_form form, lanes *at)
{
  const __m256i bin = _mm256_srl_epi32 (at->mantissa, constants->shift);

  at->slot = _mm256_srli_epi32 (
    _mm256_add_epi32 (at->mantissa, numsys_gather (plan->packed, bin)), 23);
  if (!form.to_codes)
    at->low = numsys_gather (plan->value, at->slot);
}

static inline __attribute__ ((always_inline)) void
find_in_registers (const registers *constants, loop_form form, lanes *at)
{
  const __m256i bin = _mm256_srl_epi32 (at->mantissa, constants->shift);

  at->slot = _mm256_srli_epi32 (
    _mm256_add_epi32 (at->mantissa,
                      numsys_look_up (constants->packed, bin, form.vectors)),
    23);
  if (form.kind > ONE_WAY || !form.to_codes)
    at->low = numsys_look_up (constants->value, reached (form, at),
                              form.vectors);
  if (form.kind > ONE_WAY)
    at->high = numsys_look_up (
      constants->value, _mm256_add_epi32 (at->slot, numsys_each (1)),
      form.vectors);
}

#endif
#endif
