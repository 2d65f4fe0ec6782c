/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to floating point on 8 lanes.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/portable.h"

enum { LANES = 8 };

/* What a loop keeps in registers; all bits are below those of NaN, so signed
   comparisons do. */
typedef struct registers
{
  __m256i normal, smallest, small, over, beyond;
  __m256i kept, half, odd;
  __m128i drop;
  __m256 shifter;
} registers;

typedef struct lane_counts
{
  __m256i small, zero, not_over;
} lane_counts;

static inline __m256i
nearest (const registers *constants, __m256i bits)
{
  __m256i odd = _mm256_and_si256 (_mm256_srl_epi32 (bits, constants->drop),
                                  constants->odd);
  __m256i cut = _mm256_and_si256 (
    _mm256_add_epi32 (_mm256_add_epi32 (bits, constants->half), odd),
    constants->kept);
  __m256 near_zero = _mm256_sub_ps (
    _mm256_add_ps (_mm256_castsi256_ps (bits), constants->shifter),
    constants->shifter);

  return _mm256_blendv_epi8 (cut, _mm256_castps_si256 (near_zero),
                             _mm256_cmpgt_epi32 (constants->normal, bits));
}

static inline __attribute__ ((always_inline)) void
quantize (const numsys_float_nearest *plan, const registers *constants,
          const float x[], float out[], lane_counts *lanes,
          numsys_counts *counts)
{
  __m256i signed_bits = _mm256_loadu_si256 ((const __m256i *) x);
  __m256i sign = _mm256_and_si256 (
    signed_bits, _mm256_set1_epi32 ((int) NUMSYS_SIGN_BIT));
  __m256i bits = _mm256_xor_si256 (signed_bits, sign);
  __m256i not_over = _mm256_cmpgt_epi32 (constants->over, bits);
  __m256i is_small = _mm256_cmpgt_epi32 (constants->small, bits);
  __m256i is_special = _mm256_cmpgt_epi32 (
    bits, _mm256_set1_epi32 (NUMSYS_INFINITY_BITS - 1));
  __m256i result;

  if (__builtin_expect (_mm256_movemask_epi8 (is_special), 0))
    {
      /* Lanes that are not over are counted for the whole array. */
      lanes->not_over = _mm256_sub_epi32 (lanes->not_over,
                                          _mm256_set1_epi32 (-1));
      numsys_portable_float_nearest (plan, LANES, x, out, counts);
      return;
    }
  result = _mm256_max_epu32 (nearest (constants, bits), constants->smallest);
  result = _mm256_blendv_epi8 (constants->beyond, result, not_over);
  result = _mm256_or_si256 (_mm256_andnot_si256 (is_small, result), sign);
  lanes->small = _mm256_sub_epi32 (lanes->small, is_small);
  lanes->zero = _mm256_sub_epi32 (
    lanes->zero, _mm256_cmpeq_epi32 (bits, _mm256_setzero_si256 ()));
  lanes->not_over = _mm256_sub_epi32 (lanes->not_over, not_over);
  _mm256_storeu_si256 ((__m256i *) out, result);
}

static uint64_t
total (__m256i lanes)
{
  uint32_t count[LANES];
  uint64_t sum = 0;

  _mm256_storeu_si256 ((__m256i *) count, lanes);
  for (size_t i = 0; i < LANES; i++)
    sum += count[i];
  return sum;
}

static void
quantize_piece (const numsys_float_nearest *plan, size_t n, const float x[],
                float out[], numsys_counts *counts)
{
  uint32_t kept = UINT32_MAX << plan->drop;
  registers constants = {
    .normal = _mm256_set1_epi32 ((int) plan->normal),
    .smallest = _mm256_set1_epi32 ((int) plan->smallest),
    .small = _mm256_set1_epi32 ((int) plan->small),
    .over = _mm256_set1_epi32 ((int) plan->over),
    .beyond = _mm256_set1_epi32 ((int) plan->beyond),
    .kept = _mm256_set1_epi32 ((int) kept),
    .half = _mm256_set1_epi32 ((int) (~kept >> 1)),
    .odd = _mm256_set1_epi32 (plan->drop != 0),
    .drop = _mm_cvtsi32_si128 ((int) plan->drop),
    .shifter = _mm256_set1_ps (plan->shifter),
  };
  lane_counts lanes = { _mm256_setzero_si256 (), _mm256_setzero_si256 (),
                        _mm256_setzero_si256 () };

  for (size_t i = 0; i < n; i += LANES)
    quantize (plan, &constants, x + i, out + i, &lanes, counts);
  counts->small += total (lanes.small);
  counts->zero += total (lanes.zero);
  counts->over += n - total (lanes.not_over);
}

/* Lanes count to 2^32, so an array is cut.  A NaN that stands for what is over
   takes no sign, and is left to plain C. */
void
numsys_avx2_float_nearest (const numsys_float_nearest *plan, size_t n,
                           const float x[], float out[],
                           numsys_counts *counts)
{
  const size_t piece = (size_t) 1 << 30;
  size_t whole = plan->beyond > NUMSYS_INFINITY_BITS ? 0 : n / LANES * LANES;

  for (size_t i = 0; i < whole; i += piece)
    quantize_piece (plan, whole - i < piece ? whole - i : piece, x + i,
                    out + i, counts);
  numsys_portable_float_nearest (plan, n - whole, x + whole, out + whole,
                                 counts);
}
