/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any rounding to an LNS on 16 lanes.  The place of a number between two values
   is compared in integers, that between their logarithms in float32, where the
   comparison is too near to be sure being left to others.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/codes_avx512.h"
#include "numsys/kernels/lines_avx512.h"
#include "numsys/kernels/lns_slots_avx512.h"

enum { LANES = 16, ALL = 0xFFFF };

/* High halves of t g, or of t g + g / 2. */
static inline __m512i
high_product (const registers *constants, __m512i t, __m512i gap)
{
  const __m512i extra
    = _mm512_and_si512 (_mm512_srli_epi32 (gap, 1), constants->half_gap);
  const __m512i low = _mm512_set1_epi64 (UINT32_MAX);
  const __m512i even = _mm512_add_epi64 (_mm512_mul_epu32 (t, gap),
                                         _mm512_and_si512 (extra, low));
  const __m512i odd = _mm512_add_epi64 (
    _mm512_mul_epu32 (_mm512_srli_epi64 (t, 32), _mm512_srli_epi64 (gap, 32)),
    _mm512_srli_epi64 (extra, 32));

  return _mm512_mask_mov_epi32 (_mm512_srli_epi64 (even, 32), 0xAAAA, odd);
}

static inline __m512i
steps (const registers *constants, const lanes *at)
{
  const __m512i octave = _mm512_sub_epi32 (_mm512_srli_epi32 (at->octave, 23),
                                           _mm512_set1_epi32 (127));

  return _mm512_add_epi32 (_mm512_mullo_epi32 (octave, constants->step),
                           at->slot);
}

/* Lanes that go away from the slot below. */
static inline __attribute__ ((always_inline)) __mmask16
goes_away (const registers *constants, loop_form form, __m512i word, lanes *at)
{
  const __m512i d = _mm512_sub_epi32 (at->mantissa, at->low);
  const __mmask16 is_between = _mm512_test_epi32_mask (d, d);
  __m512i t = _mm512_add_epi32 (
    _mm512_and_si512 (word, constants->mask),
    _mm512_mask_mov_epi32 (constants->base[0], at->negative,
                           constants->base[1]));
  __m512 gap, place;

  if (form.kind == DIRECTED)
    {
      t = _mm512_mask_xor_epi32 (
        t, _mm512_test_epi32_mask (
             _mm512_add_epi32 (steps (constants, at), constants->parity),
             one ()), t, constants->flips);
      return _mm512_mask_cmpneq_epi32_mask (is_between, t,
                                            _mm512_set1_epi32 (-1));
    }
  if (form.kind == DRAWN)
    return _mm512_cmplt_epu32_mask (
      high_product (constants, t, _mm512_sub_epi32 (at->high, at->low)), d);
  place = _mm512_sub_ps (at->logarithm, _mm512_cvtepi32_ps (at->slot));
  gap = _mm512_sub_ps (place, _mm512_mul_ps (_mm512_cvtepu32_ps (t),
                                             _mm512_set1_ps (0x1p-32f)));
  at->unsure = _mm512_mask_cmp_ps_mask (is_between, _mm512_abs_ps (gap),
                                        constants->unsure, _CMP_LE_OQ);
  return _mm512_mask_cmp_ps_mask (is_between, gap, _mm512_setzero_ps (),
                                  _CMP_GT_OQ);
}

/* Rounds up to 16 numbers; returns the lanes done, those before the first that
   is not for here.  What is below the normal numbers gets a value below all.  */
static inline __attribute__ ((always_inline)) __mmask16
work (const numsys_lns_rounding *plan, const registers *constants, loop_form form,
      __mmask16 given, const void *x, const uint32_t *words, size_t size,
      void *out, size_t i, numsys_counts *counts)
{
  const __m512i in = _mm512_maskz_loadu_epi32 (given, x);
  const __m512i sign
    = _mm512_and_si512 (in, _mm512_set1_epi32 ((int) NUMSYS_SIGN_BIT));
  __mmask16 bad, small, over, zero, away = 0;
  __m512i result;
  lanes at = { .bits = _mm512_xor_si512 (in, sign),
               .negative = _mm512_movepi32_mask (in), .unsure = 0 };

  at.mantissa = _mm512_and_si512 (at.bits,
                                  _mm512_set1_epi32 (NUMSYS_MANTISSA_BITS));
  at.octave = _mm512_xor_si512 (at.bits, at.mantissa);
  if (form.vectors == 0 || form.kind == DRAWN_LOG)
    at.logarithm = logarithm (constants, &at);
  if (form.vectors == 0)
    find_in_memory (plan, constants, form, &at);
  else
    find_in_registers (constants, form, &at);
  if (form.kind != NEAREST)
    away = goes_away (constants, form,
                      form.kind == DIRECTED
                        ? _mm512_setzero_si512 ()
                        : _mm512_maskz_loadu_epi32 (given, words), &at);
  bad = _mm512_cmpge_epu32_mask (at.bits,
                                 _mm512_set1_epi32 (NUMSYS_INFINITY_BITS));
  bad = (bad | at.unsure) & given;
  if (__builtin_expect (bad != 0, 0))
    given &= (__mmask16) ((1u << __builtin_ctz (bad)) - 1);
  zero = plan->has_zero ? _mm512_testn_epi32_mask (at.bits, at.bits) : 0;
  if (form.to_codes)
    {
      result = steps (constants, &at);
      result = _mm512_mask_add_epi32 (result, away, result, one ());
      /* Subnormal mantissas mean nothing. */
      result = _mm512_mask_mov_epi32 (
        result, _mm512_testn_epi32_mask (at.octave, at.octave),
        _mm512_set1_epi32 (INT32_MIN));
      small = _mm512_cmplt_epi32_mask (result, constants->least);
      over = _mm512_cmpgt_epi32_mask (result, constants->most);
      result = _mm512_min_epi32 (_mm512_max_epi32 (result, constants->least),
                                 constants->most);
      result = _mm512_add_epi32 (result,
                                 _mm512_set1_epi32 ((int) plan->offset));
      result = _mm512_mask_or_epi32 (
        result, at.negative, result,
        _mm512_set1_epi32 ((int) plan->sign_code));
      result = _mm512_mask_mov_epi32 (
        result, plan->flushes ? zero | small : zero,
        _mm512_set1_epi32 ((int) plan->zero_code));
    }
  else
    {
      result = _mm512_add_epi32 (
        at.octave, form.kind == NEAREST
                     ? at.low : _mm512_mask_mov_epi32 (at.low, away, at.high));
      small = _mm512_cmplt_epi32_mask (result, constants->smallest);
      over = _mm512_cmpgt_epi32_mask (result, constants->largest);
      result = _mm512_min_epi32 (
        _mm512_max_epi32 (result, constants->smallest), constants->largest);
      result = _mm512_maskz_or_epi32 ((__mmask16) ~zero, result, sign);
    }
  counts->small += (unsigned) __builtin_popcount (small & ~zero & given);
  counts->over += (unsigned) __builtin_popcount (over & given);
  numsys_store_lanes (out, size, i, given, result);
  return given;
}

/* Masks of lanes below 0x8000 0000 take no sign bit, so values of float32
   compare as signed. */
static inline __attribute__ ((always_inline)) void
load (const numsys_lns_rounding *plan, loop_form form, registers *constants)
{
  const numsys_choice *choice = &plan->choice;
  const int is_nearest = form.kind == NEAREST;
  const float error = (float) plan->gamma * NUMSYS_LOG2_ERROR;

  *constants = (registers) {
    .shift = 23 - (is_nearest ? plan->index_bits : plan->floor_bits),
    .gamma = _mm512_set1_ps ((float) plan->gamma),
    .shove = _mm512_set1_ps (error + (is_nearest ? 0.5f : 0)),
    .unsure = _mm512_set1_ps (is_nearest ? 4 * error : error + 0x1p-21f),
    .step = _mm512_set1_epi32 (plan->gamma),
    .parity = _mm512_set1_epi32 (plan->parity),
    .mask = _mm512_set1_epi32 ((int) choice->mask),
    .base = { _mm512_set1_epi32 ((int) choice->base[0]),
              _mm512_set1_epi32 ((int) choice->base[1]) },
    .flips = _mm512_set1_epi32 (choice->flips ? -1 : 0),
    .half_gap = _mm512_set1_epi32 (choice->mask == UINT32_MAX ? -1 : 0),
    .smallest = _mm512_set1_epi32 ((int) plan->smallest),
    .largest = _mm512_set1_epi32 ((int) plan->largest),
    .least = _mm512_set1_epi32 (plan->least),
    .most = _mm512_set1_epi32 (plan->most),
  };
  for (size_t i = 0; i < form.vectors; i++)
    {
      constants->packed[i] = _mm512_loadu_si512 (
        (is_nearest ? plan->packed : plan->floor_packed) + i * LANES);
      constants->value[i] = _mm512_loadu_si512 (plan->value + i * LANES);
    }
}

static inline __attribute__ ((always_inline)) size_t
work_all (const numsys_lns_rounding *plan, size_t n, const float x[],
          const uint32_t words[], size_t size, void *out,
          numsys_counts *counts, loop_form form)
{
  numsys_counts seen = { 0 };
  registers constants;
  __mmask16 done = ALL;
  size_t i = 0;

  load (plan, form, &constants);
  for (; n - i >= LANES; i += LANES)
    {
      done = work (plan, &constants, form, ALL, x + i,
                   form.kind >= DRAWN ? words + i : NULL, size, out, i, &seen);
      if (__builtin_expect (done != ALL, 0))
        break;
    }
  if (done == ALL && i < n)
    done = work (plan, &constants, form, (__mmask16) ((1u << (n - i)) - 1),
                 x + i, form.kind >= DRAWN ? words + i : NULL, size, out, i,
                 &seen);
  if (i < n)
    i += (unsigned) __builtin_popcount (done);
  counts->small += seen.small;
  counts->over += seen.over;
  return i;
}

static inline __attribute__ ((always_inline)) size_t
by_size (const numsys_lns_rounding *plan, size_t n, const float x[],
         const uint32_t words[], size_t size, void *out,
         numsys_counts *counts, loop_form form)
{
  const int is_nearest = form.kind == NEAREST;
  const uint32_t *packed = is_nearest ? plan->packed : plan->floor_packed;

  switch (packed == NULL ? 0 : is_nearest ? plan->index_bits
                                          : plan->floor_bits)
    {
    case 4:
      form.vectors = 1;
      return work_all (plan, n, x, words, size, out, counts, form);
    case 5:
      form.vectors = 2;
      return work_all (plan, n, x, words, size, out, counts, form);
    case 6:
      form.vectors = 4;
      return work_all (plan, n, x, words, size, out, counts, form);
    case 7:
      form.vectors = 8;
      return work_all (plan, n, x, words, size, out, counts, form);
    default:
      return work_all (plan, n, x, words, size, out, counts, form);
    }
}

static inline __attribute__ ((always_inline)) size_t
by_kind (const numsys_lns_rounding *plan, size_t n, const float x[],
         const uint32_t words[], size_t size, void *out,
         numsys_counts *counts, int to_codes)
{
  loop_form form = { .vectors = 0, .to_codes = to_codes, .kind = NEAREST };

  if (plan->is_nearest)
    return by_size (plan, n, x, words, size, out, counts, form);
  form.kind = DIRECTED;
  if (plan->choice.mask == 0)
    return by_size (plan, n, x, words, size, out, counts, form);
  form.kind = DRAWN;
  if (!plan->is_log)
    return by_size (plan, n, x, words, size, out, counts, form);
  form.kind = DRAWN_LOG;
  return by_size (plan, n, x, words, size, out, counts, form);
}

size_t
numsys_avx512_lns_round (const numsys_lns_rounding *plan, size_t n,
                         const float x[], const uint32_t words[], float out[],
                         numsys_counts *counts)
{
  return by_kind (plan, n, x, words, sizeof *out, out, counts, 0);
}

size_t
numsys_avx512_lns_encode (const numsys_lns_rounding *plan, size_t n,
                          const float x[], const uint32_t words[], size_t size,
                          void *codes, numsys_counts *counts)
{
  size_t done = 0, some, end;

  if (!numsys_avx512_lns_has_lines (plan))
    return by_kind (plan, n, x, words, size, codes, counts, 1);
  /* A line by the other way where lines stop. */
  do
    {
      done += numsys_avx512_lns_lines (plan, n - done, x + done, size,
                                       (char *) codes + done * size, counts);
      some = n - done < NUMSYS_LINE ? n - done : NUMSYS_LINE;
      end = done + some;
      done += by_kind (plan, some, x + done, NULL, size,
                       (char *) codes + done * size, counts, 1);
    }
  while (done == end && done < n);
  return done;
}
