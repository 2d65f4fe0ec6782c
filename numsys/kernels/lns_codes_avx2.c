/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of an LNS moved, and rounded to a coarser one, with AVX2.  Eight codes
   of which one is zero, moved far or not told apart from a draw go the portable
   way.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/lns_fraction_avx2.h"
#include "numsys/kernels/portable.h"

enum { LANES = 8 };

static inline __m256i
load (const void *from)
{
  return _mm256_loadu_si256 (from);
}

static inline __m256i
all (uint32_t x)
{
  return _mm256_set1_epi32 ((int) x);
}

static inline int
has_any (__m256i lanes)
{
  return !_mm256_testz_si256 (lanes, lanes);
}

static inline unsigned
count (__m256i lanes)
{
  return (unsigned) __builtin_popcount (
    (unsigned) _mm256_movemask_ps (_mm256_castsi256_ps (lanes)));
}

/* Lanes of e that are no values. */
static inline __m256i
no_values (__m256i e, int32_t least, int32_t most)
{
  return _mm256_or_si256 (
    _mm256_cmpgt_epi32 (_mm256_set1_epi32 (least), e),
    _mm256_cmpgt_epi32 (e, _mm256_set1_epi32 (most)));
}

/* x held to least .. most, what is beyond counted where that is asked for. */
static inline __m256i
hold (__m256i x, int32_t least, int32_t most, __m256i counted,
      numsys_counts *counts)
{
  const __m256i small = _mm256_set1_epi32 (least);
  const __m256i large = _mm256_set1_epi32 (most);
  const __m256i held = _mm256_min_epi32 (_mm256_max_epi32 (x, small), large);

  if (__builtin_expect (has_any (_mm256_xor_si256 (held, x)), 0))
    {
      counts->small += count (
        _mm256_and_si256 (counted, _mm256_cmpgt_epi32 (small, x)));
      counts->over += count (
        _mm256_and_si256 (counted, _mm256_cmpgt_epi32 (x, large)));
    }
  return held;
}

/* 0, and nothing done, where one of eight is not for here. */
static inline __attribute__ ((always_inline)) int
step (const numsys_lns_steps *plan, int is_nearest, const uint32_t codes[],
      const float steps[], const uint32_t words[], uint32_t out[],
      numsys_counts *counts)
{
  const __m256i code = load (codes);
  const __m256i sign = _mm256_and_si256 (code, all (plan->sign));
  const __m256i e = _mm256_xor_si256 (code, sign);
  const __m256 by = _mm256_loadu_ps (steps);
  __m256i bad = _mm256_or_si256 (numsys_far_lanes (by),
                                 no_values (e, plan->least, plan->most));
  __m256i to;

  if (is_nearest)
    to = numsys_fraction_nearest_lanes (&plan->fraction, e, by);
  else
    to = numsys_fraction_chosen_lanes (
      &plan->fraction, e, by, _mm256_cmpgt_epi32 (sign, all (0)),
      words == NULL ? all (0) : load (words), &bad);
  if (__builtin_expect (has_any (bad), 0))
    return 0;
  to = hold (_mm256_add_epi32 (e, to), plan->least, plan->most,
             all (UINT32_MAX), counts);
  _mm256_storeu_si256 ((__m256i *) out, _mm256_or_si256 (to, sign));
  return 1;
}

static inline __attribute__ ((always_inline)) size_t
step_all (const numsys_lns_steps *plan, int is_nearest, size_t n,
          const uint32_t codes[], const float steps[], const uint32_t words[],
          uint32_t out[], numsys_counts *counts)
{
  const numsys_lns_steps constants = *plan;
  numsys_counts seen = { 0 };
  size_t i = 0, done = LANES;

  for (; n - i >= LANES && done == LANES; i += done)
    {
      const uint32_t *drawn = words == NULL ? NULL : words + i;

      if (!step (&constants, is_nearest, codes + i, steps + i, drawn, out + i,
                 &seen))
        done = numsys_portable_lns_step (plan, LANES, codes + i, steps + i,
                                         drawn, out + i, &seen);
    }
  if (done == LANES)
    i += numsys_portable_lns_step (plan, n - i, codes + i, steps + i,
                                   words == NULL ? NULL : words + i, out + i,
                                   &seen);
  counts->small += seen.small;
  counts->over += seen.over;
  return i;
}

size_t
numsys_avx2_lns_step (const numsys_lns_steps *plan, size_t n,
                      const uint32_t codes[], const float steps[],
                      const uint32_t words[], uint32_t out[],
                      numsys_counts *counts)
{
  return plan->fraction.is_nearest
           ? step_all (plan, 1, n, codes, steps, words, out, counts)
           : step_all (plan, 0, n, codes, steps, words, out, counts);
}

/* Sixteen numbers, by slot, again and again. */
typedef struct table
{
  __m256i low, high;
} table;

static inline __m256i
look_up (const table *t, __m256i slot)
{
  const __m256i is_high = _mm256_slli_epi32 (slot, 28);

  return _mm256_castps_si256 (_mm256_blendv_ps (
    _mm256_castsi256_ps (_mm256_permutevar8x32_epi32 (t->low, slot)),
    _mm256_castsi256_ps (_mm256_permutevar8x32_epi32 (t->high, slot)),
    _mm256_castsi256_ps (is_high)));
}

/* What is added before the shift; bits of 2^(slot / 2^octave_bits), less what
   the slot is in a float's exponent. */
static void
make_tables (const numsys_lns_coarsening *plan, table *upwards, table *value)
{
  const uint32_t slots = UINT32_C (1) << plan->octave_bits;
  uint32_t up[2 * LANES], bits[2 * LANES];

  for (uint32_t i = 0; i < 2 * LANES; i++)
    {
      const uint32_t slot = i & (slots - 1);

      up[i] = (uint32_t) plan->below_half + (plan->ties >> slot & 1);
      bits[i] = NUMSYS_ONE_BITS + (uint32_t) plan->value[slot]
                - (slot << (23 - plan->octave_bits));
    }
  *upwards = (table) { load (up), load (up + LANES) };
  *value = (table) { load (bits), load (bits + LANES) };
}

void
numsys_avx2_lns_coarsen (const numsys_lns_coarsening *plan, size_t n,
                         const uint32_t codes[], float out[],
                         numsys_counts *counts)
{
  const __m256i octave_up = all (23 - plan->octave_bits);
  const __m256i sign_up = all ((uint32_t) __builtin_clz (plan->sign));
  const __m256i sign_bit = all (NUMSYS_SIGN_BIT), shift = all (plan->shift);
  table upwards, value;
  size_t i;

  make_tables (plan, &upwards, &value);
  for (i = 0; n - i >= LANES; i += LANES)
    {
      const __m256i code = load (codes + i);
      const __m256i e = _mm256_andnot_si256 (all (plan->sign), code);
      const __m256i zero = no_values (e, plan->first, plan->top);
      const __m256i k
        = _mm256_add_epi32 (e, _mm256_set1_epi32 (plan->offset));
      const __m256i up
        = look_up (&upwards, _mm256_srav_epi32 (k, shift));
      const __m256i to = hold (
        _mm256_srav_epi32 (_mm256_add_epi32 (k, up), shift), plan->least,
        plan->most, _mm256_xor_si256 (zero, all (UINT32_MAX)), counts);
      const __m256i bits = _mm256_or_si256 (
        _mm256_add_epi32 (_mm256_sllv_epi32 (to, octave_up),
                          look_up (&value, to)),
        _mm256_and_si256 (_mm256_sllv_epi32 (code, sign_up), sign_bit));

      _mm256_storeu_si256 ((__m256i *) (out + i),
                           _mm256_andnot_si256 (zero, bits));
    }
  numsys_portable_lns_coarsen (plan, n - i, codes + i, out + i, counts);
}

int32_t
numsys_avx2_lns_largest (uint32_t sign, int32_t least, size_t n,
                         const uint32_t codes[])
{
  __m256i most = all (UINT32_MAX);
  int32_t lane[LANES], rest;
  size_t i;

  for (i = 0; n - i >= LANES; i += LANES)
    {
      const __m256i e = _mm256_andnot_si256 (all (sign), load (codes + i));
      const __m256i zero = no_values (e, least, (int32_t) sign - 1);

      most = _mm256_max_epi32 (most, _mm256_or_si256 (e, zero));
    }
  _mm256_storeu_si256 ((__m256i *) lane, most);
  rest = numsys_portable_lns_largest (sign, least, n - i, codes + i);
  for (size_t j = 0; j < LANES; j++)
    rest = lane[j] > rest ? lane[j] : rest;
  return rest;
}
