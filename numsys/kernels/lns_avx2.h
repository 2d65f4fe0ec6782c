/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What LNS kernels on 8 lanes share: logarithms of mantissas, and tables in
   registers or memory.  */

#ifndef NUMSYS_KERNELS_LNS_AVX2_H
#define NUMSYS_KERNELS_LNS_AVX2_H

#include "numsys/kernels/lanes_avx2.h"
#include "numsys/kernels/logarithm.h"

/* Nothing to a file that is not built for it. */
#ifdef __AVX2__

/* log2 (1 + m 2^-23), by a polynomial that logarithm.h has. */
static inline __attribute__ ((always_inline)) __m256
numsys_log2_by (const float terms[], int degree, __m256i mantissa)
{
  const __m256 f = _mm256_mul_ps (_mm256_cvtepi32_ps (mantissa),
                                  _mm256_set1_ps (0x1p-23f));
  __m256 y = _mm256_set1_ps (terms[degree]);

#pragma GCC unroll 8
  for (int i = degree - 1; i >= 0; i--)
    y = _mm256_fmadd_ps (y, f, _mm256_set1_ps (terms[i]));
  return _mm256_mul_ps (y, f);
}

/* table[index] of 16 entries; higher bits of index are ignored. */
static inline __m256i
numsys_look_up_16 (const __m256i table[2], __m256i index)
{
  return numsys_either (_mm256_permutevar8x32_epi32 (table[0], index),
                        _mm256_permutevar8x32_epi32 (table[1], index),
                        _mm256_slli_epi32 (index, 28));
}

static inline __m256i
numsys_look_up_32 (const __m256i table[4], __m256i index)
{
  return numsys_either (numsys_look_up_16 (table, index),
                        numsys_look_up_16 (table + 2, index),
                        _mm256_slli_epi32 (index, 27));
}

/* table[index] of 8 * vectors entries, vectors being 2 or 4. */
static inline __attribute__ ((always_inline)) __m256i
numsys_look_up (const __m256i table[], __m256i index, size_t vectors)
{
  return vectors == 2 ? numsys_look_up_16 (table, index)
                      : numsys_look_up_32 (table, index);
}

static inline __m256i
numsys_gather (const void *table, __m256i index)
{
  return _mm256_i32gather_epi32 (table, index, 4);
}

/* table[index] and the entries after these. */
static inline void
numsys_gather_pairs (const void *table, __m256i index, __m256i *low,
                     __m256i *high)
{
  const __m256 a = _mm256_castsi256_ps (_mm256_i32gather_epi64 (
    table, _mm256_castsi256_si128 (index), 4));
  const __m256 b = _mm256_castsi256_ps (_mm256_i32gather_epi64 (
    table, _mm256_extracti128_si256 (index, 1), 4));

  *low = _mm256_permute4x64_epi64 (
    _mm256_castps_si256 (_mm256_shuffle_ps (a, b, 0x88)), 0xD8);
  *high = _mm256_permute4x64_epi64 (
    _mm256_castps_si256 (_mm256_shuffle_ps (a, b, 0xDD)), 0xD8);
}

#endif
#endif
