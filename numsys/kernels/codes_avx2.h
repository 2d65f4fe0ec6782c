/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of 8 lanes to arrays of 1, 2 or 4 bytes a code.  */

#ifndef NUMSYS_KERNELS_CODES_AVX2_H
#define NUMSYS_KERNELS_CODES_AVX2_H

#include <string.h>
#include "numsys/kernels/lanes_avx2.h"

/* Nothing to a file that is not built for it. */
#ifdef __AVX2__

/* The lowest bytes of lanes, one after the other. */
static inline __m128i
numsys_bytes_of (__m256i lanes)
{
  const __m256i lowest = _mm256_shuffle_epi8 (
    lanes, _mm256_broadcastsi128_si256 (
             _mm_setr_epi8 (0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                            -1, -1, -1)));

  return _mm_unpacklo_epi32 (_mm256_castsi256_si128 (lowest),
                             _mm256_extracti128_si256 (lowest, 1));
}

/* The same of two bytes each. */
static inline __m128i
numsys_words_of (__m256i lanes)
{
  const __m256i lowest = _mm256_shuffle_epi8 (
    lanes, _mm256_broadcastsi128_si256 (
             _mm_setr_epi8 (0, 1, 4, 5, 8, 9, 12, 13, -1, -1, -1, -1, -1, -1,
                            -1, -1)));

  return _mm_unpacklo_epi64 (_mm256_castsi256_si128 (lowest),
                             _mm256_extracti128_si256 (lowest, 1));
}

static __attribute__ ((noinline)) void
numsys_store_few (void *codes, __m128i narrow, size_t bytes)
{
  memcpy (codes, &narrow, bytes);
}

/* codes[i ...], in the first n lanes. */
static inline __attribute__ ((always_inline)) void
numsys_store_codes (void *codes, size_t size, size_t i, size_t n,
                    __m256i lanes)
{
  char *to = (char *) codes + i * size;
  __m128i narrow;

  if (size == sizeof (uint32_t))
    {
      numsys_store_lanes (n, to, lanes);
      return;
    }
  narrow = size == 1 ? numsys_bytes_of (lanes) : numsys_words_of (lanes);
  if (__builtin_expect (n < NUMSYS_LANES, 0))
    numsys_store_few (to, narrow, n * size);
  else if (size == 1)
    _mm_storel_epi64 ((__m128i *) (void *) to, narrow);
  else
    _mm_storeu_si128 ((__m128i *) (void *) to, narrow);
}

#endif
#endif
