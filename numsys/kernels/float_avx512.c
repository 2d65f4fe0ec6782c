/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to floating point on 16 lanes.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/portable.h"

enum { LANES = 16 };

/* What a loop keeps in registers. */
typedef struct registers
{
  __m512i normal, smallest, small, over, beyond;
  __m512i kept, half, drop, odd;
  __m512 shifter;
} registers;

typedef struct lane_counts
{
  __m512i small, zero, over;
} lane_counts;

static inline __m512i
nearest (const registers *constants, __m512i bits)
{
  __m512i odd = _mm512_and_si512 (_mm512_srlv_epi32 (bits, constants->drop),
                                  constants->odd);
  __m512i cut = _mm512_and_si512 (
    _mm512_add_epi32 (_mm512_add_epi32 (bits, constants->half), odd),
    constants->kept);
  __m512 near_zero = _mm512_sub_ps (
    _mm512_add_ps (_mm512_castsi512_ps (bits), constants->shifter),
    constants->shifter);

  return _mm512_mask_mov_epi32 (
    cut, _mm512_cmplt_epu32_mask (bits, constants->normal),
    _mm512_castps_si512 (near_zero));
}

static inline __m512i
count (__m512i total, __mmask16 lanes)
{
  return _mm512_mask_add_epi32 (total, lanes, total, _mm512_set1_epi32 (1));
}

static inline __attribute__ ((always_inline)) void
quantize (const numsys_float_nearest *plan, const registers *constants,
          const float x[], float out[], lane_counts *lanes,
          numsys_counts *counts)
{
  __m512i signed_bits = _mm512_loadu_si512 (x);
  __m512i bits
    = _mm512_and_si512 (signed_bits, _mm512_set1_epi32 (0x7fffffff));
  __mmask16 is_over = _mm512_cmpge_epu32_mask (bits, constants->over);
  __mmask16 is_small = _mm512_cmplt_epu32_mask (bits, constants->small);
  __m512i result;

  /* What is over may be NaN or infinity: one by one. */
  if (__builtin_expect (is_over, 0)
      && _mm512_cmpge_epu32_mask (bits,
                                  _mm512_set1_epi32 (NUMSYS_INFINITY_BITS)))
    {
      numsys_portable_float_nearest (plan, LANES, x, out, counts);
      return;
    }
  result = _mm512_max_epu32 (nearest (constants, bits), constants->smallest);
  result = _mm512_mask_mov_epi32 (result, is_over, constants->beyond);
  result = _mm512_maskz_mov_epi32 ((__mmask16) ~is_small, result);
  /* result | (signed_bits & sign bit) */
  result = _mm512_ternarylogic_epi32 (
    result, signed_bits, _mm512_set1_epi32 ((int) NUMSYS_SIGN_BIT), 0xf8);
  lanes->small = count (lanes->small, is_small);
  lanes->zero = count (lanes->zero, _mm512_testn_epi32_mask (bits, bits));
  lanes->over = count (lanes->over, is_over);
  _mm512_storeu_si512 (out, result);
}

static void
quantize_piece (const numsys_float_nearest *plan, size_t n, const float x[],
                float out[], numsys_counts *counts)
{
  uint32_t kept = UINT32_MAX << plan->drop;
  registers constants = {
    .normal = _mm512_set1_epi32 ((int) plan->normal),
    .smallest = _mm512_set1_epi32 ((int) plan->smallest),
    .small = _mm512_set1_epi32 ((int) plan->small),
    .over = _mm512_set1_epi32 ((int) plan->over),
    .beyond = _mm512_set1_epi32 ((int) plan->beyond),
    .kept = _mm512_set1_epi32 ((int) kept),
    .half = _mm512_set1_epi32 ((int) (~kept >> 1)),
    .drop = _mm512_set1_epi32 ((int) plan->drop),
    .odd = _mm512_set1_epi32 (plan->drop != 0),
    .shifter = _mm512_set1_ps (plan->shifter),
  };
  lane_counts lanes = { _mm512_setzero_si512 (), _mm512_setzero_si512 (),
                        _mm512_setzero_si512 () };

  for (size_t i = 0; i < n; i += LANES)
    quantize (plan, &constants, x + i, out + i, &lanes, counts);
  counts->small += (uint32_t) _mm512_reduce_add_epi32 (lanes.small);
  counts->zero += (uint32_t) _mm512_reduce_add_epi32 (lanes.zero);
  counts->over += (uint32_t) _mm512_reduce_add_epi32 (lanes.over);
}

/* Lanes count to 2^32, so an array is cut.  A NaN that stands for what is over
   takes no sign, and is left to plain C. */
void
numsys_avx512_float_nearest (const numsys_float_nearest *plan, size_t n,
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
