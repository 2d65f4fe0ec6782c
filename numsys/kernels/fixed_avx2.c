/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to fixed point on 8 lanes.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/columns_avx2.h"
#include "numsys/kernels/lanes_avx2.h"
#include "numsys/kernels/portable.h"

enum { LANES = NUMSYS_LANES };

/* What a loop keeps in registers. */
typedef struct registers
{
  __m256 unit, inverse, least, most;
} registers;

/* Returns small counts, lane by lane. */
static inline __attribute__ ((always_inline)) __m256i
quantize (const registers *constants, const float x[], float out[],
          __m256i small, numsys_counts *counts)
{
  const __m256 zero = _mm256_setzero_ps ();
  __m256 given = _mm256_loadu_ps (x);
  __m256 k = _mm256_round_ps (_mm256_mul_ps (given, constants->inverse),
                              _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  __m256 held = _mm256_min_ps (_mm256_max_ps (k, constants->least),
                               constants->most);
  /* Zero has no sign. */
  __m256 result = _mm256_add_ps (_mm256_mul_ps (held, constants->unit), zero);
  int changed = _mm256_movemask_ps (_mm256_cmp_ps (k, held, _CMP_NEQ_UQ));
  __m256 is_small = _mm256_andnot_ps (
    _mm256_cmp_ps (given, zero, _CMP_EQ_OQ),
    _mm256_cmp_ps (k, zero, _CMP_EQ_OQ));

  if (__builtin_expect (changed, 0))
    {
      __m256 is_nan = _mm256_cmp_ps (given, given, _CMP_UNORD_Q);
      int nan = _mm256_movemask_ps (is_nan);

      counts->nan += (unsigned) __builtin_popcount ((unsigned) nan);
      counts->over += (unsigned) __builtin_popcount (
        (unsigned) (changed & ~nan));
      result = _mm256_blendv_ps (
        result, _mm256_castsi256_ps (_mm256_set1_epi32 (NUMSYS_NAN_BITS)),
        is_nan);
    }
  _mm256_storeu_ps (out, result);
  return _mm256_sub_epi32 (small, _mm256_castps_si256 (is_small));
}

/* Vectors `stride' numbers apart; the range is that of the plan. */
static void
quantize_rows (const numsys_fixed_nearest *plan, __m256 unit, __m256 inverse,
               size_t rows, size_t stride, const float x[], float out[],
               numsys_counts *counts)
{
  const registers constants = {
    .unit = unit,
    .inverse = inverse,
    .least = _mm256_set1_ps (plan->least),
    .most = _mm256_set1_ps (plan->most),
  };
  __m256i small = _mm256_setzero_si256 ();

  for (size_t i = 0; i < rows * stride; i += stride)
    small = quantize (&constants, x + i, out + i, small, counts);
  counts->small += numsys_total (small);
}

/* Lanes count to 2^32, so an array is cut. */
void
numsys_avx2_fixed_nearest (const numsys_fixed_nearest *plan, size_t n,
                           const float x[], float out[],
                           numsys_counts *counts)
{
  const size_t piece = (size_t) 1 << 30;
  const size_t whole = n / LANES * LANES;

  for (size_t i = 0; i < whole; i += piece)
    quantize_rows (plan, _mm256_set1_ps (plan->unit),
                   _mm256_set1_ps (plan->inverse),
                   (whole - i < piece ? whole - i : piece) / LANES, LANES,
                   x + i, out + i, counts);
  numsys_portable_fixed_nearest (plan, n - whole, x + whole, out + whole,
                                 counts);
}

/* Each lane is a column's. */
int
numsys_avx2_fixed_columns (const numsys_fixed_nearest plan[], size_t rows,
                           size_t stride, const float x[], float out[],
                           numsys_counts *counts)
{
  const size_t size = sizeof *plan;

  for (size_t c = 0; c < NUMSYS_COLUMNS; c += LANES)
    quantize_rows (
      plan, _mm256_castsi256_ps (numsys_fields (&plan[c].unit, size)),
      _mm256_castsi256_ps (numsys_fields (&plan[c].inverse, size)), rows,
      stride, x + c, out + c, counts);
  return 1;
}
