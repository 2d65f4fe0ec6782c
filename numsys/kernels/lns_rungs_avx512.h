/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where 32 numbers lie on an LNS grid, in halves of lanes: by places
   (lns_places_avx512.h), or by logarithms where there are too many slots for
   that.  */

#ifndef NUMSYS_KERNELS_LNS_RUNGS_AVX512_H
#define NUMSYS_KERNELS_LNS_RUNGS_AVX512_H

#include <immintrin.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/kernels.h"
#include "numsys/kernels/lines_avx512.h"
#include "numsys/kernels/lns_avx512.h"
#include "numsys/kernels/lns_places_avx512.h"
#include "numsys/kernels/log2_parts.h"

/* Nothing to a file that is not built for it. */
#ifdef __AVX512F__

enum { LANES = 16, MOST_VECTORS = 8 };

/* What the loop is made for: vectors of bins, 2^(index_bits - 4), or 0:
   logarithms; and bytes of a code. */
typedef struct loop_form
{
  size_t vectors;
  unsigned index_bits;
  size_t size;
} loop_form;

/* What a loop keeps in registers. */
typedef struct rung_tables
{
  __m512i bin[MOST_VECTORS];
  __m512 part[NUMSYS_LOG2_PART_TERMS][2];
  __m512 sure;          /* how near to an exponent a logarithm must be */
  __m512i gamma;        /* of halves by places, or else of lanes */
  __m512i under;        /* what is subtracted of exponents, so that 0 is under
                           the smallest value and 1 that */
} rung_tables;

static inline __attribute__ ((always_inline)) rung_tables
load_tables (const numsys_lns_rounding *plan, loop_form form)
{
  rung_tables tables = {
    .sure = _mm512_set1_ps (
      0.5f - (float) plan->gamma * NUMSYS_LOG2_PARTS_ERROR),
    .gamma = form.vectors == 0
      ? _mm512_set1_epi32 (plan->gamma)
      : _mm512_set1_epi16 (
          (short) (plan->gamma << (15 - NUMSYS_PLACE_BITS))),
    .under = _mm512_set1_epi16 (
      (short) (plan->least + 127 * plan->gamma - 1)),
  };

  for (size_t i = 0; i < form.vectors; i++)
    tables.bin[i] = numsys_place_bins (plan, i);
  for (size_t j = 0; form.vectors == 0 && j < NUMSYS_LOG2_PART_TERMS; j++)
    for (size_t i = 0; i < 2; i++)
      tables.part[j][i] = _mm512_mul_ps (
        _mm512_loadu_ps (numsys_log2_parts[j] + i * LANES),
        _mm512_set1_ps ((float) plan->gamma));
  return tables;
}

/* 32 numbers as halves: sign, exponent and place, or what else of a mantissa
   lies there; and where they are: 0 is under the smallest value, 1 that, and so
   on, maybe beyond the largest. */
typedef struct halves
{
  __m512i place, rung;
} halves;

static inline __attribute__ ((always_inline)) halves
by_places (const rung_tables *tables, loop_form form, __m512i a, __m512i b)
{
  const unsigned shift = 23 - form.index_bits;
  const __m512i place = numsys_high_halves (
    _mm512_add_epi32 (a, numsys_look_up (tables->bin,
                                         _mm512_srli_epi32 (a, shift),
                                         form.vectors)),
    _mm512_add_epi32 (b, numsys_look_up (tables->bin,
                                         _mm512_srli_epi32 (b, shift),
                                         form.vectors)));

  return (halves) {
    place, _mm512_subs_epu16 (
             _mm512_mulhi_epu16 (_mm512_add_epi16 (place, place),
                                 tables->gamma),
             tables->under)
  };
}

/* The exponents that 16 magnitudes are nearest to, from that of 2^-127 on. */
static inline __attribute__ ((always_inline)) __m512i
nearest (const rung_tables *tables, __m512i bits, __mmask16 *unsure)
{
  const __m512i part = _mm512_srli_epi32 (bits, 18);
  const __m512i octave
    = _mm512_srli_epi32 (_mm512_add_epi32 (bits, bits), 24);
  /* (bits & mantissa) | 1 */
  const __m512 f = _mm512_sub_ps (
    _mm512_castsi512_ps (_mm512_ternarylogic_epi32 (
      bits, _mm512_set1_epi32 (NUMSYS_MANTISSA_BITS),
      _mm512_set1_epi32 (NUMSYS_ONE_BITS), 0xea)),
    _mm512_set1_ps (1));
  __m512 y = _mm512_permutex2var_ps (tables->part[2][0], part,
                                     tables->part[2][1]);
  __m512i k;

#pragma GCC unroll 2
  for (size_t j = 2; j-- > 0;)
    y = _mm512_fmadd_ps (y, f,
                         _mm512_permutex2var_ps (tables->part[j][0], part,
                                                 tables->part[j][1]));
  k = _mm512_cvtps_epi32 (y);
  *unsure |= _mm512_cmp_ps_mask (
    _mm512_abs_ps (_mm512_sub_ps (y, _mm512_cvtepi32_ps (k))),
    tables->sure, _CMP_GE_OQ);
  return _mm512_add_epi32 (_mm512_madd_epi16 (octave, tables->gamma), k);
}

static inline __attribute__ ((always_inline)) halves
by_logarithms (const rung_tables *tables, __m512i a, __m512i b,
               __mmask16 *unsure)
{
  const __m512i exponent = numsys_low_halves (
    nearest (tables, a, unsure), nearest (tables, b, unsure));

  return (halves) { numsys_high_halves (a, b),
                    _mm512_subs_epu16 (exponent, tables->under) };
}

static inline __attribute__ ((always_inline)) halves
halves_of (const rung_tables *tables, loop_form form, const float x[],
           __mmask16 *unsure)
{
  const __m512i a = _mm512_loadu_si512 (x);
  const __m512i b = _mm512_loadu_si512 (x + LANES);

  return form.vectors == 0 ? by_logarithms (tables, a, b, unsure)
                           : by_places (tables, form, a, b);
}

#endif
#endif
