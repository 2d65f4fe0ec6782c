/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to an LNS on 8 lanes.  Up to 32 bins and values stay in registers,
   permutations and blends looking one up; larger tables are gathered from
   memory.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/columns_avx2.h"
#include "numsys/kernels/lns_avx2.h"
#include "numsys/kernels/portable.h"

enum { LANES = NUMSYS_LANES, MOST_VECTORS = 4 };

/* Instead of a number of vectors: packed tables in memory, or others. */
enum { PACKED = 1, PLAIN = 0 };

/* The ends of the range, as numsys_lns_nearest has them. */
typedef struct limits
{
  __m256i smallest, largest, small, zero, over;
  __m256i uncounted;    /* numbers up to here are not small: 0, or -1 */
} limits;

/* What a loop keeps in registers. */
typedef struct registers
{
  __m256i packed[MOST_VECTORS], value[MOST_VECTORS];
  limits ends;
  __m128i shift;
} registers;

/* vectors registers of bins and of values, or PACKED or PLAIN. */
static inline __attribute__ ((always_inline)) __m256i
nearest (const numsys_lns_nearest *plan, const registers *constants,
         __m256i bits, size_t vectors)
{
  const __m256i mantissa
    = _mm256_and_si256 (bits, numsys_each (NUMSYS_MANTISSA_BITS));
  const __m256i bin = _mm256_srl_epi32 (mantissa, constants->shift);
  const __m256i octave = _mm256_xor_si256 (bits, mantissa);
  __m256i i, value;

  if (vectors == PLAIN)
    {
      /* A comparison gives -1 where the threshold is not reached. */
      i = numsys_gather (plan->first, bin);
      i = _mm256_add_epi32 (
        _mm256_add_epi32 (i, numsys_each (1)),
        _mm256_cmpgt_epi32 (numsys_gather (plan->threshold, i), mantissa));
    }
  else
    {
      i = vectors == PACKED
            ? numsys_gather (plan->packed, bin)
            : numsys_look_up (constants->packed, bin, vectors);
      i = _mm256_srli_epi32 (_mm256_add_epi32 (mantissa, i), 23);
    }
  value = vectors <= PACKED ? numsys_gather (plan->value, i)
                            : numsys_look_up (constants->value, i, vectors);
  return _mm256_add_epi32 (octave, value);
}

/* What is over, held to the largest value, and NaN; seldom met. */
static __attribute__ ((noinline)) __m256i
mend (const registers *constants, __m256i bits, __m256i sign, __m256i result,
      __m256i not_over, numsys_counts *counts)
{
  __m256i is_nan = _mm256_cmpgt_epi32 (
    bits, _mm256_set1_epi32 (NUMSYS_INFINITY_BITS));
  int nan = _mm256_movemask_ps (_mm256_castsi256_ps (is_nan));
  int within = _mm256_movemask_ps (_mm256_castsi256_ps (not_over));

  counts->nan += (unsigned) __builtin_popcount ((unsigned) nan);
  counts->over += (unsigned) __builtin_popcount (~(unsigned) (nan | within)
                                                 & 0xff);
  result = _mm256_blendv_epi8 (_mm256_or_si256 (constants->ends.largest, sign),
                               result, not_over);
  return _mm256_blendv_epi8 (result, _mm256_set1_epi32 (NUMSYS_NAN_BITS),
                             is_nan);
}

/* Returns small counts, lane by lane. */
static inline __attribute__ ((always_inline)) __m256i
quantize (const numsys_lns_nearest *plan, const registers *constants,
          const float x[], float out[], size_t vectors, __m256i small,
          numsys_counts *counts)
{
  const limits *ends = &constants->ends;
  __m256i signed_bits = _mm256_loadu_si256 ((const __m256i *) x);
  __m256i sign = _mm256_and_si256 (signed_bits, numsys_each (NUMSYS_SIGN_BIT));
  __m256i bits = _mm256_xor_si256 (signed_bits, sign);
  __m256i result = _mm256_max_epi32 (
    nearest (plan, constants, bits, vectors), ends->smallest);
  __m256i not_over = _mm256_cmpgt_epi32 (ends->over, bits);
  __m256i is_counted = _mm256_cmpgt_epi32 (bits, ends->uncounted);
  __m256i is_small = _mm256_cmpgt_epi32 (ends->small, bits);

  result = _mm256_andnot_si256 (_mm256_cmpgt_epi32 (ends->zero, bits),
                                _mm256_or_si256 (result, sign));
  if (__builtin_expect (_mm256_movemask_epi8 (not_over) != -1, 0))
    result = mend (constants, bits, sign, result, not_over, counts);
  _mm256_storeu_si256 ((__m256i *) out, result);
  return _mm256_sub_epi32 (small, _mm256_and_si256 (is_small, is_counted));
}

/* Vectors `stride' numbers apart. */
typedef struct work
{
  size_t rows, stride;
  const float *x;
  float *out;
} work;

static inline __attribute__ ((always_inline)) void
quantize_all (const numsys_lns_nearest *plan, const limits *ends,
              const work *job, numsys_counts *counts, size_t vectors)
{
  registers constants = {
    .ends = *ends, .shift = _mm_cvtsi32_si128 (23 - (int) plan->index_bits),
  };
  const work at = *job;
  __m256i small = _mm256_setzero_si256 ();

  for (size_t i = 0; vectors > PACKED && i < vectors; i++)
    {
      constants.packed[i] = _mm256_loadu_si256 (
        (const __m256i *) (plan->packed + i * LANES));
      constants.value[i] = _mm256_loadu_si256 (
        (const __m256i *) (plan->value + i * LANES));
    }
  for (size_t i = 0; i < at.rows * at.stride; i += at.stride)
    small = quantize (plan, &constants, at.x + i, at.out + i, vectors, small,
                      counts);
  counts->small += numsys_total (small);
}

static void
quantize_rows (const numsys_lns_nearest *plan, const limits *ends,
               const work *job, numsys_counts *counts)
{
  switch (plan->packed == NULL ? 0 : plan->index_bits)
    {
    case 0:
      quantize_all (plan, ends, job, counts, PLAIN);
      break;
    case 4:
      quantize_all (plan, ends, job, counts, 2);
      break;
    case 5:
      quantize_all (plan, ends, job, counts, 4);
      break;
    default:
      quantize_all (plan, ends, job, counts, PACKED);
    }
}

/* Lanes count to 2^32, so an array is cut. */
void
numsys_avx2_lns_nearest (const numsys_lns_nearest *plan, size_t n,
                         const float x[], float out[], numsys_counts *counts)
{
  const size_t piece = (size_t) 1 << 30;
  const size_t whole = n / LANES * LANES;
  const limits ends = {
    .smallest = numsys_each (plan->smallest),
    .largest = numsys_each (plan->largest),
    .small = numsys_each (plan->small),
    .zero = numsys_each (plan->zero),
    .over = numsys_each (plan->over),
    .uncounted = numsys_each (plan->zero == 0 ? UINT32_MAX : 0),
  };

  for (size_t i = 0; i < whole; i += piece)
    {
      const size_t length = whole - i < piece ? whole - i : piece;
      const work job = { length / LANES, LANES, x + i, out + i };

      quantize_rows (plan, &ends, &job, counts);
    }
  numsys_portable_lns_nearest (plan, n - whole, x + whole, out + whole,
                               counts);
}

/* Each lane is a column's. */
static void
quantize_half (const numsys_lns_nearest plan[], const work *job,
               numsys_counts *counts)
{
  const size_t size = sizeof *plan;
  const __m256i zero = numsys_fields (&plan->zero, size);
  const limits ends = {
    .smallest = numsys_fields (&plan->smallest, size),
    .largest = numsys_fields (&plan->largest, size),
    .small = numsys_fields (&plan->small, size),
    .zero = zero,
    .over = numsys_fields (&plan->over, size),
    .uncounted = _mm256_cmpeq_epi32 (zero, _mm256_setzero_si256 ()),
  };

  quantize_rows (plan, &ends, job, counts);
}

int
numsys_avx2_lns_columns (const numsys_lns_nearest plan[], size_t rows,
                         size_t stride, const float x[], float out[],
                         numsys_counts *counts)
{
  for (size_t c = 0; c < NUMSYS_COLUMNS; c += LANES)
    {
      const work job = { rows, stride, x + c, out + c };

      quantize_half (plan + c, &job, counts);
    }
  return 1;
}
