/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What LNS kernels on 16 lanes share: logarithms of mantissas, and tables in
   registers.  */

#ifndef NUMSYS_KERNELS_LNS_AVX512_H
#define NUMSYS_KERNELS_LNS_AVX512_H

#include <immintrin.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/logarithm.h"

/* Nothing to a file that is not built for it. */
#ifdef __AVX512F__

/* log2 (1 + m 2^-23), by a polynomial that logarithm.h has. */
static inline __attribute__ ((always_inline)) __m512
numsys_log2_by (const float terms[], int degree, __m512i mantissa)
{
  const __m512 f = _mm512_mul_ps (_mm512_cvtepi32_ps (mantissa),
                                  _mm512_set1_ps (0x1p-23f));
  __m512 y = _mm512_set1_ps (terms[degree]);

#pragma GCC unroll 8
  for (int i = degree - 1; i >= 0; i--)
    y = _mm512_fmadd_ps (y, f, _mm512_set1_ps (terms[i]));
  return _mm512_mul_ps (y, f);
}

static inline __m512
numsys_log2_lanes (__m512i mantissa)
{
  return numsys_log2_by (numsys_log2_terms, NUMSYS_LOG2_DEGREE, mantissa);
}

/* table[index] of 32 entries; higher bits of index are ignored. */
static inline __m512i
numsys_look_up_32 (const __m512i table[2], __m512i index)
{
  return _mm512_permutex2var_epi32 (table[0], index, table[1]);
}

static inline __m512i
numsys_look_up_64 (const __m512i table[4], __m512i index)
{
  return _mm512_mask_mov_epi32 (
    numsys_look_up_32 (table, index),
    _mm512_test_epi32_mask (index, _mm512_set1_epi32 (32)),
    numsys_look_up_32 (table + 2, index));
}

/* table[index] of 16 * vectors entries, vectors being 1, 2, 4 or 8. */
static inline __attribute__ ((always_inline)) __m512i
numsys_look_up (const __m512i table[], __m512i index, size_t vectors)
{
  switch (vectors)
    {
    case 1: return _mm512_permutexvar_epi32 (index, table[0]);
    case 2: return numsys_look_up_32 (table, index);
    case 4: return numsys_look_up_64 (table, index);
    default:
      return _mm512_mask_mov_epi32 (
        numsys_look_up_64 (table, index),
        _mm512_test_epi32_mask (index, _mm512_set1_epi32 (64)),
        numsys_look_up_64 (table + 4, index));
    }
}

#endif
#endif
