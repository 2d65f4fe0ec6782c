/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Constants of a lane each, for columns that are worked on side by side.  */

#ifndef NUMSYS_KERNELS_COLUMNS_AVX512_H
#define NUMSYS_KERNELS_COLUMNS_AVX512_H

#include <immintrin.h>
#include <stddef.h>

/* Nothing to a file that is not built for it. */
#ifdef __AVX512F__

/* The field of 32 bits that 16 structs of `size' bytes have at the same place,
   the first's being at `field'. */
static inline __m512i
numsys_fields (const void *field, size_t size)
{
  const __m512i number = _mm512_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
                                            11, 12, 13, 14, 15);

  return _mm512_i32gather_epi32 (
    _mm512_mullo_epi32 (number, _mm512_set1_epi32 ((int) size)), field, 1);
}

#endif
#endif
