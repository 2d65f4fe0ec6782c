/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to fixed point on 16 lanes.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/columns_avx512.h"
#include "numsys/kernels/portable.h"

enum { LANES = 16 };

/* What a loop keeps in registers. */
typedef struct registers
{
  __m512 unit, inverse, least, most;
} registers;

/* Returns small counts, lane by lane. */
static inline __attribute__ ((always_inline)) __m512i
quantize (const registers *constants, const float x[], float out[],
          __m512i small, numsys_counts *counts)
{
  const __m512 zero = _mm512_setzero_ps ();
  __m512 given = _mm512_loadu_ps (x);
  __m512 k = _mm512_roundscale_ps (_mm512_mul_ps (given, constants->inverse),
                                   _MM_FROUND_TO_NEAREST_INT
                                     | _MM_FROUND_NO_EXC);
  __m512 held = _mm512_min_ps (_mm512_max_ps (k, constants->least),
                               constants->most);
  /* Zero has no sign. */
  __m512 result = _mm512_add_ps (_mm512_mul_ps (held, constants->unit), zero);
  __mmask16 is_changed = _mm512_cmp_ps_mask (k, held, _CMP_NEQ_UQ);
  __mmask16 is_small = _mm512_mask_cmp_ps_mask (
    _mm512_cmp_ps_mask (given, zero, _CMP_NEQ_UQ), k, zero, _CMP_EQ_OQ);

  if (__builtin_expect (is_changed, 0))
    {
      __mmask16 is_nan = _mm512_cmp_ps_mask (given, given, _CMP_UNORD_Q);

      counts->nan += (unsigned) __builtin_popcount (is_nan);
      counts->over += (unsigned) __builtin_popcount (is_changed & ~is_nan);
      result = _mm512_castsi512_ps (
        _mm512_mask_mov_epi32 (_mm512_castps_si512 (result), is_nan,
                               _mm512_set1_epi32 (NUMSYS_NAN_BITS)));
    }
  _mm512_storeu_ps (out, result);
  return _mm512_mask_add_epi32 (small, is_small, small,
                                _mm512_set1_epi32 (1));
}

/* Vectors `stride' numbers apart. */
static inline __attribute__ ((always_inline)) void
quantize_rows (const registers *constants, size_t rows, size_t stride,
               const float x[], float out[], numsys_counts *counts)
{
  __m512i small = _mm512_setzero_si512 ();

  for (size_t i = 0; i < rows * stride; i += stride)
    small = quantize (constants, x + i, out + i, small, counts);
  counts->small += (uint32_t) _mm512_reduce_add_epi32 (small);
}

/* Lanes count to 2^32, so an array is cut. */
void
numsys_avx512_fixed_nearest (const numsys_fixed_nearest *plan, size_t n,
                             const float x[], float out[],
                             numsys_counts *counts)
{
  const size_t piece = (size_t) 1 << 30;
  const size_t whole = n / LANES * LANES;
  const registers constants = {
    .unit = _mm512_set1_ps (plan->unit),
    .inverse = _mm512_set1_ps (plan->inverse),
    .least = _mm512_set1_ps (plan->least),
    .most = _mm512_set1_ps (plan->most),
  };

  for (size_t i = 0; i < whole; i += piece)
    quantize_rows (&constants,
                   (whole - i < piece ? whole - i : piece) / LANES, LANES,
                   x + i, out + i, counts);
  numsys_portable_fixed_nearest (plan, n - whole, x + whole, out + whole,
                                 counts);
}

/* Each lane is a column's. */
int
numsys_avx512_fixed_columns (const numsys_fixed_nearest plan[], size_t rows,
                             size_t stride, const float x[], float out[],
                             numsys_counts *counts)
{
  const size_t size = sizeof *plan;
  const registers constants = {
    .unit = _mm512_castsi512_ps (numsys_fields (&plan->unit, size)),
    .inverse = _mm512_castsi512_ps (numsys_fields (&plan->inverse, size)),
    .least = _mm512_castsi512_ps (numsys_fields (&plan->least, size)),
    .most = _mm512_castsi512_ps (numsys_fields (&plan->most, size)),
  };

  quantize_rows (&constants, rows, stride, x, out, counts);
  return 1;
}
