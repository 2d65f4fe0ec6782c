/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding steps to the exponents of codes with AVX-512.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/lns_fraction_avx512.h"
#include "numsys/kernels/portable.h"

enum { LANES = 16, ALL = 0xFFFF };

static void
add_counts (__mmask16 given, __m512i to, __m512i least, __m512i most,
            numsys_counts *counts)
{
  counts->small += (unsigned) __builtin_popcount (
    _mm512_mask_cmplt_epi32_mask (given, to, least));
  counts->over += (unsigned) __builtin_popcount (
    _mm512_mask_cmpgt_epi32_mask (given, to, most));
}

/* Moves up to 16 codes; returns the lanes done, those before the first that is
   not for here. */
static inline __attribute__ ((always_inline)) __mmask16
step (const numsys_lns_steps *plan, int is_nearest, __mmask16 given,
      const uint32_t codes[], const float steps[], const uint32_t words[],
      uint32_t out[], numsys_counts *counts)
{
  const __m512i sign_bit = _mm512_set1_epi32 ((int) plan->sign);
  const __m512i least = _mm512_set1_epi32 (plan->least);
  const __m512i most = _mm512_set1_epi32 (plan->most);
  const __m512i code = _mm512_maskz_loadu_epi32 (given, codes);
  const __m512i e = _mm512_andnot_si512 (sign_bit, code);
  const __m512 by = _mm512_maskz_loadu_ps (given, steps);
  const __mmask16 is_value
    = _mm512_mask_cmple_epi32_mask (_mm512_cmpge_epi32_mask (e, least), e,
                                    most);
  __mmask16 bad = _mm512_cmp_ps_mask (
    _mm512_abs_ps (by), _mm512_set1_ps (NUMSYS_FAR_STEP), _CMP_NLT_UQ);
  __m512i to, held;

  to = is_nearest
         ? numsys_fraction_nearest_lanes (&plan->fraction, e, by)
         : numsys_fraction_chosen_lanes (
             &plan->fraction, e, by, _mm512_test_epi32_mask (code, sign_bit),
             words == NULL ? _mm512_setzero_si512 ()
                           : _mm512_maskz_loadu_epi32 (given, words), &bad);
  to = _mm512_add_epi32 (e, to);
  held = _mm512_min_epi32 (_mm512_max_epi32 (to, least), most);
  bad &= given & is_value;
  if (__builtin_expect (bad != 0, 0))
    given &= (__mmask16) ((1u << __builtin_ctz (bad)) - 1);
  if (__builtin_expect (_mm512_mask_cmpneq_epi32_mask (given & is_value, to,
                                                       held), 0))
    add_counts (given & is_value, to, least, most, counts);
  held = _mm512_or_epi32 (held, _mm512_and_epi32 (code, sign_bit));
  _mm512_mask_storeu_epi32 (
    out, given,
    _mm512_mask_mov_epi32 (_mm512_set1_epi32 ((int) plan->zero), is_value,
                           held));
  return given;
}

static inline __attribute__ ((always_inline)) size_t
step_all (const numsys_lns_steps *plan, int is_nearest, size_t n,
          const uint32_t codes[], const float steps[], const uint32_t words[],
          uint32_t out[], numsys_counts *counts)
{
  const numsys_lns_steps constants = *plan;
  numsys_counts seen = { 0 };
  __mmask16 done = ALL;
  size_t i = 0;

  for (; n - i >= LANES; i += LANES)
    {
      done = step (&constants, is_nearest, ALL, codes + i, steps + i,
                   words == NULL ? NULL : words + i, out + i, &seen);
      if (__builtin_expect (done != ALL, 0))
        break;
    }
  if (done == ALL && i < n)
    done = step (&constants, is_nearest, (__mmask16) ((1u << (n - i)) - 1),
                 codes + i, steps + i, words == NULL ? NULL : words + i,
                 out + i, &seen);
  if (i < n)
    i += (unsigned) __builtin_popcount (done);
  counts->small += seen.small;
  counts->over += seen.over;
  return i;
}

size_t
numsys_avx512_lns_step (const numsys_lns_steps *plan, size_t n,
                        const uint32_t codes[], const float steps[],
                        const uint32_t words[], uint32_t out[],
                        numsys_counts *counts)
{
  const size_t i = plan->fraction.is_nearest
                     ? step_all (plan, 1, n, codes, steps, words, out, counts)
                     : step_all (plan, 0, n, codes, steps, words, out, counts);

  /* What stopped it may still be for plain C. */
  return i + numsys_portable_lns_step (
    plan, n - i < 1 ? n - i : 1, codes + i, steps + i,
    words == NULL ? NULL : words + i, out + i, counts);
}
