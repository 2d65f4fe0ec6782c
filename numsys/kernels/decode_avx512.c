/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes to float32 on 16 lanes.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/codes_avx512.h"
#include "numsys/kernels/lns_avx512.h"

enum { LANES = 16, ALL = 0xFFFF, MOST_VECTORS = 2 };

/* Lanes of a vector of n numbers. */
static inline __mmask16
lanes_of (size_t n)
{
  return n >= LANES ? ALL : (__mmask16) ((1u << n) - 1);
}

static inline __m512i
set (uint32_t x)
{
  return _mm512_set1_epi32 ((int) x);
}

/* What a loop keeps in registers.  The octave of k is found as a product that
   is not exact: it may be one too low where k is a multiple of gamma, and was
   never found too high where values are normal floats (all gamma, all k that
   are next to a multiple).  */
typedef struct lns_registers
{
  __m512i value[MOST_VECTORS];
  __m512i steps, sign, flag, first, offset, gamma;
  __m512 inverse;
} lns_registers;

/* vectors registers of values, or 0: memory. */
static inline __attribute__ ((always_inline)) __m512i
lns_values (const numsys_lns_codes *plan, const lns_registers *constants,
            __m512i code, size_t vectors)
{
  const __m512i step = _mm512_and_si512 (code, constants->steps);
  const __m512i k = _mm512_sub_epi32 (step, constants->offset);
  __m512i octave = _mm512_cvt_roundps_epi32 (
    _mm512_mul_ps (_mm512_cvtepi32_ps (k), constants->inverse),
    _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
  __m512i slot = _mm512_sub_epi32 (
    k, _mm512_mullo_epi32 (octave, constants->gamma));
  const __mmask16 low = _mm512_cmpge_epi32_mask (slot, constants->gamma);
  const __mmask16 is_value = _mm512_testn_epi32_mask (code, constants->flag)
                             & _mm512_cmpge_epi32_mask (step,
                                                        constants->first);
  __m512i bits;

  octave = _mm512_mask_add_epi32 (octave, low, octave, set (1));
  slot = _mm512_mask_sub_epi32 (slot, low, slot, constants->gamma);
  bits = _mm512_add_epi32 (
    _mm512_slli_epi32 (_mm512_add_epi32 (octave, set (127)), 23),
    vectors > 0 ? numsys_look_up (constants->value, slot, vectors)
                : _mm512_i32gather_epi32 (slot, plan->value, 4));
  return _mm512_maskz_mov_epi32 (
    is_value,
    _mm512_mask_or_epi32 (bits, _mm512_test_epi32_mask (code, constants->sign),
                          bits, set (NUMSYS_SIGN_BIT)));
}

static inline __attribute__ ((always_inline)) void
lns_all (const numsys_lns_codes *plan, size_t n, size_t size,
         const void *codes, float out[], size_t vectors)
{
  lns_registers constants = {
    .steps = set (plan->sign - 1),
    .sign = set (plan->sign),
    .flag = set (plan->flag),
    .first = _mm512_set1_epi32 (plan->first),
    .offset = _mm512_set1_epi32 (plan->offset),
    .gamma = _mm512_set1_epi32 (plan->gamma),
    .inverse = _mm512_set1_ps (1 / (float) plan->gamma),
  };

  for (size_t i = 0; i < vectors; i++)
    constants.value[i] = _mm512_maskz_loadu_epi32 (
      lanes_of ((size_t) plan->gamma < i * LANES
                  ? 0 : (size_t) plan->gamma - i * LANES),
      plan->value + i * LANES);
  for (size_t i = 0; i < n; i += LANES)
    {
      const __mmask16 given = lanes_of (n - i);

      _mm512_mask_storeu_epi32 (
        out + i, given,
        lns_values (plan, &constants,
                    numsys_load_lanes (codes, size, i, given), vectors));
    }
}

void
numsys_avx512_lns_decode (const numsys_lns_codes *plan, size_t n, size_t size,
                          const void *codes, float out[])
{
  if (plan->gamma <= LANES)
    lns_all (plan, n, size, codes, out, 1);
  else if (plan->gamma <= 2 * LANES)
    lns_all (plan, n, size, codes, out, 2);
  else
    lns_all (plan, n, size, codes, out, 0);
}

/* Magnitudes of steps; negative ones of fixed point, which has no other
   binade. */
static inline __attribute__ ((always_inline)) __m512
scaled (__m512i c, __m512i unit)
{
  return _mm512_scalef_ps (_mm512_cvtepi32_ps (c), _mm512_cvtepi32_ps (unit));
}

static inline __attribute__ ((always_inline)) __m512i
float_values (const numsys_dyadic_codes *plan, __m512i code)
{
  const __m128i kept = _mm_cvtsi32_si128 ((int) plan->kept);
  const __m512i step = _mm512_and_si512 (
    code, set (UINT32_MAX >> (32 - plan->width)));
  const __m512i binade = _mm512_srl_epi32 (step, kept);
  /* Binades above the first, which is that of subnormal numbers too. */
  const __m512i up = _mm512_sub_epi32 (_mm512_max_epi32 (binade, set (1)),
                                       set (1));
  const __m512i c = _mm512_sub_epi32 (step, _mm512_sll_epi32 (up, kept));
  __m512i bits = _mm512_castps_si512 (
    scaled (c, _mm512_add_epi32 (up, _mm512_set1_epi32 (plan->unit))));
  const __mmask16 is_beyond = _mm512_cmpgt_epi32_mask (step, set (plan->top));
  const __mmask16 is_infinite
    = plan->has_infinity
        ? _mm512_cmpeq_epi32_mask (step, set (plan->top + 1)) : 0;
  const __mmask16 is_nan = is_beyond & (__mmask16) ~is_infinite;

  bits = _mm512_maskz_mov_epi32 (
    _mm512_cmpge_epi32_mask (step, set (plan->first)), bits);
  bits = _mm512_mask_mov_epi32 (bits, is_infinite,
                                set (NUMSYS_INFINITY_BITS));
  bits = _mm512_mask_or_epi32 (
    bits, _mm512_test_epi32_mask (code, set (UINT32_C (1) << plan->width)),
    bits, set (NUMSYS_SIGN_BIT));
  return _mm512_mask_mov_epi32 (bits, is_nan, set (NUMSYS_NAN_BITS));
}

/* Codes above the largest number's are those less 2^width. */
static inline __attribute__ ((always_inline)) __m512i
fixed_values (const numsys_dyadic_codes *plan, __m512i code)
{
  const uint32_t mask = UINT32_MAX >> (32 - plan->width);
  const __m512i k = _mm512_and_si512 (code, set (mask));

  return _mm512_castps_si512 (
    scaled (_mm512_mask_or_epi32 (
              k, _mm512_cmpgt_epi32_mask (k, set (plan->top)), k,
              set (~mask)),
            _mm512_set1_epi32 (plan->unit)));
}

static inline __attribute__ ((always_inline)) void
dyadic_all (const numsys_dyadic_codes *plan, size_t n, size_t size,
            const void *codes, float out[], int is_complement)
{
  const numsys_dyadic_codes own = *plan;

  for (size_t i = 0; i < n; i += LANES)
    {
      const __mmask16 given = lanes_of (n - i);
      const __m512i code = numsys_load_lanes (codes, size, i, given);

      _mm512_mask_storeu_epi32 (out + i, given,
                                is_complement ? fixed_values (&own, code)
                                              : float_values (&own, code));
    }
}

void
numsys_avx512_dyadic_decode (const numsys_dyadic_codes *plan, size_t n,
                             size_t size, const void *codes, float out[])
{
  if (plan->is_complement)
    dyadic_all (plan, n, size, codes, out, 1);
  else
    dyadic_all (plan, n, size, codes, out, 0);
}
