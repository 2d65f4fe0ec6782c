/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to floating point on 16 lanes, in one of three ways.  Shifting
   adds and takes away 3/2 2^23 spacings, whatever the spacing is: few
   operations, but numbers must stay well below the end of float32's range.
   Cutting adds half a spacing to the bits, as plain C does, where the bits of
   subnormal numbers do as the spacing does.  Where the spacing follows the
   exponent further down, so that subnormal numbers are not for here, no other
   number is small.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/columns_avx512.h"
#include "numsys/kernels/portable.h"
#include "numsys/kernels/stream_avx512.h"

enum { LANES = 16, GROUP = 4 };

/* What a loop is made for. */
typedef enum form
{
  SHIFT, CUT, CUT_NORMAL
} form;

/* What a loop keeps in registers. */
typedef struct registers
{
  __m512i normal, shift, smallest, small, over;
  __m512i kept, half, drop, odd, subnormals;
} registers;

static inline __m512i
shifted (const registers *constants, __m512i bits)
{
  __m512i exponent
    = _mm512_and_si512 (bits, _mm512_set1_epi32 (NUMSYS_INFINITY_BITS));
  __m512 shifter = _mm512_castsi512_ps (_mm512_add_epi32 (
    _mm512_max_epi32 (exponent, constants->normal), constants->shift));
  __m512 sum = _mm512_add_ps (_mm512_castsi512_ps (bits), shifter);

  return _mm512_castps_si512 (_mm512_sub_ps (sum, shifter));
}

static inline __m512i
cut (const registers *constants, __m512i bits)
{
  __m512i odd = _mm512_and_si512 (_mm512_srlv_epi32 (bits, constants->drop),
                                  constants->odd);

  return _mm512_and_si512 (
    _mm512_add_epi32 (_mm512_add_epi32 (bits, constants->half), odd),
    constants->kept);
}

static inline __m512i
magnitude (__m512i x)
{
  return _mm512_and_si512 (x, _mm512_set1_epi32 (0x7fffffff));
}

/* x rounded; adds small counts, lane by lane. */
static inline __attribute__ ((always_inline)) __m512i
quantize (const registers *constants, __m512i x, form way, int gap,
          __m512i *small)
{
  __m512i bits = way == CUT_NORMAL ? x : magnitude (x);
  __m512i result = way == SHIFT ? shifted (constants, bits)
                                : cut (constants, bits);
  __mmask16 is_small;

  if (way == CUT_NORMAL)
    return result;
  is_small = _mm512_mask_cmplt_epu32_mask (
    _mm512_test_epi32_mask (bits, bits), bits, constants->small);
  *small = _mm512_mask_add_epi32 (*small, is_small, *small,
                                  _mm512_set1_epi32 (1));
  if (gap)
    result = _mm512_maskz_max_epu32 (
      _mm512_cmpge_epu32_mask (bits, constants->small), result,
      constants->smallest);
  /* result | (x & sign bit) */
  return _mm512_ternarylogic_epi32 (
    result, x, _mm512_set1_epi32 ((int) NUMSYS_SIGN_BIT), 0xf8);
}

/* A group is loaded before any of it is stored, so that nothing is loaded
   twice; one with a number that is over is left to plain C.  0: nothing done,
   since a number is not for here.  */
static inline __attribute__ ((always_inline)) int
quantize_group (const numsys_float_nearest *plan, const registers *constants,
                const float x[], float out[], int streams, form way, int gap,
                __m512i *small, numsys_counts *counts)
{
  __m512i given[GROUP], most = _mm512_setzero_si512 ();
  __m512i least = _mm512_set1_epi32 (-1);

#pragma GCC unroll 4
  for (size_t i = 0; i < GROUP; i++)
    {
      given[i] = _mm512_loadu_si512 (x + i * LANES);
      most = _mm512_max_epu32 (most, magnitude (given[i]));
      least = _mm512_min_epu32 (least, _mm512_sub_epi32 (magnitude (given[i]),
                                                         constants->odd));
    }
  if (way == CUT_NORMAL
      && __builtin_expect (_mm512_cmplt_epu32_mask (least,
                                                    constants->subnormals), 0))
    return 0;
  if (__builtin_expect (_mm512_cmpge_epu32_mask (most, constants->over), 0))
    {
      numsys_portable_float_nearest (plan, GROUP * LANES, x, out, counts);
      return 1;
    }
#pragma GCC unroll 4
  for (size_t i = 0; i < GROUP; i++)
    given[i] = quantize (constants, given[i], way, gap, small);
#pragma GCC unroll 4
  for (size_t i = 0; streams && i < GROUP; i++)
    numsys_store (x + i * LANES, out + i * LANES, given[i], 1);
#pragma GCC unroll 4
  for (size_t i = 0; !streams && i < GROUP; i++)
    numsys_store (x + i * LANES, out + i * LANES, given[i], 0);
  return 1;
}

static inline __attribute__ ((always_inline)) size_t
quantize_all (const numsys_float_nearest *plan, size_t n, const float x[],
              float out[], int streams, numsys_counts *counts, form way,
              int gap)
{
  uint32_t kept = UINT32_MAX << plan->drop;
  registers constants = {
    .normal = _mm512_set1_epi32 ((int) plan->normal),
    .shift = _mm512_set1_epi32 ((int) (plan->drop << 23 | 0x400000)),
    .smallest = _mm512_set1_epi32 ((int) plan->smallest),
    .small = _mm512_set1_epi32 ((int) plan->small),
    .over = _mm512_set1_epi32 ((int) plan->over),
    .kept = _mm512_set1_epi32 ((int) kept),
    .half = _mm512_set1_epi32 ((int) (~kept >> 1)),
    .odd = _mm512_set1_epi32 (1),
    .drop = _mm512_set1_epi32 ((int) plan->drop),
    .subnormals = _mm512_set1_epi32 ((int) plan->subnormals),
  };
  __m512i small = _mm512_setzero_si512 ();
  size_t i = 0;

  while (n - i >= GROUP * LANES
         && quantize_group (plan, &constants, x + i, out + i, streams, way,
                            gap, &small, counts))
    i += GROUP * LANES;
  counts->small += (uint32_t) _mm512_reduce_add_epi32 (small);
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
                  const float x[], float out[], int streams,
                  numsys_counts *counts)
{
  if (plan->subnormals > 0)
    return quantize_all (plan, n, x, out, streams, counts, CUT_NORMAL, 0);
  if (shifts (plan) && has_gap (plan))
    return quantize_all (plan, n, x, out, streams, counts, SHIFT, 1);
  if (shifts (plan))
    return quantize_all (plan, n, x, out, streams, counts, SHIFT, 0);
  if (has_gap (plan))
    return quantize_all (plan, n, x, out, streams, counts, CUT, 1);
  return quantize_all (plan, n, x, out, streams, counts, CUT, 0);
}

/* A NaN that stands for what is over takes no sign, and is left to plain C;
   so is what suits neither way: a shifter beyond float32, or so few bits to
   drop that it would not round to the place it should. */
static int
suits_vectors (const numsys_float_nearest *plan)
{
  return plan->beyond <= NUMSYS_INFINITY_BITS && plan->drop >= 2
         && (plan->normal <= NUMSYS_LEAST_NORMAL_BITS
             || (plan->over >> 23) + plan->drop <= 254);
}

/* Lanes count to 2^32, so an array may be left unfinished. */
size_t
numsys_avx512_float_nearest (const numsys_float_nearest *plan, size_t n,
                             const float x[], float out[],
                             numsys_counts *counts)
{
  const size_t most = (size_t) 1 << 30;
  const size_t length = n < most ? n : most;
  const int streams = numsys_streams (length, x, out);
  const size_t head = streams ? numsys_before_line (out) : 0;
  size_t done = numsys_portable_float_nearest (plan, head, x, out, counts);

  if (done == head && suits_vectors (plan))
    done += quantize_vectors (plan, length - done, x + done, out + done,
                              streams, counts);
  if (streams)
    _mm_sfence ();
  return done + numsys_portable_float_nearest (plan, length - done, x + done,
                                               out + done, counts);
}

/* Each lane is a column's. */
static inline __attribute__ ((always_inline)) void
quantize_columns (const numsys_float_nearest plan[], size_t rows,
                  size_t stride, const float x[], float out[],
                  numsys_counts *counts, int gap)
{
  const registers constants = {
    .normal = numsys_fields (&plan->normal, sizeof *plan),
    .shift = _mm512_set1_epi32 ((int) (plan->drop << 23 | 0x400000)),
    .smallest = numsys_fields (&plan->smallest, sizeof *plan),
    .small = numsys_fields (&plan->small, sizeof *plan),
    .over = numsys_fields (&plan->over, sizeof *plan),
  };
  __m512i small = _mm512_setzero_si512 ();

  for (size_t i = 0; i < rows * stride; i += stride)
    {
      const __m512i given = _mm512_loadu_si512 (x + i);

      if (__builtin_expect (_mm512_cmpge_epu32_mask (magnitude (given),
                                                     constants.over), 0))
        for (size_t c = 0; c < LANES; c++)
          numsys_portable_float_nearest (&plan[c], 1, x + i + c, out + i + c,
                                         counts);
      else
        _mm512_storeu_si512 (out + i, quantize (&constants, given, SHIFT, gap,
                                                &small));
    }
  counts->small += (uint32_t) _mm512_reduce_add_epi32 (small);
}

int
numsys_avx512_float_columns (const numsys_float_nearest plan[], size_t rows,
                             size_t stride, const float x[], float out[],
                             numsys_counts *counts)
{
  for (size_t c = 0; c < LANES; c++)
    if (!suits_vectors (&plan[c]) || !shifts (&plan[c])
        || has_gap (&plan[c]) != has_gap (plan))
      return 0;
  if (has_gap (plan))
    quantize_columns (plan, rows, stride, x, out, counts, 1);
  else
    quantize_columns (plan, rows, stride, x, out, counts, 0);
  return 1;
}
