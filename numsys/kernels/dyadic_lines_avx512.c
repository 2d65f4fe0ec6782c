/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of floating and fixed point to nearest, ties to even, 64 at a time.
   Fixed point is a product rounded to an integer.  Floating point adds 3/2 2^23
   spacings, whatever the spacing is: the sum's exponent, and how many spacings
   it is above them, are the code but for a constant.  Where that would leave
   float32's range but codes are its own bits cut off, these are cut.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/lines_avx512.h"

enum { LANES = 16, LINE = NUMSYS_LINE, PART = 4 };

/* What the loop is made for. */
typedef enum form
{
  NONE, FIXED, SHIFT, CUT
} form;

/* What a loop keeps in registers. */
typedef struct registers
{
  __m512 inverse;               /* of the unit of fixed point */
  __m512i least, most;          /* in units: of 16 bits if codes have 8 */
  __m512i kept;                 /* bits of codes, as many of them */
  int is_signed;
  __m512i largest;              /* bits */
  __m512i floor, shift;         /* bits: exponents, and what shifters add */
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

/* Number and code of the largest magnitude by sign, in units. */
static int32_t
units (const numsys_dyadic_rounding *plan, int negative)
{
  const float unit
    = numsys_float_of ((uint32_t) (plan->floor - 150 + 127) << 23);

  return (int32_t) (numsys_float_of (plan->largest[negative]) / unit);
}

static registers
load (const numsys_dyadic_rounding *plan, size_t size, form kind)
{
  const int width = size == 1 ? 8 : 16;
  const int32_t exponent = plan->floor + (int32_t) plan->drop;
  /* A sum of no spacings at the floor. */
  const uint32_t least = (uint32_t) exponent << 7 | 0x40;
  const unsigned kept = 23 - plan->drop;
  registers constants = {
    .largest = _mm512_set1_epi32 ((int) plan->largest[0]),
    .drop = _mm512_set1_epi32 ((int) plan->drop),
  };

  if (kind == FIXED)
    {
      const int32_t top = units (plan, 0), bottom = -units (plan, 1);
      const int32_t mask = (int32_t) (UINT32_MAX >> (32 - plan->width));

      constants.inverse = _mm512_set1_ps (
        numsys_float_of ((uint32_t) (150 - plan->floor + 127) << 23));
      constants.is_signed = bottom < 0;
      constants.least = size == 1 ? _mm512_set1_epi16 ((short) bottom)
                                  : _mm512_set1_epi32 (bottom);
      constants.most = size == 1 ? _mm512_set1_epi16 ((short) top)
                                 : _mm512_set1_epi32 (top);
      constants.kept = size == 1 ? _mm512_set1_epi8 ((char) mask)
                                 : _mm512_set1_epi16 ((short) mask);
      return constants;
    }
  constants.floor = _mm512_set1_epi32 (plan->floor << 23);
  constants.shift = _mm512_set1_epi32 ((int) (plan->drop << 23 | 0x400000));
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
  const __m512i exponent
    = _mm512_and_si512 (bits, _mm512_set1_epi32 (NUMSYS_INFINITY_BITS));
  const __m512i shifter = _mm512_add_epi32 (
    _mm512_max_epi32 (exponent, constants->floor), constants->shift);
  const __m512i odd = _mm512_and_si512 (
    _mm512_srlv_epi32 (bits, constants->drop), _mm512_set1_epi32 (1));

  if (kind == CUT)
    return _mm512_srlv_epi32 (
      _mm512_add_epi32 (_mm512_add_epi32 (bits, constants->half), odd),
      constants->drop);
  return _mm512_srli_epi32 (
    _mm512_madd_epi16 (_mm512_castps_si512 (_mm512_add_ps (
                         _mm512_castsi512_ps (bits),
                         _mm512_castsi512_ps (shifter))),
                       constants->factors),
    7);
}

/* Low halves, as numsys_high_halves. */
static inline __m512i
low_halves (__m512i a, __m512i b)
{
  /* (a & low half) | b << 16 */
  return _mm512_ternarylogic_epi32 (
    _mm512_slli_epi32 (b, 16), a, _mm512_set1_epi32 (0xffff), 0xf8);
}

/* Numbers that became zero, of which `zero' codes tell. */
static inline uint64_t
small_of (const __m512i x[PART], unsigned zero)
{
#pragma GCC unroll 4
  for (size_t i = 0; i < PART; i++)
    zero -= (unsigned) __builtin_popcount (
      _mm512_testn_epi32_mask (x[i], _mm512_set1_epi32 (0x7fffffff)));
  return zero;
}

/* To 64 codes as 64 bytes.  0: a number is not for here. */
static inline __attribute__ ((always_inline)) int
line_of_bytes (const registers *constants, form kind, const __m512i x[PART],
               void *codes, numsys_counts *counts)
{
  const __m512i lanes = _mm512_setr_epi32 (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10,
                                           14, 3, 7, 11, 15);
  __m512i bits[PART], most, result, code, sign;
  uint64_t zero;

#pragma GCC unroll 4
  for (size_t i = 0; i < PART; i++)
    bits[i] = magnitude (x[i]);
  most = _mm512_max_epu32 (_mm512_max_epu32 (bits[0], bits[1]),
                           _mm512_max_epu32 (bits[2], bits[3]));
  if (__builtin_expect (_mm512_cmpgt_epu32_mask (most, constants->largest),
                        0))
    return 0;
#pragma GCC unroll 4
  for (size_t i = 0; i < PART; i++)
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
    counts->small += small_of (x, (unsigned) __builtin_popcountll (zero));
  _mm512_storeu_si512 (codes, _mm512_permutexvar_epi32 (lanes, result));
  return 1;
}

/* As two of 32 words. */
static inline __attribute__ ((always_inline)) int
line_of_words (const registers *constants, form kind, const float in[],
               const __m512i x[PART], void *codes, numsys_counts *counts)
{
  __m512i bits[PART], most;
  __mmask32 is_least = 0;
  unsigned zero = 0;

#pragma GCC unroll 4
  for (size_t i = 0; i < PART; i++)
    bits[i] = magnitude (x[i]);
  most = _mm512_max_epu32 (_mm512_max_epu32 (bits[0], bits[1]),
                           _mm512_max_epu32 (bits[2], bits[3]));
  if (__builtin_expect (_mm512_cmpgt_epu32_mask (most, constants->largest),
                        0))
    return 0;
#pragma GCC unroll 2
  for (size_t i = 0; i < PART; i += 2)
    {
      const __m512i sign = _mm512_srlv_epi16 (
        numsys_high_halves (x[i], x[i + 1]), constants->sign_shift);
      __m512i code = low_halves (codes_of (constants, kind, bits[i]),
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
      _mm512_storeu_si512 (
        (char *) codes + i * sizeof code / 2,
        numsys_order_words (_mm512_ternarylogic_epi32 (
          code, sign, constants->sign, 0xf8)));
    }
  if (kind == CUT && __builtin_expect (is_least, 0)
      && constants->lacks_subnormals && !numsys_are_ordinary (in))
    return 0;
  if (__builtin_expect (zero != 0, 0))
    counts->small += small_of (x, zero);
  return 1;
}

static inline __m512i
integers (const registers *constants, __m512i x)
{
  return _mm512_cvt_roundps_epi32 (
    _mm512_mul_ps (_mm512_castsi512_ps (x), constants->inverse),
    _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

/* What integers have no room for is out of the range too. */
static inline __attribute__ ((always_inline)) int
fixed_bytes (const registers *constants, const __m512i x[PART], void *codes,
             numsys_counts *counts)
{
  const __m512i lanes = _mm512_setr_epi32 (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10,
                                           14, 3, 7, 11, 15);
  __m512i code[2], result;
  __mmask32 over = 0;

#pragma GCC unroll 2
  for (size_t i = 0; i < 2; i++)
    {
      code[i] = _mm512_packs_epi32 (integers (constants, x[2 * i]),
                                    integers (constants, x[2 * i + 1]));
      over |= _mm512_cmplt_epi16_mask (code[i], constants->least)
              | _mm512_cmpgt_epi16_mask (code[i], constants->most);
    }
  if (__builtin_expect (over, 0))
    return 0;
  result = constants->is_signed ? _mm512_packs_epi16 (code[0], code[1])
                                : _mm512_packus_epi16 (code[0], code[1]);
  counts->small += small_of (x, (unsigned) __builtin_popcountll (
                                  _mm512_testn_epi8_mask (result, result)));
  _mm512_storeu_si512 (
    codes, _mm512_permutexvar_epi32 (
             lanes, _mm512_and_si512 (result, constants->kept)));
  return 1;
}

static inline __attribute__ ((always_inline)) int
fixed_words (const registers *constants, const __m512i x[PART], void *codes,
             numsys_counts *counts)
{
  __m512i code[PART];
  __mmask16 over = 0;
  unsigned zero = 0;

#pragma GCC unroll 4
  for (size_t i = 0; i < PART; i++)
    {
      code[i] = integers (constants, x[i]);
      over |= _mm512_cmplt_epi32_mask (code[i], constants->least)
              | _mm512_cmpgt_epi32_mask (code[i], constants->most);
    }
  if (__builtin_expect (over, 0))
    return 0;
#pragma GCC unroll 2
  for (size_t i = 0; i < PART; i += 2)
    {
      const __m512i both = _mm512_and_si512 (
        low_halves (code[i], code[i + 1]), constants->kept);

      zero += (unsigned) __builtin_popcount (
        _mm512_testn_epi16_mask (both, both));
      _mm512_storeu_si512 ((char *) codes + i * sizeof both / 2,
                           numsys_order_words (both));
    }
  counts->small += small_of (x, zero);
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
      __m512i in[PART];

#pragma GCC unroll 4
      for (size_t j = 0; j < PART; j++)
        in[j] = _mm512_loadu_si512 (x + i + j * LANES);
      if (kind == FIXED && size == 1)
        is_done = fixed_bytes (&constants, in, codes + i, &seen);
      else if (kind == FIXED)
        is_done = fixed_words (&constants, in, codes + i * size, &seen);
      else if (size == 1)
        is_done = line_of_bytes (&constants, kind, in, codes + i, &seen);
      else
        is_done = line_of_words (&constants, kind, x + i, in,
                                 codes + i * size, &seen);
      if (!is_done)
        break;
    }
  counts->small += seen.small;
  return i;
}

/* Ties to even alone; and powers of two that are normal floats. */
static form
form_of (const numsys_dyadic_rounding *plan, size_t size)
{
  const numsys_choice *choice = &plan->choice;
  const int32_t exponent = (int32_t) (plan->largest[0] >> 23);

  if (choice->mask != 0 || !choice->flips
      || choice->base[0] != NUMSYS_SIGN_BIT
      || choice->base[1] != NUMSYS_SIGN_BIT || size > 2)
    return NONE;
  if (plan->is_complement)
    return plan->drop == 0 && plan->floor >= 24 && plan->floor <= 276 - 24
             ? FIXED : NONE;
  if (plan->floor == 1 && plan->code_floor <= 1 && plan->drop == 16
      && size == 2)
    return CUT;
  return plan->code_floor == plan->floor && plan->drop > 23 - 14
           && (size == 2 || plan->drop > 23 - 7)
           && exponent + (int32_t) plan->drop < 254
           ? SHIFT : NONE;
}

int
numsys_avx512_dyadic_has_lines (const numsys_dyadic_rounding *plan,
                                size_t size)
{
  return form_of (plan, size) != NONE;
}

size_t
numsys_avx512_dyadic_lines (const numsys_dyadic_rounding *plan, size_t n,
                            const float x[], size_t size, void *codes,
                            numsys_counts *counts)
{
  switch (form_of (plan, size))
    {
    case FIXED:
      return size == 1 ? encode (plan, n, x, codes, counts, FIXED, 1)
                       : encode (plan, n, x, codes, counts, FIXED, 2);
    case SHIFT:
      return size == 1 ? encode (plan, n, x, codes, counts, SHIFT, 1)
                       : encode (plan, n, x, codes, counts, SHIFT, 2);
    case CUT:
      return encode (plan, n, x, codes, counts, CUT, 2);
    default:
      return 0;
    }
}
