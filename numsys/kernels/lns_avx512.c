/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to an LNS on 16 lanes.  Up to 128 bins and values stay in
   registers, and one permutation looks up 16 or 32 of them; larger tables are
   gathered from memory.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/columns_avx512.h"
#include "numsys/kernels/lns_avx512.h"
#include "numsys/kernels/portable.h"
#include "numsys/kernels/stream_avx512.h"

enum { LANES = 16, MOST_VECTORS = 8 };

/* The ends of the range, as numsys_lns_nearest has them. */
typedef struct limits
{
  __m512i smallest, largest, small, zero, over;
} limits;

/* What a loop keeps in registers. */
typedef struct registers
{
  __m512i packed[MOST_VECTORS], value[MOST_VECTORS];
  limits ends;
  unsigned shift;
} registers;

/* vectors registers of bins and of values, or 0: memory. */
static inline __attribute__ ((always_inline)) __m512i
nearest (const numsys_lns_nearest *plan, const registers *constants,
         __m512i bits, size_t vectors)
{
  __m512i mantissa
    = _mm512_and_si512 (bits, _mm512_set1_epi32 (NUMSYS_MANTISSA_BITS));
  __m512i bin = _mm512_srli_epi32 (vectors == 1 ? bits : mantissa,
                                   vectors == 1 ? 19 : constants->shift);
  __m512i octave
    = _mm512_and_si512 (bits, _mm512_set1_epi32 (NUMSYS_INFINITY_BITS));
  __m512i i;

  if (vectors > 0)
    {
      i = numsys_look_up (constants->packed, bin, vectors);
      i = _mm512_srli_epi32 (_mm512_add_epi32 (mantissa, i), 23);
      return _mm512_add_epi32 (octave,
                               numsys_look_up (constants->value, i,
                                               vectors));
    }
  i = _mm512_i32gather_epi32 (bin, plan->first, 4);
  i = _mm512_mask_add_epi32 (
    i,
    _mm512_cmpge_epu32_mask (
      mantissa, _mm512_i32gather_epi32 (i, plan->threshold, 4)),
    i, _mm512_set1_epi32 (1));
  return _mm512_add_epi32 (octave,
                           _mm512_i32gather_epi32 (i, plan->value, 4));
}

/* What is over, held to the largest value, and NaN; seldom met. */
static __attribute__ ((noinline)) __m512i
mend (const registers *constants, __m512i bits, __m512i signed_bits,
      __m512i result, __mmask16 is_over, numsys_counts *counts)
{
  __mmask16 is_nan = _mm512_cmpgt_epu32_mask (
    bits, _mm512_set1_epi32 (NUMSYS_INFINITY_BITS));
  __m512i sign = _mm512_xor_si512 (bits, signed_bits);

  counts->nan += (unsigned) __builtin_popcount (is_nan);
  counts->over += (unsigned) __builtin_popcount (is_over & ~is_nan);
  result = _mm512_mask_or_epi32 (result, is_over, constants->ends.largest,
                                 sign);
  return _mm512_mask_mov_epi32 (result, is_nan,
                                _mm512_set1_epi32 (NUMSYS_NAN_BITS));
}

/* Returns small counts, lane by lane. */
static inline __attribute__ ((always_inline)) __m512i
quantize (const numsys_lns_nearest *plan, const registers *constants,
          const float x[], float out[], int streams, size_t vectors,
          int flushes, __m512i small, numsys_counts *counts)
{
  __m512i signed_bits = _mm512_loadu_si512 (x);
  __m512i bits
    = _mm512_and_si512 (signed_bits, _mm512_set1_epi32 (0x7fffffff));
  __m512i result = _mm512_max_epi32 (nearest (plan, constants, bits, vectors),
                                     constants->ends.smallest);
  __mmask16 is_over = _mm512_cmpge_epu32_mask (bits, constants->ends.over);
  __mmask16 is_not_zero = _mm512_cmpge_epu32_mask (bits, constants->ends.zero);
  __mmask16 is_small = flushes
    ? _mm512_mask_test_epi32_mask ((__mmask16) ~is_not_zero, bits, bits)
    : _mm512_mask_cmplt_epu32_mask (is_not_zero, bits, constants->ends.small);

  /* result | (signed_bits & sign bit) */
  result = _mm512_maskz_ternarylogic_epi32 (
    is_not_zero, result, signed_bits,
    _mm512_set1_epi32 ((int) NUMSYS_SIGN_BIT), 0xf8);
  if (__builtin_expect (is_over, 0))
    result = mend (constants, bits, signed_bits, result, is_over, counts);
  numsys_store (x, out, result, streams);
  return _mm512_mask_add_epi32 (small, is_small, small,
                                _mm512_set1_epi32 (1));
}

/* What is to be done: vectors `stride' numbers apart. */
typedef struct work
{
  size_t rows, stride;
  const float *x;
  float *out;
  int streams;          /* past the caches; then out is aligned */
} work;

static inline __attribute__ ((always_inline)) void
quantize_all (const numsys_lns_nearest *plan, const limits *ends,
              const work *job, numsys_counts *counts, size_t vectors,
              int flushes, int streams)
{
  registers constants = { .ends = *ends, .shift = 23 - plan->index_bits };
  const work at = *job;
  __m512i small = _mm512_setzero_si512 ();

  for (size_t i = 0; i < vectors; i++)
    {
      constants.packed[i] = _mm512_loadu_si512 (plan->packed + i * LANES);
      constants.value[i] = _mm512_loadu_si512 (plan->value + i * LANES);
    }
  for (size_t i = 0; i < at.rows * at.stride; i += at.stride)
    small = quantize (plan, &constants, at.x + i, at.out + i, streams, vectors,
                      flushes, small, counts);
  counts->small += (uint32_t) _mm512_reduce_add_epi32 (small);
}

static inline __attribute__ ((always_inline)) void
by_size (const numsys_lns_nearest *plan, const limits *ends,
         const work *job, numsys_counts *counts, int flushes, int streams)
{
  switch (plan->packed == NULL ? 0 : plan->index_bits)
    {
    case 4:
      quantize_all (plan, ends, job, counts, 1, flushes, streams);
      break;
    case 5:
      quantize_all (plan, ends, job, counts, 2, flushes, streams);
      break;
    case 6:
      quantize_all (plan, ends, job, counts, 4, flushes, streams);
      break;
    case 7:
      quantize_all (plan, ends, job, counts, 8, flushes, streams);
      break;
    default:
      quantize_all (plan, ends, job, counts, 0, flushes, streams);
    }
}

static void
quantize_rows (const numsys_lns_nearest *plan, const limits *ends,
               const work *job, numsys_counts *counts)
{
  const int flushes = plan->zero == plan->small;

  if (flushes && job->streams)
    by_size (plan, ends, job, counts, 1, 1);
  else if (flushes)
    by_size (plan, ends, job, counts, 1, 0);
  else if (job->streams)
    by_size (plan, ends, job, counts, 0, 1);
  else
    by_size (plan, ends, job, counts, 0, 0);
}

/* Lanes count to 2^32, so an array is cut. */
void
numsys_avx512_lns_nearest (const numsys_lns_nearest *plan, size_t n,
                           const float x[], float out[],
                           numsys_counts *counts)
{
  const size_t piece = (size_t) 1 << 30;
  const int streams = numsys_streams (n, x, out);
  const size_t head = streams ? numsys_before_line (out) : 0;
  const size_t whole = head + (n - head) / LANES * LANES;
  const limits ends = {
    .smallest = _mm512_set1_epi32 ((int) plan->smallest),
    .largest = _mm512_set1_epi32 ((int) plan->largest),
    .small = _mm512_set1_epi32 ((int) plan->small),
    .zero = _mm512_set1_epi32 ((int) plan->zero),
    .over = _mm512_set1_epi32 ((int) plan->over),
  };

  numsys_portable_lns_nearest (plan, head, x, out, counts);
  for (size_t i = head; i < whole; i += piece)
    {
      const size_t length = whole - i < piece ? whole - i : piece;
      const work job = { length / LANES, LANES, x + i, out + i, streams };

      quantize_rows (plan, &ends, &job, counts);
    }
  if (streams)
    _mm_sfence ();
  numsys_portable_lns_nearest (plan, n - whole, x + whole, out + whole,
                               counts);
}

/* Each lane is a column's. */
int
numsys_avx512_lns_columns (const numsys_lns_nearest plan[], size_t rows,
                           size_t stride, const float x[], float out[],
                           numsys_counts *counts)
{
  const limits ends = {
    .smallest = numsys_fields (&plan->smallest, sizeof *plan),
    .largest = numsys_fields (&plan->largest, sizeof *plan),
    .small = numsys_fields (&plan->small, sizeof *plan),
    .zero = numsys_fields (&plan->zero, sizeof *plan),
    .over = numsys_fields (&plan->over, sizeof *plan),
  };
  const work job = { rows, stride, x, out, 0 };

  quantize_rows (plan, &ends, &job, counts);
  return 1;
}
