/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Constants of a lane each, for columns that are worked on side by side, half
   of them at a time.  */

#ifndef NUMSYS_KERNELS_COLUMNS_AVX2_H
#define NUMSYS_KERNELS_COLUMNS_AVX2_H

#include <immintrin.h>
#include <stddef.h>

/* Nothing to a file that is not built for it. */
#ifdef __AVX2__

/* The field of 32 bits that 8 structs of `size' bytes have at the same place,
   the first's being at `field'. */
static inline __m256i
numsys_fields (const void *field, size_t size)
{
  const __m256i number = _mm256_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7);

  return _mm256_i32gather_epi32 (
    field, _mm256_mullo_epi32 (number, _mm256_set1_epi32 ((int) size)), 1);
}

#endif
#endif
