/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of 16 lanes to arrays of 1, 2 or 4 bytes a code, and from there.  */

#ifndef NUMSYS_KERNELS_CODES_AVX512_H
#define NUMSYS_KERNELS_CODES_AVX512_H

#include <immintrin.h>
#include <stddef.h>

/* Nothing to a file that is not built for it. */
#ifdef __AVX512F__

/* codes[i ...], in the lanes given. */
static inline void
numsys_store_lanes (void *codes, size_t size, size_t i, __mmask16 given,
                    __m512i lanes)
{
  void *to = (char *) codes + i * size;

  if (size == 1)
    _mm_mask_storeu_epi8 (to, given, _mm512_cvtepi32_epi8 (lanes));
  else if (size == 2)
    _mm256_mask_storeu_epi16 (to, given, _mm512_cvtepi32_epi16 (lanes));
  else
    _mm512_mask_storeu_epi32 (to, given, lanes);
}

static inline __m512i
numsys_load_lanes (const void *codes, size_t size, size_t i, __mmask16 given)
{
  const void *from = (const char *) codes + i * size;

  if (size == 1)
    return _mm512_cvtepu8_epi32 (_mm_maskz_loadu_epi8 (given, from));
  if (size == 2)
    return _mm512_cvtepu16_epi32 (_mm256_maskz_loadu_epi16 (given, from));
  return _mm512_maskz_loadu_epi32 (given, from);
}

#endif
#endif
