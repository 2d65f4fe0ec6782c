/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of fixed point to nearest, ties to even, 64 at a time: products rounded
   to integers.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/lines_avx512.h"

enum { LANES = 16, LINE = NUMSYS_LINE };

/* What a loop keeps in registers. */
typedef struct registers
{
  __m512 inverse;               /* of the unit */
  __m512i least, most;          /* in units: of 16 bits if codes have 8 */
  __m512i kept;                 /* bits of codes, as many of them */
  int is_signed;
} registers;

/* The largest magnitude by sign, in units. */
static int32_t
units (const numsys_dyadic_rounding *plan, int negative)
{
  const float unit
    = numsys_float_of ((uint32_t) (plan->floor - 150 + 127) << 23);

  return (int32_t) (numsys_float_of (plan->largest[negative]) / unit);
}

static registers
load (const numsys_dyadic_rounding *plan, size_t size)
{
  const int32_t top = units (plan, 0), bottom = -units (plan, 1);
  const int32_t mask = (int32_t) (UINT32_MAX >> (32 - plan->width));

  return (registers) {
    .inverse = _mm512_set1_ps (
      numsys_float_of ((uint32_t) (150 - plan->floor + 127) << 23)),
    .is_signed = bottom < 0,
    .least = size == 1 ? _mm512_set1_epi16 ((short) bottom)
                       : _mm512_set1_epi32 (bottom),
    .most = size == 1 ? _mm512_set1_epi16 ((short) top)
                      : _mm512_set1_epi32 (top),
    .kept = size == 1 ? _mm512_set1_epi8 ((char) mask)
                      : _mm512_set1_epi16 ((short) mask),
  };
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
fixed_bytes (const registers *constants, const __m512i x[NUMSYS_PARTS],
             void *codes, numsys_counts *counts)
{
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
  counts->small += numsys_small_of (x, (unsigned) __builtin_popcountll (
                                  _mm512_testn_epi8_mask (result, result)));
  _mm512_storeu_si512 (
    codes,
    numsys_order_packed (_mm512_and_si512 (result, constants->kept)));
  return 1;
}

static inline __attribute__ ((always_inline)) int
fixed_words (const registers *constants, size_t size,
             const __m512i x[NUMSYS_PARTS], void *codes,
             numsys_counts *counts)
{
  __m512i code[NUMSYS_PARTS];
  __mmask16 over = 0;
  unsigned zero = 0;

#pragma GCC unroll 4
  for (size_t i = 0; i < NUMSYS_PARTS; i++)
    {
      code[i] = integers (constants, x[i]);
      over |= _mm512_cmplt_epi32_mask (code[i], constants->least)
              | _mm512_cmpgt_epi32_mask (code[i], constants->most);
    }
  if (__builtin_expect (over, 0))
    return 0;
#pragma GCC unroll 2
  for (size_t i = 0; i < NUMSYS_PARTS; i += 2)
    {
      const __m512i both = _mm512_and_si512 (
        numsys_low_halves (code[i], code[i + 1]), constants->kept);

      zero += (unsigned) __builtin_popcount (
        _mm512_testn_epi16_mask (both, both));
      numsys_store_words (size, numsys_order_words (both),
                          (char *) codes + i * LANES * size);
    }
  counts->small += numsys_small_of (x, zero);
  return 1;
}

static inline __attribute__ ((always_inline)) size_t
encode (const numsys_dyadic_rounding *plan, size_t n, const float x[],
        char *codes, numsys_counts *counts, size_t size)
{
  const registers constants = load (plan, size);
  numsys_counts seen = { 0 };
  size_t i;

  for (i = 0; n - i >= LINE; i += LINE)
    {
      __m512i in[NUMSYS_PARTS];

#pragma GCC unroll 4
      for (size_t j = 0; j < NUMSYS_PARTS; j++)
        in[j] = _mm512_loadu_si512 (x + i + j * LANES);
      if (!(size == 1
              ? fixed_bytes (&constants, in, codes + i, &seen)
              : fixed_words (&constants, size, in, codes + i * size, &seen)))
        break;
    }
  counts->small += seen.small;
  return i;
}

/* Units and their inverses must be normal floats. */
int
numsys_avx512_fixed_has_lines (const numsys_dyadic_rounding *plan,
                               size_t size)
{
  return numsys_is_nearest_even (&plan->choice) && plan->is_complement
         && (size < 4 || plan->width <= 16) && plan->drop == 0
         && plan->floor >= 24 && plan->floor <= 252;
}

size_t
numsys_avx512_fixed_lines (const numsys_dyadic_rounding *plan, size_t n,
                           const float x[], size_t size, void *codes,
                           numsys_counts *counts)
{
  return size == 1   ? encode (plan, n, x, codes, counts, 1)
         : size == 2 ? encode (plan, n, x, codes, counts, 2)
                     : encode (plan, n, x, codes, counts, 4);
}
