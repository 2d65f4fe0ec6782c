/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to fixed point on 16 lanes.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/portable.h"

enum { LANES = 16 };

/* What a loop keeps in registers. */
typedef struct registers
{
  __m512 unit, inverse, least, most;
} registers;

typedef struct lane_counts
{
  __m512i small, zero, over;
} lane_counts;

static inline __m512i
count (__m512i total, __mmask16 lanes)
{
  return _mm512_mask_add_epi32 (total, lanes, total, _mm512_set1_epi32 (1));
}

static inline __attribute__ ((always_inline)) void
quantize (const registers *constants, const float x[], float out[],
          lane_counts *lanes, numsys_counts *counts)
{
  const __m512 zero = _mm512_setzero_ps ();
  __m512 given = _mm512_loadu_ps (x);
  __m512 k = _mm512_roundscale_ps (_mm512_mul_ps (given, constants->inverse),
                                   _MM_FROUND_TO_NEAREST_INT
                                     | _MM_FROUND_NO_EXC);
  __mmask16 is_nan = _mm512_cmp_ps_mask (given, given, _CMP_UNORD_Q);
  __mmask16 is_over
    = (__mmask16) (_mm512_cmp_ps_mask (k, constants->least, _CMP_LT_OQ)
                   | _mm512_cmp_ps_mask (k, constants->most, _CMP_GT_OQ));
  __m512 result;

  lanes->small = count (lanes->small,
                        _mm512_cmp_ps_mask (k, zero, _CMP_EQ_OQ));
  lanes->zero = count (lanes->zero,
                       _mm512_cmp_ps_mask (given, zero, _CMP_EQ_OQ));
  lanes->over = count (lanes->over, is_over);
  k = _mm512_min_ps (_mm512_max_ps (k, constants->least), constants->most);
  /* Zero has no sign. */
  result = _mm512_add_ps (_mm512_mul_ps (k, constants->unit), zero);
  if (__builtin_expect (is_nan, 0))
    {
      result = _mm512_castsi512_ps (
        _mm512_mask_mov_epi32 (_mm512_castps_si512 (result), is_nan,
                               _mm512_set1_epi32 (NUMSYS_NAN_BITS)));
      counts->nan += (unsigned) __builtin_popcount (is_nan);
    }
  _mm512_storeu_ps (out, result);
}

static void
quantize_piece (const numsys_fixed_nearest *plan, size_t n, const float x[],
                float out[], numsys_counts *counts)
{
  registers constants = {
    .unit = _mm512_set1_ps (plan->unit),
    .inverse = _mm512_set1_ps (plan->inverse),
    .least = _mm512_set1_ps (plan->least),
    .most = _mm512_set1_ps (plan->most),
  };
  lane_counts lanes = { _mm512_setzero_si512 (), _mm512_setzero_si512 (),
                        _mm512_setzero_si512 () };

  for (size_t i = 0; i < n; i += LANES)
    quantize (&constants, x + i, out + i, &lanes, counts);
  counts->small += (uint32_t) _mm512_reduce_add_epi32 (lanes.small);
  counts->zero += (uint32_t) _mm512_reduce_add_epi32 (lanes.zero);
  counts->over += (uint32_t) _mm512_reduce_add_epi32 (lanes.over);
}

/* Lanes count to 2^32, so an array is cut. */
void
numsys_avx512_fixed_nearest (const numsys_fixed_nearest *plan, size_t n,
                             const float x[], float out[],
                             numsys_counts *counts)
{
  const size_t piece = (size_t) 1 << 30;
  size_t whole = n / LANES * LANES;

  for (size_t i = 0; i < whole; i += piece)
    quantize_piece (plan, whole - i < piece ? whole - i : piece, x + i,
                    out + i, counts);
  numsys_portable_fixed_nearest (plan, n - whole, x + whole, out + whole,
                                 counts);
}
