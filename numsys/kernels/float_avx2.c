/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to floating point on 8 lanes, by shifting or cutting as on 16.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/columns_avx2.h"
#include "numsys/kernels/lanes_avx2.h"
#include "numsys/kernels/portable.h"

enum { LANES = NUMSYS_LANES };

/* What a loop is made for. */
typedef enum form
{
  SHIFT, CUT
} form;

/* What a loop keeps in registers; magnitudes have no sign bit, so signed
   comparisons do. */
typedef struct registers
{
  __m256i normal, shift, smallest, small, over, beyond;
  __m256i kept, half, odd, subnormals;
  __m128i drop;
} registers;

static inline __m256i
shifted (const registers *constants, __m256i bits)
{
  __m256i exponent
    = _mm256_and_si256 (bits, _mm256_set1_epi32 (NUMSYS_INFINITY_BITS));
  __m256 shifter = _mm256_castsi256_ps (_mm256_add_epi32 (
    _mm256_max_epi32 (exponent, constants->normal), constants->shift));
  __m256 sum = _mm256_add_ps (_mm256_castsi256_ps (bits), shifter);

  return _mm256_castps_si256 (_mm256_sub_ps (sum, shifter));
}

static inline __m256i
cut (const registers *constants, __m256i bits)
{
  __m256i odd = _mm256_and_si256 (_mm256_srl_epi32 (bits, constants->drop),
                                  constants->odd);

  return _mm256_and_si256 (
    _mm256_add_epi32 (_mm256_add_epi32 (bits, constants->half), odd),
    constants->kept);
}

/* Whether a number is subnormal where that is not for here. */
static inline int
is_for_others (const registers *constants, const float x[])
{
  const __m256i bits = _mm256_and_si256 (
    _mm256_loadu_si256 ((const __m256i *) x), _mm256_set1_epi32 (0x7fffffff));
  const __m256i less = _mm256_sub_epi32 (bits, constants->odd);

  return _mm256_movemask_epi8 (_mm256_cmpeq_epi32 (
           _mm256_max_epu32 (less, constants->subnormals), less)) != -1;
}

/* Returns small counts, lane by lane.  gap: the smallest value is more
   than a spacing from zero. */
static inline __attribute__ ((always_inline)) __m256i
quantize (const numsys_float_nearest *plan, const registers *constants,
          const float x[], float out[], form way, int gap, __m256i small,
          numsys_counts *counts)
{
  __m256i signed_bits = _mm256_loadu_si256 ((const __m256i *) x);
  __m256i sign = _mm256_and_si256 (
    signed_bits, _mm256_set1_epi32 ((int) NUMSYS_SIGN_BIT));
  __m256i bits = _mm256_xor_si256 (signed_bits, sign);
  __m256i result = way == SHIFT ? shifted (constants, bits)
                                : cut (constants, bits);
  __m256i not_over = _mm256_cmpgt_epi32 (constants->over, bits);
  __m256i is_small = _mm256_cmpgt_epi32 (constants->small, bits);
  int over = ~_mm256_movemask_ps (_mm256_castsi256_ps (not_over)) & 0xff;

  if (gap)
    result = _mm256_andnot_si256 (
      is_small, _mm256_max_epu32 (result, constants->smallest));
  if (__builtin_expect (over != 0, 0))
    {
      /* What is over may be NaN or infinity: one by one. */
      if (_mm256_movemask_epi8 (_mm256_cmpgt_epi32 (
            bits, _mm256_set1_epi32 (NUMSYS_INFINITY_BITS - 1))))
        {
          numsys_portable_float_nearest (plan, LANES, x, out, counts);
          return small;
        }
      result = _mm256_blendv_epi8 (constants->beyond, result, not_over);
      counts->over += (unsigned) __builtin_popcount ((unsigned) over);
    }
  _mm256_storeu_si256 ((__m256i *) out, _mm256_or_si256 (result, sign));
  is_small = _mm256_andnot_si256 (
    _mm256_cmpeq_epi32 (bits, _mm256_setzero_si256 ()), is_small);
  return _mm256_sub_epi32 (small, is_small);
}

static inline __attribute__ ((always_inline)) size_t
quantize_all (const numsys_float_nearest *plan, size_t n, const float x[],
              float out[], numsys_counts *counts, form way, int gap)
{
  uint32_t kept = UINT32_MAX << plan->drop;
  registers constants = {
    .normal = _mm256_set1_epi32 ((int) plan->normal),
    .shift = _mm256_set1_epi32 ((int) (plan->drop << 23 | 0x400000)),
    .smallest = _mm256_set1_epi32 ((int) plan->smallest),
    .small = _mm256_set1_epi32 ((int) plan->small),
    .over = _mm256_set1_epi32 ((int) plan->over),
    .beyond = _mm256_set1_epi32 ((int) plan->beyond),
    .kept = _mm256_set1_epi32 ((int) kept),
    .half = _mm256_set1_epi32 ((int) (~kept >> 1)),
    .odd = _mm256_set1_epi32 (1),
    .subnormals = _mm256_set1_epi32 ((int) plan->subnormals),
    .drop = _mm_cvtsi32_si128 ((int) plan->drop),
  };
  __m256i small = _mm256_setzero_si256 ();
  size_t i;

  for (i = 0; n - i >= LANES; i += LANES)
    {
      if (way == CUT && is_for_others (&constants, x + i))
        break;
      small = quantize (plan, &constants, x + i, out + i, way, gap, small,
                        counts);
    }
  counts->small += numsys_total (small);
  return i;
}

static int
shifts (const numsys_float_nearest *plan)
{
  return plan->normal > NUMSYS_LEAST_NORMAL_BITS;
}

/* Whether the smallest value is more than a spacing from zero. */
static int
has_gap (const numsys_float_nearest *plan)
{
  return plan->smallest >= plan->normal;
}

static size_t
quantize_vectors (const numsys_float_nearest *plan, size_t n,
                  const float x[], float out[], numsys_counts *counts)
{
  if (shifts (plan) && has_gap (plan))
    return quantize_all (plan, n, x, out, counts, SHIFT, 1);
  if (shifts (plan))
    return quantize_all (plan, n, x, out, counts, SHIFT, 0);
  if (has_gap (plan))
    return quantize_all (plan, n, x, out, counts, CUT, 1);
  return quantize_all (plan, n, x, out, counts, CUT, 0);
}

/* A NaN that stands for what is over takes no sign, and is left to plain C;
   so is what suits neither way: a shifter beyond float32, or so few bits to
   drop that it would not round to the place it should. */
static int
suits_vectors (const numsys_float_nearest *plan)
{
  return plan->beyond <= NUMSYS_INFINITY_BITS && plan->drop >= 2
         && (!shifts (plan)
             || (plan->over >> 23) + plan->drop <= 254);
}

/* Lanes count to 2^32, so an array may be left unfinished. */
size_t
numsys_avx2_float_nearest (const numsys_float_nearest *plan, size_t n,
                           const float x[], float out[],
                           numsys_counts *counts)
{
  const size_t most = (size_t) 1 << 30;
  const size_t length = n < most ? n : most;
  const size_t done = suits_vectors (plan)
                        ? quantize_vectors (plan, length, x, out, counts) : 0;

  return done + numsys_portable_float_nearest (plan, length - done, x + done,
                                               out + done, counts);
}

/* Each lane is a column's. */
static inline __attribute__ ((always_inline)) void
quantize_half (const numsys_float_nearest plan[], size_t rows, size_t stride,
               const float x[], float out[], numsys_counts *counts, int gap)
{
  const size_t size = sizeof *plan;
  const registers constants = {
    .normal = numsys_fields (&plan->normal, size),
    .shift = numsys_each (plan->drop << 23 | 0x400000),
    .smallest = numsys_fields (&plan->smallest, size),
    .small = numsys_fields (&plan->small, size),
    .over = numsys_fields (&plan->over, size),
  };
  const __m256i last = _mm256_sub_epi32 (constants.over, numsys_each (1));
  __m256i small = _mm256_setzero_si256 ();

  for (size_t i = 0; i < rows * stride; i += stride)
    {
      const __m256i bits = _mm256_and_si256 (
        _mm256_loadu_si256 ((const __m256i *) (x + i)),
        numsys_each (~NUMSYS_SIGN_BIT));

      if (__builtin_expect (
            numsys_lane_bits (_mm256_cmpgt_epi32 (bits, last)) != 0, 0))
        for (size_t c = 0; c < LANES; c++)
          numsys_portable_float_nearest (&plan[c], 1, x + i + c, out + i + c,
                                         counts);
      else
        small = quantize (plan, &constants, x + i, out + i, SHIFT, gap,
                          small, counts);
    }
  counts->small += numsys_total (small);
}

int
numsys_avx2_float_columns (const numsys_float_nearest plan[], size_t rows,
                           size_t stride, const float x[], float out[],
                           numsys_counts *counts)
{
  for (size_t c = 0; c < NUMSYS_COLUMNS; c++)
    if (!suits_vectors (&plan[c]) || !shifts (&plan[c])
        || has_gap (&plan[c]) != has_gap (plan))
      return 0;
  for (size_t c = 0; c < NUMSYS_COLUMNS; c += LANES)
    if (has_gap (plan))
      quantize_half (plan + c, rows, stride, x + c, out + c, counts, 1);
    else
      quantize_half (plan + c, rows, stride, x + c, out + c, counts, 0);
  return 1;
}
