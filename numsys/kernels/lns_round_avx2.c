/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any rounding to an LNS on 8 lanes, to numbers or codes.  What a choice is too
   near to be sure of is left to others.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/codes_avx2.h"
#include "numsys/kernels/lns_choice_avx2.h"

enum { LANES = NUMSYS_LANES };

/* k of rounded magnitudes, or their bits; what is not normal gets something
   below all. */
static inline __attribute__ ((always_inline)) __m256i
settle (const registers *constants, loop_form form, const lanes *at,
        __m256i away)
{
  const __m256i none = _mm256_setzero_si256 ();
  __m256i k;

  if (!form.to_codes)
    return _mm256_add_epi32 (
      at->octave,
      form.kind <= ONE_WAY ? at->low
                           : numsys_either (at->low, at->high, away));
  k = _mm256_sub_epi32 (
    _mm256_add_epi32 (
      _mm256_mullo_epi32 (_mm256_srli_epi32 (at->octave, 23),
                          constants->step),
      _mm256_add_epi32 (at->slot, constants->first)), away);
  /* Subnormal mantissas mean nothing. */
  return numsys_either (k, constants->top,
                        _mm256_cmpeq_epi32 (at->octave, none));
}

static inline __attribute__ ((always_inline)) void
find (const numsys_lns_rounding *plan, const registers *constants,
      loop_form form, __m256i given, lanes *at)
{
  const __m256i none = _mm256_setzero_si256 ();
  const __m256i all = _mm256_cmpeq_epi32 (none, none);
  __m256i from;

  at->bits = _mm256_andnot_si256 (constants->top, given);
  at->negative = _mm256_srai_epi32 (given, 31);
  at->rises = _mm256_xor_si256 (
    all, _mm256_cmpeq_epi32 (threshold (constants, at, none), all));
  from = form.kind != ONE_WAY ? at->bits
         : _mm256_max_epi32 (_mm256_add_epi32 (at->bits, at->rises), none);
  at->mantissa = _mm256_and_si256 (from, constants->mantissa);
  at->octave = _mm256_xor_si256 (from, at->mantissa);
  if (form.vectors == LOGARITHMS || form.kind == DRAWN_LOG)
    at->logarithm = logarithm (constants, at->mantissa);
  if (form.vectors == LOGARITHMS)
    find_by_logarithm (plan, constants, form, at);
  else if (form.vectors == GATHERED)
    find_gathered (plan, constants, form, at);
  else
    find_in_registers (constants, form, at);
}

/* Rounds n <= LANES numbers; returns how many, those before the first that is
   not for here. */
static inline __attribute__ ((always_inline)) size_t
work (const numsys_lns_rounding *plan, const registers *constants,
      loop_form form, size_t n, const float x[], const uint32_t words[],
      size_t size, void *out, size_t i, numsys_counts *counts)
{
  lanes at = { .low = _mm256_setzero_si256 () };
  __m256i result, is_zero, small, over, bad;
  size_t done = n;

  find (plan, constants, form, numsys_load_lanes (n, x), &at);
  result = goes_away (constants, form,
                      form.kind < DRAWN ? _mm256_setzero_si256 ()
                                        : numsys_load_lanes (n, words),
                      &at, &bad);
  result = settle (constants, form, &at, result);
  is_zero = _mm256_and_si256 (
    constants->has_zero,
    _mm256_cmpeq_epi32 (at.bits, _mm256_setzero_si256 ()));
  small = _mm256_andnot_si256 (is_zero,
                               _mm256_cmpgt_epi32 (constants->least, result));
  over = _mm256_cmpgt_epi32 (result, constants->most);
  bad = _mm256_or_si256 (bad, _mm256_cmpgt_epi32 (at.bits,
                                                  constants->finite));
  result = _mm256_min_epi32 (_mm256_max_epi32 (result, constants->least),
                             constants->most);
  if (form.to_codes)
    {
      result = _mm256_add_epi32 (result, constants->offset);
      is_zero = _mm256_or_si256 (is_zero,
                                 _mm256_and_si256 (small, constants->flushes));
    }
  result = numsys_either (
    _mm256_or_si256 (result, _mm256_and_si256 (at.negative, constants->sign)),
    constants->zero, is_zero);
  if (__builtin_expect (numsys_lane_bits (_mm256_or_si256 (over, bad)) != 0,
                        0))
    {
      done = numsys_lanes_before (n, bad);
      counts->over += numsys_count_lanes (done, over);
    }
  counts->small += numsys_count_lanes (done, small);
  numsys_store_codes (out, size, i, done, result);
  return done;
}

/* Of choices, ends and codes; an odd gamma makes float32's 127 octaves odd. */
static inline __attribute__ ((always_inline)) void
load_rest (const numsys_lns_rounding *plan, int to_codes, registers *constants)
{
  const numsys_choice *choice = &plan->choice;

  constants->parity = _mm256_set1_epi32 (plan->parity + plan->gamma);
  constants->mask = numsys_each (choice->mask);
  constants->base = numsys_each (choice->base[0]);
  constants->base_differs = numsys_each (choice->base[0] ^ choice->base[1]);
  constants->flips = numsys_each (choice->flips ? UINT32_MAX : 0);
  constants->half_gap = numsys_each (choice->mask == UINT32_MAX
                                       ? UINT32_MAX : 0);
  constants->least = to_codes ? _mm256_set1_epi32 (plan->least)
                              : numsys_each (plan->smallest);
  constants->most = to_codes ? _mm256_set1_epi32 (plan->most)
                             : numsys_each (plan->largest);
  constants->offset = numsys_each (plan->offset);
  constants->sign = numsys_each (to_codes ? plan->sign_code : NUMSYS_SIGN_BIT);
  constants->zero = numsys_each (to_codes ? plan->zero_code : 0);
  constants->has_zero = numsys_each (plan->has_zero ? UINT32_MAX : 0);
  constants->flushes = numsys_each (plan->flushes ? UINT32_MAX : 0);
}

static inline __attribute__ ((always_inline)) void
load (const numsys_lns_rounding *plan, loop_form form, registers *constants)
{
  const int is_nearest = form.kind == NEAREST;
  const float error = (float) plan->gamma * NUMSYS_LOG2_ERROR;

  constants->top = numsys_each_kept (NUMSYS_SIGN_BIT);
  constants->finite = numsys_each_kept (NUMSYS_INFINITY_BITS - 1);
  constants->mantissa = numsys_each_kept (NUMSYS_MANTISSA_BITS);
  constants->shift = _mm_cvtsi32_si128 (
    23 - (int) (is_nearest ? plan->index_bits : plan->floor_bits));
  constants->gamma = _mm256_set1_ps ((float) plan->gamma);
  constants->shove = _mm256_set1_ps (error + (is_nearest ? 0.5f : 0));
  constants->unsure = _mm256_set1_ps (form.kind <= ONE_WAY
                                        ? 4 * error : error + 0x1p-21f);
  constants->step = _mm256_set1_epi32 (plan->gamma);
  constants->first = _mm256_set1_epi32 (-127 * plan->gamma);
  load_rest (plan, form.to_codes, constants);
  for (size_t i = 0; form.vectors > GATHERED && i < form.vectors; i++)
    {
      constants->packed[i] = _mm256_loadu_si256 (
        (const __m256i *) ((is_nearest ? plan->packed : plan->floor_packed)
                           + i * LANES));
      constants->value[i] = _mm256_loadu_si256 (
        (const __m256i *) (plan->value + i * LANES));
    }
}

static inline __attribute__ ((always_inline)) size_t
work_all (const numsys_lns_rounding *plan, size_t n, const float x[],
          const uint32_t words[], size_t size, void *out,
          numsys_counts *counts, loop_form form)
{
  numsys_counts seen = { 0 };
  registers constants;
  size_t i, done = LANES;

  load (plan, form, &constants);
  for (i = 0; n - i >= LANES && done == LANES; i += done)
    done = work (plan, &constants, form, LANES, x + i,
                 form.kind >= DRAWN ? words + i : NULL, size, out, i, &seen);
  if (done == LANES && i < n)
    i += work (plan, &constants, form, n - i, x + i,
               form.kind >= DRAWN ? words + i : NULL, size, out, i, &seen);
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
      form.vectors = 2;
      return work_all (plan, n, x, words, size, out, counts, form);
    case 5:
      form.vectors = 4;
      return work_all (plan, n, x, words, size, out, counts, form);
    default:
      form.vectors = is_nearest && packed != NULL ? GATHERED : LOGARITHMS;
      return work_all (plan, n, x, words, size, out, counts, form);
    }
}

static inline __attribute__ ((always_inline)) size_t
by_kind (const numsys_lns_rounding *plan, size_t n, const float x[],
         const uint32_t words[], size_t size, void *out,
         numsys_counts *counts, int to_codes)
{
  loop_form form = { .vectors = LOGARITHMS, .to_codes = to_codes,
                     .kind = NEAREST };

  if (plan->is_nearest)
    return by_size (plan, n, x, words, size, out, counts, form);
  form.kind = ONE_WAY;
  if (plan->choice.mask == 0 && !plan->choice.flips)
    return by_size (plan, n, x, words, size, out, counts, form);
  form.kind = BY_PARITY;
  if (plan->choice.mask == 0)
    return by_size (plan, n, x, words, size, out, counts, form);
  form.kind = DRAWN;
  if (!plan->is_log)
    return by_size (plan, n, x, words, size, out, counts, form);
  form.kind = DRAWN_LOG;
  return by_size (plan, n, x, words, size, out, counts, form);
}

size_t
numsys_avx2_lns_round (const numsys_lns_rounding *plan, size_t n,
                       const float x[], const uint32_t words[], float out[],
                       numsys_counts *counts)
{
  return by_kind (plan, n, x, words, sizeof *out, out, counts, 0);
}

size_t
numsys_avx2_lns_encode (const numsys_lns_rounding *plan, size_t n,
                        const float x[], const uint32_t words[],
                        size_t size, void *codes, numsys_counts *counts)
{
  return by_kind (plan, n, x, words, size, codes, counts, 1);
}
