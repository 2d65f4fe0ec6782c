/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of floating point to nearest, ties to even, 64 at a time.  To a number
   in units of the spacing's last 3/2 of the power of two below it are added,
   2^23 of whose last places these are: the sum's exponent, and how many places
   it is above them, are the code but for a constant.  Where spacing follows the
   exponent down to float32's own subnormal numbers, bits are cut.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/lines_avx512.h"

enum { LANES = 16, LINE = NUMSYS_LINE };

/* What the loop is made for. */
typedef enum form
{
  NONE, SHIFT, CUT
} form;

/* What a loop keeps in registers. */
typedef struct registers
{
  __m512i largest;              /* bits */
  __m512i floor;                /* bits */
  __m512 unit;                  /* 2^-drop: of 2^(e - 150) in spacings */
  __m512i factors;              /* of low and high halves of sums */
  __m512i less;                 /* codes, of 16 bits */
  __m512i drop, half;
  int lacks_subnormals;         /* subnormal floats are not for here */
  __m512i sign_shift, sign;     /* of halves, or bytes if codes have 8 bits */
} registers;

static inline __m512i
magnitude (__m512i x)
{
  return _mm512_and_si512 (x, _mm512_set1_epi32 (0x7fffffff));
}

static registers
load (const numsys_dyadic_rounding *plan, size_t size, form kind)
{
  const int width = size == 1 ? 8 : 16;
  /* The high half of a sum of no spacings at the floor. */
  const uint32_t least = (uint32_t) plan->floor << 7 | 0x40;
  const unsigned kept = 23 - plan->drop;
  registers constants = {
    .largest = _mm512_set1_epi32 ((int) plan->largest[0]),
    .drop = _mm512_set1_epi32 ((int) plan->drop),
  };

  constants.floor = _mm512_set1_epi32 (plan->floor << 23);
  constants.unit = _mm512_set1_ps (numsys_float_of ((127 - plan->drop) << 23));
  constants.factors = _mm512_set1_epi32 ((int) (1u << (16 + kept) | 1u << 7));
  constants.less = _mm512_set1_epi16 (
    (short) ((kind == SHIFT ? least << kept >> 7 : 0)
             - ((uint32_t) (plan->floor - plan->code_floor) << kept)));
  constants.lacks_subnormals = plan->code_floor < plan->floor;
  constants.half = _mm512_set1_epi32 (
    (int) ((UINT32_C (1) << plan->drop >> 1) - 1));
  constants.sign_shift = _mm512_set1_epi16 (
    (short) (width - 1 - (int) plan->width));
  constants.sign = size == 1
                     ? _mm512_set1_epi8 ((char) (1 << plan->width))
                     : _mm512_set1_epi16 ((short) (1 << plan->width));
  return constants;
}

/* Codes of magnitudes with, if shifted, a constant too much. */
static inline __attribute__ ((always_inline)) __m512i
codes_of (const registers *constants, form kind, __m512i bits)
{
  /* (bits & exponent) | half of that */
  const __m512i shifter = _mm512_ternarylogic_epi32 (
    _mm512_max_epi32 (bits, constants->floor),
    _mm512_set1_epi32 (NUMSYS_INFINITY_BITS), _mm512_set1_epi32 (0x400000),
    0xea);
  const __m512i odd = _mm512_and_si512 (
    _mm512_srlv_epi32 (bits, constants->drop), _mm512_set1_epi32 (1));

  if (kind == CUT)
    return _mm512_srlv_epi32 (
      _mm512_add_epi32 (_mm512_add_epi32 (bits, constants->half), odd),
      constants->drop);
  return _mm512_srli_epi32 (
    _mm512_madd_epi16 (_mm512_castps_si512 (_mm512_fmadd_ps (
                         _mm512_castsi512_ps (bits), constants->unit,
                         _mm512_castsi512_ps (shifter))),
                       constants->factors),
    7);
}

/* To 64 codes as 64 bytes.  0: a number is not for here. */
static inline __attribute__ ((always_inline)) int
line_of_bytes (const registers *constants, form kind,
               const __m512i x[NUMSYS_PARTS], void *codes,
               numsys_counts *counts)
{
  __m512i bits[NUMSYS_PARTS], most, result, code, sign;
  uint64_t zero;

#pragma GCC unroll 4
  for (size_t i = 0; i < NUMSYS_PARTS; i++)
    bits[i] = magnitude (x[i]);
  most = _mm512_max_epu32 (_mm512_max_epu32 (bits[0], bits[1]),
                           _mm512_max_epu32 (bits[2], bits[3]));
  if (__builtin_expect (_mm512_cmpgt_epu32_mask (most, constants->largest),
                        0))
    return 0;
#pragma GCC unroll 4
  for (size_t i = 0; i < NUMSYS_PARTS; i++)
    bits[i] = codes_of (constants, kind, bits[i]);
  code = _mm512_packus_epi16 (
    _mm512_sub_epi16 (_mm512_packus_epi32 (bits[0], bits[1]),
                      constants->less),
    _mm512_sub_epi16 (_mm512_packus_epi32 (bits[2], bits[3]),
                      constants->less));
  sign = _mm512_packs_epi16 (_mm512_packs_epi32 (x[0], x[1]),
                             _mm512_packs_epi32 (x[2], x[3]));
  /* code | (sign & constants->sign) */
  result = _mm512_ternarylogic_epi32 (
    code, _mm512_srlv_epi16 (sign, constants->sign_shift), constants->sign,
    0xf8);
  zero = _mm512_testn_epi8_mask (code, code);
  if (__builtin_expect (zero != 0, 0))
    counts->small
      += numsys_small_of (x, (unsigned) __builtin_popcountll (zero));
  _mm512_storeu_si512 (codes, numsys_order_packed (result));
  return 1;
}

/* As two of 32 words. */
static inline __attribute__ ((always_inline)) int
line_of_words (const registers *constants, form kind, size_t size,
               const float in[], const __m512i x[NUMSYS_PARTS], void *codes,
               numsys_counts *counts)
{
  __m512i bits[NUMSYS_PARTS], most;
  __mmask32 is_least = 0;
  unsigned zero = 0;

#pragma GCC unroll 4
  for (size_t i = 0; i < NUMSYS_PARTS; i++)
    bits[i] = magnitude (x[i]);
  most = _mm512_max_epu32 (_mm512_max_epu32 (bits[0], bits[1]),
                           _mm512_max_epu32 (bits[2], bits[3]));
  if (__builtin_expect (_mm512_cmpgt_epu32_mask (most, constants->largest),
                        0))
    return 0;
#pragma GCC unroll 2
  for (size_t i = 0; i < NUMSYS_PARTS; i += 2)
    {
      const __m512i sign = _mm512_srlv_epi16 (
        numsys_high_halves (x[i], x[i + 1]), constants->sign_shift);
      __m512i code = numsys_low_halves (codes_of (constants, kind, bits[i]),
                                 codes_of (constants, kind, bits[i + 1]));

      if (kind == SHIFT)
        code = _mm512_sub_epi16 (code, constants->less);
      else
        {
          /* Subnormal numbers come to the least normal one's at most. */
          is_least |= _mm512_cmple_epu16_mask (code, _mm512_set1_epi16 (0x80));
          code = _mm512_maskz_sub_epi16 (_mm512_test_epi16_mask (code, code),
                                         code, constants->less);
        }
      zero += (unsigned) __builtin_popcount (
        _mm512_testn_epi16_mask (code, code));
      /* code | (sign & constants->sign) */
      numsys_store_words (
        size,
        numsys_order_words (_mm512_ternarylogic_epi32 (
          code, sign, constants->sign, 0xf8)),
        (char *) codes + i * LANES * size);
    }
  if (kind == CUT && __builtin_expect (is_least, 0)
      && constants->lacks_subnormals && !numsys_are_ordinary (in))
    return 0;
  if (__builtin_expect (zero != 0, 0))
    counts->small += numsys_small_of (x, zero);
  return 1;
}

static inline __attribute__ ((always_inline)) size_t
encode (const numsys_dyadic_rounding *plan, size_t n, const float x[],
        char *codes, numsys_counts *counts, form kind, size_t size)
{
  const registers constants = load (plan, size, kind);
  numsys_counts seen = { 0 };
  int is_done = 1;
  size_t i;

  for (i = 0; n - i >= LINE; i += LINE)
    {
      __m512i in[NUMSYS_PARTS];

#pragma GCC unroll 4
      for (size_t j = 0; j < NUMSYS_PARTS; j++)
        in[j] = _mm512_loadu_si512 (x + i + j * LANES);
      if (size == 1)
        is_done = line_of_bytes (&constants, kind, in, codes + i, &seen);
      else
        is_done = line_of_words (&constants, kind, size, x + i, in,
                                 codes + i * size, &seen);
      if (!is_done)
        break;
    }
  counts->small += seen.small;
  return i;
}

/* Ties to even alone. */
static form
form_of (const numsys_dyadic_rounding *plan, size_t size)
{
  if (!numsys_is_nearest_even (&plan->choice) || plan->is_complement
      || (size == 4 && plan->width > 15))
    return NONE;
  if (plan->floor == 1 && plan->code_floor <= 1 && plan->drop == 16
      && size > 1)
    return CUT;
  return plan->code_floor == plan->floor && plan->drop > 23 - 14
         && (size > 1 || plan->drop > 23 - 7) ? SHIFT : NONE;
}

int
numsys_avx512_dyadic_has_lines (const numsys_dyadic_rounding *plan,
                                size_t size)
{
  return plan->is_complement ? numsys_avx512_fixed_has_lines (plan, size)
                             : form_of (plan, size) != NONE;
}

size_t
numsys_avx512_dyadic_lines (const numsys_dyadic_rounding *plan, size_t n,
                            const float x[], size_t size, void *codes,
                            numsys_counts *counts)
{
  switch (form_of (plan, size))
    {
    case SHIFT:
      return size == 1   ? encode (plan, n, x, codes, counts, SHIFT, 1)
             : size == 2 ? encode (plan, n, x, codes, counts, SHIFT, 2)
                         : encode (plan, n, x, codes, counts, SHIFT, 4);
    case CUT:
      return size == 2 ? encode (plan, n, x, codes, counts, CUT, 2)
                       : encode (plan, n, x, codes, counts, CUT, 4);
    default:
      return numsys_avx512_fixed_lines (plan, n, x, size, codes, counts);
    }
}
