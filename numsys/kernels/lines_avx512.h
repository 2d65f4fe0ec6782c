/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of 64 numbers on their way to codes of 8 or 16 bits.  What 32 bits are
   not needed for is done to the high halves: those of two vectors in one, its
   lane j being number j of the first below that of the second.  */

#ifndef NUMSYS_KERNELS_LINES_AVX512_H
#define NUMSYS_KERNELS_LINES_AVX512_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/kernels.h"

/* Nothing to a file that is not built for it. */
#ifdef __AVX512F__

enum { NUMSYS_LINE = 64, NUMSYS_PARTS = 4 };

static inline __m512i
numsys_high_halves (__m512i a, __m512i b)
{
  /* a >> 16 | (b & high half) */
  return _mm512_ternarylogic_epi32 (
    _mm512_srli_epi32 (a, 16), b, _mm512_set1_epi32 ((int) 0xffff0000), 0xf8);
}

/* Low halves, as numsys_high_halves. */
static inline __m512i
numsys_low_halves (__m512i a, __m512i b)
{
  /* (a & low half) | b << 16 */
  return _mm512_ternarylogic_epi32 (
    _mm512_slli_epi32 (b, 16), a, _mm512_set1_epi32 (0xffff), 0xf8);
}

/* Numbers of a line that became zero, of which `zero' codes tell. */
static inline unsigned
numsys_small_of (const __m512i x[NUMSYS_PARTS], unsigned zero)
{
#pragma GCC unroll 4
  for (size_t i = 0; i < NUMSYS_PARTS; i++)
    zero -= (unsigned) __builtin_popcount (
      _mm512_testn_epi32_mask (x[i], _mm512_set1_epi32 (0x7fffffff)));
  return zero;
}

/* Two vectors of halves, in the order of their numbers: as 64 bytes that
   _mm512_packus_epi16 or _mm512_packs_epi16 made, or 32 words each.  */
static inline __m512i
numsys_order_bytes (__m512i bytes)
{
  const __m512i in_lanes = _mm512_broadcast_i32x4 (
    _mm_setr_epi8 (0, 2, 4, 6, 1, 3, 5, 7, 8, 10, 12, 14, 9, 11, 13, 15));
  const __m512i lanes
    = _mm512_setr_epi32 (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11,
                         15);

  return _mm512_permutexvar_epi32 (lanes,
                                   _mm512_shuffle_epi8 (bytes, in_lanes));
}

/* The same of bytes that came of _mm512_packs_epi32 first. */
static inline __m512i
numsys_order_packed (__m512i bytes)
{
  return _mm512_permutexvar_epi32 (
    _mm512_setr_epi32 (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15),
    bytes);
}

static inline __m512i
numsys_order_words (__m512i words)
{
  const __m512i in_lanes = _mm512_broadcast_i32x4 (
    _mm_setr_epi8 (0, 1, 4, 5, 8, 9, 12, 13, 2, 3, 6, 7, 10, 11, 14, 15));
  const __m512i lanes = _mm512_setr_epi64 (0, 2, 4, 6, 1, 3, 5, 7);

  return _mm512_permutexvar_epi64 (lanes,
                                   _mm512_shuffle_epi8 (words, in_lanes));
}

/* 32 codes of 16 bits, in order, to as many of 2 or 4 bytes. */
static inline __attribute__ ((always_inline)) void
numsys_store_words (size_t size, __m512i words, char *codes)
{
  if (size == 2)
    {
      _mm512_storeu_si512 (codes, words);
      return;
    }
  _mm512_storeu_si512 (
    codes, _mm512_cvtepu16_epi32 (_mm512_castsi512_si256 (words)));
  _mm512_storeu_si512 (
    codes + sizeof words,
    _mm512_cvtepu16_epi32 (_mm512_extracti64x4_epi64 (words, 1)));
}

/* To nearest, ties to even. */
static inline int
numsys_is_nearest_even (const numsys_choice *choice)
{
  return choice->mask == 0 && choice->flips
         && choice->base[0] == NUMSYS_SIGN_BIT
         && choice->base[1] == NUMSYS_SIGN_BIT;
}

/* Whether none of 64 numbers is subnormal, infinite or NaN. */
static inline int
numsys_are_ordinary (const float x[])
{
  enum { NOT_ORDINARY = 0xb9 };
  __mmask16 found = 0;

#pragma GCC unroll 4
  for (size_t i = 0; i < 4; i++)
    found |= _mm512_fpclass_ps_mask (_mm512_loadu_ps (x + 16 * i),
                                     NOT_ORDINARY);
  return found == 0;
}

#endif
#endif
