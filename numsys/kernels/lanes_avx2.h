/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What loops of 8 lanes share: taking the first few, and telling which.  */

#ifndef NUMSYS_KERNELS_LANES_AVX2_H
#define NUMSYS_KERNELS_LANES_AVX2_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

/* Nothing to a file that is not built for it. */
#ifdef __AVX2__

enum { NUMSYS_LANES = 8 };

static inline __m256i
numsys_each (uint32_t x)
{
  return _mm256_set1_epi32 ((int32_t) x);
}

/* The same, hidden from the compiler, which makes a constant that it knows
   anew in each turn where registers are few; this one it loads. */
static inline __m256i
numsys_each_kept (uint32_t x)
{
  __m256i lanes = numsys_each (x);

  __asm__ ("" : "+x" (lanes));
  return lanes;
}

/* All bits of the first n lanes, none of the others. */
static inline __m256i
numsys_first_lanes (size_t n)
{
  return _mm256_cmpgt_epi32 (_mm256_set1_epi32 ((int) n),
                             _mm256_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7));
}

/* n numbers of 32 bits, 0 in the other lanes; no other is read. */
static inline __attribute__ ((always_inline)) __m256i
numsys_load_lanes (size_t n, const void *x)
{
  if (n == NUMSYS_LANES)
    return _mm256_loadu_si256 (x);
  return _mm256_maskload_epi32 (x, numsys_first_lanes (n));
}

static inline __attribute__ ((always_inline)) void
numsys_store_lanes (size_t n, void *out, __m256i x)
{
  if (__builtin_expect (n == NUMSYS_LANES, 1))
    _mm256_storeu_si256 (out, x);
  else
    _mm256_maskstore_epi32 (out, numsys_first_lanes (n), x);
}

/* A bit a lane: its highest. */
static inline unsigned
numsys_lane_bits (__m256i x)
{
  return (unsigned) _mm256_movemask_ps (_mm256_castsi256_ps (x));
}

/* How many of the first n lanes have the highest bit. */
static inline unsigned
numsys_count_lanes (size_t n, __m256i x)
{
  return (unsigned) __builtin_popcount (numsys_lane_bits (x)
                                        & ((1u << n) - 1));
}

/* How many of the first n lanes there are before one that has it. */
static inline size_t
numsys_lanes_before (size_t n, __m256i x)
{
  const unsigned bits = numsys_lane_bits (x) & ((1u << n) - 1);

  return __builtin_expect (bits == 0, 1) ? n : (size_t) __builtin_ctz (bits);
}

/* The sum of all lanes. */
static inline uint64_t
numsys_total (__m256i x)
{
  uint32_t lane[NUMSYS_LANES];
  uint64_t sum = 0;

  _mm256_storeu_si256 ((__m256i *) lane, x);
  for (size_t i = 0; i < NUMSYS_LANES; i++)
    sum += lane[i];
  return sum;
}

/* Per lane, no where mask has no highest bit, else yes. */
static inline __m256i
numsys_either (__m256i no, __m256i yes, __m256i mask)
{
  return _mm256_castps_si256 (_mm256_blendv_ps (
    _mm256_castsi256_ps (no), _mm256_castsi256_ps (yes),
    _mm256_castsi256_ps (mask)));
}

#endif
#endif
