/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to an LNS on 16 lanes.  Up to 128 bins and values stay in
   registers, and one permutation looks up 16 or 32 of them; larger tables are
   gathered from memory.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/portable.h"

enum { LANES = 16, MOST_VECTORS = 8 };

/* What a loop keeps in registers. */
typedef struct registers
{
  __m512i packed[MOST_VECTORS], value[MOST_VECTORS];
  __m512i smallest, largest, small, zero, over;
  unsigned shift;
} registers;

typedef struct lane_counts
{
  __m512i small, zero, over;
} lane_counts;

/* table[index] of 32 entries; higher bits of index are ignored. */
static inline __m512i
look_up_32 (const __m512i table[2], __m512i index)
{
  return _mm512_permutex2var_epi32 (table[0], index, table[1]);
}

static inline __m512i
look_up_64 (const __m512i table[4], __m512i index)
{
  return _mm512_mask_mov_epi32 (
    look_up_32 (table, index),
    _mm512_test_epi32_mask (index, _mm512_set1_epi32 (32)),
    look_up_32 (table + 2, index));
}

/* table[index] of 16 * vectors entries. */
static inline __attribute__ ((always_inline)) __m512i
look_up (const __m512i table[], __m512i index, size_t vectors)
{
  switch (vectors)
    {
    case 1: return _mm512_permutexvar_epi32 (index, table[0]);
    case 2: return look_up_32 (table, index);
    case 4: return look_up_64 (table, index);
    default:
      return _mm512_mask_mov_epi32 (
        look_up_64 (table, index),
        _mm512_test_epi32_mask (index, _mm512_set1_epi32 (64)),
        look_up_64 (table + 4, index));
    }
}

/* vectors registers of bins and of values, or 0: memory. */
static inline __attribute__ ((always_inline)) __m512i
nearest (const numsys_lns_nearest *plan, const registers *constants,
         __m512i bits, size_t vectors)
{
  __m512i mantissa
    = _mm512_and_si512 (bits, _mm512_set1_epi32 (NUMSYS_MANTISSA_BITS));
  __m512i bin = _mm512_srli_epi32 (mantissa, constants->shift);
  __m512i octave
    = _mm512_and_si512 (bits, _mm512_set1_epi32 (NUMSYS_INFINITY_BITS));
  __m512i i;

  if (vectors > 0)
    {
      i = look_up (constants->packed, bin, vectors);
      i = _mm512_srli_epi32 (_mm512_add_epi32 (mantissa, i), 23);
      return _mm512_add_epi32 (octave,
                               look_up (constants->value, i, vectors));
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

static inline __m512i
count (__m512i total, __mmask16 lanes)
{
  return _mm512_mask_add_epi32 (total, lanes, total, _mm512_set1_epi32 (1));
}

static inline __attribute__ ((always_inline)) void
quantize (const numsys_lns_nearest *plan, const registers *constants,
          const float x[], float out[], size_t vectors, lane_counts *lanes,
          numsys_counts *counts)
{
  __m512i signed_bits = _mm512_loadu_si512 (x);
  __m512i bits
    = _mm512_and_si512 (signed_bits, _mm512_set1_epi32 (0x7fffffff));
  __m512i result = nearest (plan, constants, bits, vectors);
  __mmask16 is_over = _mm512_cmpge_epu32_mask (bits, constants->over);
  __mmask16 is_nan;

  result = _mm512_max_epi32 (result, constants->smallest);
  result = _mm512_min_epi32 (result, constants->largest);
  /* result | (signed_bits & sign bit) */
  result = _mm512_maskz_ternarylogic_epi32 (
    _mm512_cmpge_epu32_mask (bits, constants->zero), result, signed_bits,
    _mm512_set1_epi32 ((int) NUMSYS_SIGN_BIT), 0xf8);
  if (__builtin_expect (is_over, 0))
    {
      is_nan = _mm512_cmpgt_epu32_mask (
        bits, _mm512_set1_epi32 (NUMSYS_INFINITY_BITS));
      result = _mm512_mask_mov_epi32 (result, is_nan,
                                      _mm512_set1_epi32 (NUMSYS_NAN_BITS));
      counts->nan += (unsigned) __builtin_popcount (is_nan);
      is_over = (__mmask16) (is_over & ~is_nan);
      lanes->over = count (lanes->over, is_over);
    }
  lanes->small = count (lanes->small,
                        _mm512_cmplt_epu32_mask (bits, constants->small));
  lanes->zero = count (lanes->zero, _mm512_testn_epi32_mask (bits, bits));
  _mm512_storeu_si512 (out, result);
}

/* Lanes count to 2^32, so an array is cut. */
static inline __attribute__ ((always_inline)) void
quantize_all (const numsys_lns_nearest *plan, size_t n, const float x[],
              float out[], numsys_counts *counts, size_t vectors)
{
  registers constants = {
    .smallest = _mm512_set1_epi32 ((int) plan->smallest),
    .largest = _mm512_set1_epi32 ((int) plan->largest),
    .small = _mm512_set1_epi32 ((int) plan->small),
    .zero = _mm512_set1_epi32 ((int) plan->zero),
    .over = _mm512_set1_epi32 ((int) plan->over),
    .shift = 23 - plan->index_bits,
  };
  lane_counts lanes = { _mm512_setzero_si512 (), _mm512_setzero_si512 (),
                        _mm512_setzero_si512 () };

  for (size_t i = 0; i < vectors; i++)
    {
      constants.packed[i] = _mm512_loadu_si512 (plan->packed + i * LANES);
      constants.value[i] = _mm512_loadu_si512 (plan->value + i * LANES);
    }
  for (size_t i = 0; i < n; i += LANES)
    quantize (plan, &constants, x + i, out + i, vectors, &lanes, counts);
  counts->small += (uint32_t) _mm512_reduce_add_epi32 (lanes.small);
  counts->zero += (uint32_t) _mm512_reduce_add_epi32 (lanes.zero);
  counts->over += (uint32_t) _mm512_reduce_add_epi32 (lanes.over);
}

static void
quantize_piece (const numsys_lns_nearest *plan, size_t n, const float x[],
                float out[], numsys_counts *counts)
{
  switch (plan->packed == NULL ? 0 : plan->index_bits)
    {
    case 4: quantize_all (plan, n, x, out, counts, 1); break;
    case 5: quantize_all (plan, n, x, out, counts, 2); break;
    case 6: quantize_all (plan, n, x, out, counts, 4); break;
    case 7: quantize_all (plan, n, x, out, counts, 8); break;
    default: quantize_all (plan, n, x, out, counts, 0);
    }
}

void
numsys_avx512_lns_nearest (const numsys_lns_nearest *plan, size_t n,
                           const float x[], float out[],
                           numsys_counts *counts)
{
  const size_t piece = (size_t) 1 << 30;
  size_t whole = n / LANES * LANES;

  for (size_t i = 0; i < whole; i += piece)
    quantize_piece (plan, whole - i < piece ? whole - i : piece, x + i,
                    out + i, counts);
  numsys_portable_lns_nearest (plan, n - whole, x + whole, out + whole,
                               counts);
}
