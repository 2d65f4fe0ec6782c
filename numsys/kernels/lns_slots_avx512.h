/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slots of mantissas on 16 lanes, for rounding to an LNS: the slot below (or
   nearest) is counted from tables in registers, or guessed from the logarithm
   and mended by the table.  */

#ifndef NUMSYS_KERNELS_LNS_SLOTS_AVX512_H
#define NUMSYS_KERNELS_LNS_SLOTS_AVX512_H

#include <immintrin.h>
#include "numsys/kernels/kernels.h"
#include "numsys/kernels/lns_avx512.h"

/* Nothing to a file that is not built for it. */
#ifdef __AVX512F__

enum { MOST_VECTORS = 8 };

/* What the loop is made for; vectors of tables in registers, 0: memory. */
typedef struct loop_form
{
  size_t vectors;
  int to_codes;
  enum { NEAREST, DIRECTED, DRAWN, DRAWN_LOG } kind;
} loop_form;

/* What a loop keeps in registers. */
typedef struct registers
{
  __m512i packed[MOST_VECTORS], value[MOST_VECTORS];
  unsigned shift;
  __m512 gamma, shove, unsure;
  __m512i step, parity, mask, base[2], flips, half_gap;
  __m512i smallest, largest, least, most;
} registers;

/* Sixteen numbers on their way. */
typedef struct lanes
{
  __m512i bits, mantissa, octave;   /* of magnitudes; octave as bits */
  __mmask16 negative;
  __m512i slot;
  __m512 logarithm;                 /* times gamma */
  __m512i low, high;                /* mantissas of the slot and the next */
  __mmask16 unsure;
} lanes;

static inline __m512i
one (void)
{
  return _mm512_set1_epi32 (1);
}

static inline __m512
logarithm (const registers *constants, const lanes *at)
{
  return _mm512_mul_ps (numsys_log2_lanes (at->mantissa), constants->gamma);
}

static inline __m512i
floor_of (__m512 x)
{
  return _mm512_cvt_roundps_epi32 (x, _MM_FROUND_TO_NEG_INF
                                        | _MM_FROUND_NO_EXC);
}

/* The guess is right, or one too high where a mantissa is below the guess's
   own threshold. */
static inline __attribute__ ((always_inline)) void
find_in_memory (const numsys_lns_rounding *plan, const registers *constants,
                loop_form form, lanes *at)
{
  const __m512 near = _mm512_add_ps (at->logarithm, constants->shove);
  __mmask16 high;

  at->slot = floor_of (near);
  if (form.kind == NEAREST)
    {
      high = _mm512_cmp_ps_mask (
        _mm512_sub_ps (near, _mm512_cvtepi32_ps (at->slot)),
        constants->unsure, _CMP_LT_OQ)
        & _mm512_test_epi32_mask (at->slot, at->slot);
      if (high != 0)
        high = _mm512_mask_cmplt_epu32_mask (
          high, at->mantissa,
          _mm512_mask_i32gather_epi32 (
            at->slot, high, _mm512_sub_epi32 (at->slot, one ()),
            plan->threshold, 4));
      at->slot = _mm512_mask_sub_epi32 (at->slot, high, at->slot, one ());
      if (!form.to_codes)
        at->low = _mm512_i32gather_epi32 (at->slot, plan->value, 4);
      return;
    }
  at->low = _mm512_i32gather_epi32 (at->slot, plan->value, 4);
  high = _mm512_cmpgt_epi32_mask (at->low, at->mantissa);
  if (__builtin_expect (high != 0, 0))
    {
      at->slot = _mm512_mask_sub_epi32 (at->slot, high, at->slot, one ());
      at->low = _mm512_mask_i32gather_epi32 (at->low, high, at->slot,
                                             plan->value, 4);
    }
  at->high = _mm512_i32gather_epi32 (at->slot, plan->value + 1, 4);
}

static inline __attribute__ ((always_inline)) void
find_in_registers (const registers *constants, loop_form form, lanes *at)
{
  const __m512i bin
    = _mm512_srl_epi32 (at->mantissa,
                        _mm_cvtsi32_si128 ((int) constants->shift));

  at->slot = _mm512_srli_epi32 (
    _mm512_add_epi32 (at->mantissa,
                      numsys_look_up (constants->packed, bin, form.vectors)),
    23);
  at->low = numsys_look_up (constants->value, at->slot, form.vectors);
  if (form.kind != NEAREST)
    at->high = numsys_look_up (constants->value,
                               _mm512_add_epi32 (at->slot, one ()),
                               form.vectors);
}

#endif
#endif
