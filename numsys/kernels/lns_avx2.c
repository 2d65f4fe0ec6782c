/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to an LNS on 8 lanes.  16 bins and values stay in registers, two
   permutations and a blend looking one up; larger tables are gathered from
   memory.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/portable.h"

enum { LANES = 8 };

/* What a loop keeps in registers. */
typedef struct registers
{
  __m256i packed[2], value[2];
  __m256i smallest, largest, small, zero, uncounted, over;
  unsigned shift;
} registers;

/* table[index], index < 16. */
static inline __m256i
look_up (const __m256i table[2], __m256i index)
{
  __m256 low = _mm256_castsi256_ps (
    _mm256_permutevar8x32_epi32 (table[0], index));
  __m256 high = _mm256_castsi256_ps (
    _mm256_permutevar8x32_epi32 (table[1], index));

  return _mm256_castps_si256 (_mm256_blendv_ps (
    low, high, _mm256_castsi256_ps (_mm256_slli_epi32 (index, 28))));
}

static inline __m256i
gather (const void *table, __m256i index)
{
  return _mm256_i32gather_epi32 ((const int *) table, index, 4);
}

static inline __attribute__ ((always_inline)) __m256i
nearest (const numsys_lns_nearest *plan, const registers *constants,
         __m256i bits, int in_registers)
{
  __m256i mantissa
    = _mm256_and_si256 (bits, _mm256_set1_epi32 (NUMSYS_MANTISSA_BITS));
  __m256i bin = _mm256_srli_epi32 (mantissa, (int) constants->shift);
  __m256i octave
    = _mm256_and_si256 (bits, _mm256_set1_epi32 (NUMSYS_INFINITY_BITS));
  __m256i i;

  if (in_registers)
    {
      i = look_up (constants->packed, bin);
      i = _mm256_srli_epi32 (_mm256_add_epi32 (mantissa, i), 23);
      return _mm256_add_epi32 (octave, look_up (constants->value, i));
    }
  /* A comparison gives -1 where the threshold is not reached. */
  i = gather (plan->first, bin);
  i = _mm256_add_epi32 (
    _mm256_add_epi32 (i, _mm256_set1_epi32 (1)),
    _mm256_cmpgt_epi32 (gather (plan->threshold, i), mantissa));
  return _mm256_add_epi32 (octave, gather (plan->value, i));
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
  result = _mm256_blendv_epi8 (_mm256_or_si256 (constants->largest, sign),
                               result, not_over);
  return _mm256_blendv_epi8 (result, _mm256_set1_epi32 (NUMSYS_NAN_BITS),
                             is_nan);
}

/* Returns small counts, lane by lane. */
static inline __attribute__ ((always_inline)) __m256i
quantize (const numsys_lns_nearest *plan, const registers *constants,
          const float x[], float out[], int in_registers, __m256i small,
          numsys_counts *counts)
{
  __m256i signed_bits = _mm256_loadu_si256 ((const __m256i *) x);
  __m256i sign = _mm256_and_si256 (
    signed_bits, _mm256_set1_epi32 ((int) NUMSYS_SIGN_BIT));
  __m256i bits = _mm256_xor_si256 (signed_bits, sign);
  __m256i result = _mm256_max_epi32 (
    nearest (plan, constants, bits, in_registers), constants->smallest);
  __m256i not_over = _mm256_cmpgt_epi32 (constants->over, bits);
  __m256i is_counted = _mm256_cmpgt_epi32 (bits, constants->uncounted);
  __m256i is_small = _mm256_cmpgt_epi32 (constants->small, bits);

  result = _mm256_andnot_si256 (_mm256_cmpgt_epi32 (constants->zero, bits),
                                _mm256_or_si256 (result, sign));
  if (__builtin_expect (_mm256_movemask_epi8 (not_over) != -1, 0))
    result = mend (constants, bits, sign, result, not_over, counts);
  _mm256_storeu_si256 ((__m256i *) out, result);
  return _mm256_sub_epi32 (small, _mm256_and_si256 (is_small, is_counted));
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

static inline __attribute__ ((always_inline)) void
quantize_all (const numsys_lns_nearest *plan, size_t n, const float x[],
              float out[], numsys_counts *counts, int in_registers)
{
  registers constants = {
    .smallest = _mm256_set1_epi32 ((int) plan->smallest),
    .largest = _mm256_set1_epi32 ((int) plan->largest),
    .small = _mm256_set1_epi32 ((int) plan->small),
    .zero = _mm256_set1_epi32 ((int) plan->zero),
    .uncounted = _mm256_set1_epi32 (plan->zero == 0 ? -1 : 0),
    .over = _mm256_set1_epi32 ((int) plan->over),
    .shift = 23 - plan->index_bits,
  };
  __m256i small = _mm256_setzero_si256 ();

  for (size_t i = 0; in_registers && i < 2; i++)
    {
      constants.packed[i] = _mm256_loadu_si256 (
        (const __m256i *) (plan->packed + i * LANES));
      constants.value[i] = _mm256_loadu_si256 (
        (const __m256i *) (plan->value + i * LANES));
    }
  for (size_t i = 0; i < n; i += LANES)
    small = quantize (plan, &constants, x + i, out + i, in_registers, small,
                      counts);
  counts->small += total (small);
}

/* Lanes count to 2^32, so an array is cut. */
void
numsys_avx2_lns_nearest (const numsys_lns_nearest *plan, size_t n,
                         const float x[], float out[], numsys_counts *counts)
{
  const size_t piece = (size_t) 1 << 30;
  size_t whole = n / LANES * LANES;

  for (size_t i = 0; i < whole; i += piece)
    {
      size_t length = whole - i < piece ? whole - i : piece;

      if (plan->packed != NULL && plan->index_bits == 4)
        quantize_all (plan, length, x + i, out + i, counts, 1);
      else
        quantize_all (plan, length, x + i, out + i, counts, 0);
    }
  numsys_portable_lns_nearest (plan, n - whole, x + whole, out + whole,
                               counts);
}
