/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What LNS kernels on 16 lanes share: logarithms of mantissas, and tables in
   registers.  */

#ifndef NUMSYS_KERNELS_LNS_AVX512_H
#define NUMSYS_KERNELS_LNS_AVX512_H

#include <immintrin.h>
#include "numsys/kernels/bits.h"

/* Nothing to a file that is not built for it. */
#ifdef __AVX512F__

/* Bounds the error of numsys_log2_lanes, twice over: measured on all 2^23
   mantissas it is below 2^-23.1 (tests/numsys/kernels-t.c runs all of them
   through what relies on it).  */
#define NUMSYS_LOG2_ERROR 0x1p-22f

/* log2 (1 + m 2^-23) as f q(f), f = m 2^-23, q the polynomial of degree 8 that
   meets log2 (1 + f) / f at the Chebyshev nodes of [0, 1]: it errs by 2^-25.1,
   the rest is rounding.  */
static inline __m512
numsys_log2_lanes (__m512i mantissa)
{
  static const float q[] = {
    0x1.7154757f952bfp+0f, -0x1.715369a48adb0p-1f, 0x1.ec37163a9d138p-2f,
    -0x1.6ee5f387e52ccp-2f, 0x1.19d396e73454dp-2f, -0x1.91e5ba406e71dp-3f,
    0x1.ca106db9f7ae7p-4f, -0x1.579d0f292b703p-5f, 0x1.e4aa4241f99f8p-8f,
  };
  const __m512 f = _mm512_mul_ps (_mm512_cvtepi32_ps (mantissa),
                                  _mm512_set1_ps (0x1p-23f));
  __m512 y = _mm512_set1_ps (q[8]);

#pragma GCC unroll 8
  for (int i = 7; i >= 0; i--)
    y = _mm512_fmadd_ps (y, f, _mm512_set1_ps (q[i]));
  return _mm512_mul_ps (y, f);
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
