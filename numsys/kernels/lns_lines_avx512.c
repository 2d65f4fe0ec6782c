/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of an LNS to nearest, 64 at a time.  By places (lns_places_avx512.h)
   exponent and place are the high half of a number's bits, and the rest is done
   in 16 bits.  Where there are too many slots for that, a logarithm tells
   exponents, and a line that has a number too near to a threshold is not for
   here.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/lines_avx512.h"
#include "numsys/kernels/lns_rungs_avx512.h"

enum { LINE = NUMSYS_LINE };

/* Of numbers that fill a range of so many octaves, several lines of a hundred
   have one below.  */
enum { NARROW = 12 };

/* By logarithms: exponents of all numbers are below 2^16, and those of NaN may
   be that, which looks like a number under the smallest value. */
enum { LEAST_GAMMA = 128, MOST_GAMMA = 256 };

/* What a loop keeps in registers; of 16 bits each but for bins, and again of 8
   for codes of 8. */
typedef struct registers
{
  rung_tables tables;
  __m512i count;        /* of values */
  __m512i less;         /* subtracted of that for codes */
  __m512i top;          /* the largest magnitude's code, */
  __m512i first, zero;  /* the smallest's, and zero's */
  __m512i sign_shift, sign;
  uint64_t zeros;       /* all ones where there is a zero */
  int flushes;          /* whether what is small becomes that */
  uint64_t is_narrow;   /* lines with numbers out of range are many */
} registers;

static inline __attribute__ ((always_inline)) registers
load (const numsys_lns_rounding *plan, loop_form form)
{
  const int is_byte = form.size == 1;
  const int32_t least = plan->least + (int32_t) plan->offset;
  const int32_t most = plan->most + (int32_t) plan->offset;
  const __m512i count = _mm512_set1_epi16 ((short) (most - least + 1));
  const __m512i less = _mm512_set1_epi16 ((short) (1 - least));
  const __m512i top = _mm512_set1_epi16 ((short) most);
  const __m512i first = _mm512_set1_epi16 ((short) least);
  const __m512i zero = _mm512_set1_epi16 ((short) plan->zero_code);
  const __m512i sign = _mm512_set1_epi16 ((short) plan->sign_code);
  const int width = is_byte ? 8 : 16;
  registers constants = {
    .tables = load_tables (plan, form),
    .count = is_byte ? _mm512_packus_epi16 (count, count) : count,
    .less = is_byte ? _mm512_packus_epi16 (less, less) : less,
    .top = is_byte ? _mm512_packus_epi16 (top, top) : top,
    .first = is_byte ? _mm512_packus_epi16 (first, first) : first,
    .zero = is_byte ? _mm512_packus_epi16 (zero, zero) : zero,
    .zeros = plan->has_zero ? UINT64_MAX : 0,
    .flushes = plan->flushes,
    .is_narrow = most - least < NARROW * plan->gamma,
    .sign_shift = _mm512_set1_epi16 (
      (short) (width - 32 + __builtin_clz (plan->sign_code))),
    .sign = is_byte ? _mm512_packus_epi16 (sign, sign) : sign,
  };

  return constants;
}

/* Without an exponent are zeros and subnormal numbers, and NaN where adding
   went beyond the last one: of ordinary numbers, zeros alone.  */
static inline __m512i
exponents (__m512i place)
{
  return _mm512_srli_epi16 (_mm512_add_epi16 (place, place), 8);
}

static inline __mmask32
without_exponent (__m512i place)
{
  return _mm512_testn_epi16_mask (place, _mm512_set1_epi16 (0x7f80));
}

static inline __attribute__ ((always_inline)) int
line_of_bytes (const registers *constants, loop_form form, const float x[],
               void *codes, numsys_counts *counts)
{
  __mmask16 unsure = 0;
  const halves half[2]
    = { halves_of (&constants->tables, form, x, &unsure),
        halves_of (&constants->tables, form, x + LINE / 2, &unsure) };
  const __m512i place[2] = { half[0].place, half[1].place };
  const __m512i rung = _mm512_packus_epi16 (half[0].rung, half[1].rung);
  const __m512i sign = _mm512_srlv_epi16 (
    _mm512_packs_epi16 (place[0], place[1]), constants->sign_shift);
  const uint64_t under = _mm512_testn_epi8_mask (rung, rung);
  const uint64_t over = _mm512_cmpgt_epu8_mask (rung, constants->count);
  /* result | (sign & constants->sign) */
  __m512i result = _mm512_ternarylogic_epi32 (
    _mm512_min_epu8 (_mm512_subs_epu8 (rung, constants->less),
                     constants->top),
    sign, constants->sign, 0xf8);

  if (__builtin_expect (unsure, 0))
    return 0;
  if (__builtin_expect (under | over | constants->is_narrow, 0))
    {
      const __m512i exponent
        = _mm512_packus_epi16 (exponents (place[0]), exponents (place[1]));
      const uint64_t is_zero = _mm512_testn_epi8_mask (exponent, exponent);

      if (__builtin_expect (is_zero | over | (form.vectors == 0 ? under : 0), 0)
          && !numsys_are_ordinary (x))
        return 0;
      if (constants->flushes)
        result = _mm512_mask_mov_epi8 (result, under, constants->zero);
      else
        {
          result = _mm512_mask_add_epi8 (result, under, result,
                                         constants->first);
          result = _mm512_mask_mov_epi8 (result, is_zero & constants->zeros,
                                         constants->zero);
        }
      counts->small += (unsigned) __builtin_popcountll (under);
      counts->small -= (unsigned) __builtin_popcountll (is_zero
                                                        & constants->zeros);
      counts->over += (unsigned) __builtin_popcountll (over);
    }
  _mm512_storeu_si512 (codes, numsys_order_bytes (result));
  return 1;
}

static inline __attribute__ ((always_inline)) int
line_of_words (const registers *constants, loop_form form, const float x[],
               void *codes, numsys_counts *counts)
{
  __m512i place[2], result[2];
  __mmask32 under[2], over[2];
  __mmask16 unsure = 0;

#pragma GCC unroll 2
  for (size_t i = 0; i < 2; i++)
    {
      const halves half
        = halves_of (&constants->tables, form, x + i * LINE / 2, &unsure);
      const __m512i rung = half.rung;

      place[i] = half.place;
      under[i] = _mm512_testn_epi16_mask (rung, rung);
      over[i] = _mm512_cmpgt_epu16_mask (rung, constants->count);
      /* result | (sign & constants->sign) */
      result[i] = _mm512_ternarylogic_epi32 (
        _mm512_min_epu16 (_mm512_subs_epu16 (rung, constants->less),
                          constants->top),
        _mm512_srlv_epi16 (place[i], constants->sign_shift), constants->sign,
        0xf8);
    }
  if (__builtin_expect (unsure, 0))
    return 0;
  if (__builtin_expect (under[0] | under[1] | over[0] | over[1]
                        | constants->is_narrow, 0))
    {
      const __mmask32 is_zero[2] = { without_exponent (place[0]),
                                     without_exponent (place[1]) };

      if (__builtin_expect (is_zero[0] | is_zero[1] | over[0] | over[1]
                            | (form.vectors == 0), 0)
          && !numsys_are_ordinary (x))
        return 0;
#pragma GCC unroll 2
      for (size_t i = 0; i < 2; i++)
        {
          const __mmask32 zero = is_zero[i] & (__mmask32) constants->zeros;

          result[i] = _mm512_mask_add_epi16 (result[i], under[i], result[i],
                                             constants->first);
          result[i] = _mm512_mask_mov_epi16 (
            result[i], constants->flushes ? under[i] : zero, constants->zero);
          counts->small += (unsigned) __builtin_popcount (under[i]);
          counts->small -= (unsigned) __builtin_popcount (zero);
          counts->over += (unsigned) __builtin_popcount (over[i]);
        }
    }
  numsys_store_words (form.size, numsys_order_words (result[0]), codes);
  numsys_store_words (form.size, numsys_order_words (result[1]),
                      (char *) codes + LINE / 2 * form.size);
  return 1;
}

static inline __attribute__ ((always_inline)) size_t
encode (const numsys_lns_rounding *plan, size_t n, const float x[],
        char *codes, numsys_counts *counts, loop_form form)
{
  const registers constants = load (plan, form);
  numsys_counts seen = { 0 };
  size_t i;

  for (i = 0; n - i >= LINE; i += LINE)
    if (!(form.size == 1
            ? line_of_bytes (&constants, form, x + i, codes + i, &seen)
            : line_of_words (&constants, form, x + i,
                             codes + i * form.size, &seen)))
      break;
  counts->small += seen.small;
  counts->over += seen.over;
  return i;
}

static inline __attribute__ ((always_inline)) size_t
by_size (const numsys_lns_rounding *plan, size_t n, const float x[],
         size_t size, void *codes, numsys_counts *counts, loop_form form)
{
  switch (size)
    {
    case 1:
      form.size = 1;
      return encode (plan, n, x, codes, counts, form);
    case 2:
      form.size = 2;
      return encode (plan, n, x, codes, counts, form);
    default:
      form.size = 4;
      return encode (plan, n, x, codes, counts, form);
    }
}

/* Exponents are below 2^15 since gamma is below 2^NUMSYS_PLACE_BITS. */
static int
has_places (const numsys_lns_rounding *plan)
{
  return plan->packed != NULL && plan->index_bits <= NUMSYS_PLACE_BITS;
}

int
numsys_avx512_lns_has_lines (const numsys_lns_rounding *plan)
{
  return plan->is_nearest && plan->zero_code <= UINT16_MAX
         && (has_places (plan)
             || (plan->gamma >= LEAST_GAMMA && plan->gamma <= MOST_GAMMA));
}

size_t
numsys_avx512_lns_lines (const numsys_lns_rounding *plan, size_t n,
                         const float x[], size_t size, void *codes,
                         numsys_counts *counts)
{
  switch (has_places (plan) ? plan->index_bits : 0)
    {
    case 0:
      return by_size (plan, n, x, size, codes, counts,
                      (loop_form) { .vectors = 0 });
    case 4:
      return by_size (plan, n, x, size, codes, counts,
                      (loop_form) { .vectors = 1, .index_bits = 4 });
    case 5:
      return by_size (plan, n, x, size, codes, counts,
                      (loop_form) { .vectors = 2, .index_bits = 5 });
    case 6:
      return by_size (plan, n, x, size, codes, counts,
                      (loop_form) { .vectors = 4, .index_bits = 6 });
    default:
      return by_size (plan, n, x, size, codes, counts,
                      (loop_form) { .vectors = 8, .index_bits = 7 });
    }
}
