/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of an LNS rounded to a coarser one with AVX-512, its octave in a
   register.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"

enum { LANES = 16, ALL = 0xFFFF };

/* Constants, a lane each.  A slot is the lowest bits of a step; tables have it
   again and again. */
typedef struct lanes
{
  __m512i sign, first, top, offset, shift, least, most;
  __m512i upwards;      /* by slot: added before the shift */
  __m512i value;        /* by slot: bits of 2^(slot / 2^octave_bits), less what
                           the slot is in a float's exponent */
  __m512i octave_up;    /* from a step to a float's exponent */
  __m512i sign_up;      /* from the sign of codes to that of floats */
} lanes;

static lanes
lanes_of (const numsys_lns_coarsening *plan)
{
  const int slots = 1 << plan->octave_bits;
  const __m512i octave_up = _mm512_set1_epi32 (23 - (int) plan->octave_bits);
  const __m512i slot = _mm512_and_si512 (
    _mm512_set_epi32 (15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
    _mm512_set1_epi32 (slots - 1));
  const __m512i octave = _mm512_maskz_loadu_epi32 (
    (__mmask16) ((1u << slots) - 1), plan->value);
  const __m512i value = _mm512_sub_epi32 (
    _mm512_permutexvar_epi32 (slot, octave),
    _mm512_sllv_epi32 (slot, octave_up));
  const __m512i tie = _mm512_and_si512 (
    _mm512_srlv_epi32 (_mm512_set1_epi32 ((int) plan->ties), slot),
    _mm512_set1_epi32 (1));

  return (lanes) {
    .sign = _mm512_set1_epi32 ((int) plan->sign),
    .first = _mm512_set1_epi32 (plan->first),
    .top = _mm512_set1_epi32 (plan->top),
    .offset = _mm512_set1_epi32 (plan->offset),
    .shift = _mm512_set1_epi32 ((int) plan->shift),
    .least = _mm512_set1_epi32 (plan->least),
    .most = _mm512_set1_epi32 (plan->most),
    .upwards = _mm512_add_epi32 (_mm512_set1_epi32 (plan->below_half), tie),
    .value = _mm512_add_epi32 (_mm512_set1_epi32 (NUMSYS_ONE_BITS), value),
    .octave_up = octave_up,
    .sign_up = _mm512_set1_epi32 (__builtin_clz (plan->sign)),
  };
}

static void
add_counts (__mmask16 given, __m512i step, const lanes *is,
            numsys_counts *counts)
{
  counts->small += (unsigned) __builtin_popcount (
    _mm512_mask_cmplt_epi32_mask (given, step, is->least));
  counts->over += (unsigned) __builtin_popcount (
    _mm512_mask_cmpgt_epi32_mask (given, step, is->most));
}

/* Up to 16 codes. */
static inline __attribute__ ((always_inline)) void
coarsen (const lanes *is, __mmask16 given, const uint32_t codes[],
         float out[], numsys_counts *counts)
{
  const __m512i code = _mm512_maskz_loadu_epi32 (given, codes);
  const __m512i e = _mm512_andnot_si512 (is->sign, code);
  const __mmask16 is_value = _mm512_mask_cmple_epi32_mask (
    _mm512_mask_cmpge_epi32_mask (given, e, is->first), e, is->top);
  const __m512i k = _mm512_add_epi32 (e, is->offset);
  const __m512i upwards = _mm512_permutexvar_epi32 (
    _mm512_srav_epi32 (k, is->shift), is->upwards);
  const __m512i step
    = _mm512_srav_epi32 (_mm512_add_epi32 (k, upwards), is->shift);
  const __m512i held
    = _mm512_min_epi32 (_mm512_max_epi32 (step, is->least), is->most);
  const __m512i magnitude = _mm512_add_epi32 (
    _mm512_sllv_epi32 (held, is->octave_up),
    _mm512_permutexvar_epi32 (held, is->value));

  if (__builtin_expect (_mm512_mask_cmpneq_epi32_mask (is_value, step, held),
                        0))
    add_counts (is_value, step, is, counts);
  /* magnitude, or the sign where that is set in the mask */
  _mm512_mask_storeu_epi32 (
    out, given,
    _mm512_maskz_ternarylogic_epi32 (
      is_value, magnitude, _mm512_sllv_epi32 (code, is->sign_up),
      _mm512_set1_epi32 ((int) NUMSYS_SIGN_BIT), 0xF8));
}

void
numsys_avx512_lns_coarsen (const numsys_lns_coarsening *plan, size_t n,
                           const uint32_t codes[], float out[],
                           numsys_counts *counts)
{
  const lanes is = lanes_of (plan);
  numsys_counts seen = { 0 };
  size_t i;

  for (i = 0; i + LANES <= n; i += LANES)
    coarsen (&is, ALL, codes + i, out + i, &seen);
  if (i < n)
    coarsen (&is, (__mmask16) ((1u << (n - i)) - 1), codes + i, out + i,
             &seen);
  counts->small += seen.small;
  counts->over += seen.over;
}

int32_t
numsys_avx512_lns_largest (uint32_t sign, int32_t least, size_t n,
                           const uint32_t codes[])
{
  const __m512i sign_bit = _mm512_set1_epi32 ((int) sign);
  const __m512i first = _mm512_set1_epi32 (least);
  __m512i most = _mm512_set1_epi32 (-1);

  for (size_t i = 0; i < n; i += LANES)
    {
      const __mmask16 given
        = n - i < LANES ? (__mmask16) ((1u << (n - i)) - 1) : ALL;
      const __m512i e = _mm512_andnot_si512 (
        sign_bit, _mm512_maskz_loadu_epi32 (given, codes + i));
      const __mmask16 is_value = _mm512_mask_cmplt_epi32_mask (
        _mm512_mask_cmpge_epi32_mask (given, e, first), e, sign_bit);

      most = _mm512_mask_max_epi32 (most, is_value, most, e);
    }
  return _mm512_reduce_max_epi32 (most);
}
