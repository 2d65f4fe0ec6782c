/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to fixed point on 16 lanes.  Adding 3/2 2^23 to what is not above
   2^21 rounds it to an integer; numbers stay that much higher until they are
   held to the range.  Wider formats take a rounding instruction.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/columns_avx512.h"
#include "numsys/kernels/portable.h"
#include "numsys/kernels/stream_avx512.h"

enum { LANES = 16 };

static const float shifter = 0x1.8p23f, most_shifted = 0x1p21f;

/* What a loop keeps in registers. */
typedef struct registers
{
  __m512 unit, inverse, least, most;
  __m512 origin;        /* the shifter or 0, which least and most are above */
} registers;

static inline __m512
rounded (const registers *constants, __m512 x, int is_narrow)
{
  if (is_narrow)
    return _mm512_fmadd_ps (x, constants->inverse, constants->origin);
  return _mm512_roundscale_ps (_mm512_mul_ps (x, constants->inverse),
                               _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

/* Returns small counts, lane by lane. */
static inline __attribute__ ((always_inline)) __m512i
quantize (const registers *constants, const float x[], float out[],
          int streams, int is_narrow, __m512i small, numsys_counts *counts)
{
  const __m512 zero = _mm512_setzero_ps ();
  __m512 given = _mm512_loadu_ps (x);
  __m512 k = rounded (constants, given, is_narrow);
  __m512 held = _mm512_min_ps (_mm512_max_ps (k, constants->least),
                               constants->most);
  /* Zero has no sign; a difference that is zero has none either. */
  __m512 result
    = is_narrow ? _mm512_mul_ps (_mm512_sub_ps (held, constants->origin),
                                 constants->unit)
                : _mm512_add_ps (_mm512_mul_ps (held, constants->unit), zero);
  __mmask16 is_changed = _mm512_cmp_ps_mask (k, held, _CMP_NEQ_UQ);
  __mmask16 is_small = _mm512_mask_cmp_ps_mask (
    _mm512_cmp_ps_mask (given, zero, _CMP_NEQ_UQ), k, constants->origin,
    _CMP_EQ_OQ);

  if (__builtin_expect (is_changed, 0))
    {
      __mmask16 is_nan = _mm512_cmp_ps_mask (given, given, _CMP_UNORD_Q);

      counts->nan += (unsigned) __builtin_popcount (is_nan);
      counts->over += (unsigned) __builtin_popcount (is_changed & ~is_nan);
      result = _mm512_castsi512_ps (
        _mm512_mask_mov_epi32 (_mm512_castps_si512 (result), is_nan,
                               _mm512_set1_epi32 (NUMSYS_NAN_BITS)));
    }
  numsys_store (x, out, _mm512_castps_si512 (result), streams);
  return _mm512_mask_add_epi32 (small, is_small, small,
                                _mm512_set1_epi32 (1));
}

static inline __attribute__ ((always_inline)) void
quantize_all (const registers *constants, size_t rows, size_t stride,
              const float x[], float out[], int streams, int is_narrow,
              numsys_counts *counts)
{
  __m512i small = _mm512_setzero_si512 ();

  for (size_t i = 0; i < rows * stride; i += stride)
    small = quantize (constants, x + i, out + i, streams, is_narrow, small,
                      counts);
  counts->small += (uint32_t) _mm512_reduce_add_epi32 (small);
}

/* Vectors `stride' numbers apart; the range is that of the plan. */
static void
quantize_rows (const numsys_fixed_nearest *plan, __m512 unit, __m512 inverse,
               size_t rows, size_t stride, const float x[], float out[],
               int streams, numsys_counts *counts)
{
  const int is_narrow
    = plan->most <= most_shifted && plan->least >= -most_shifted;
  const float origin = is_narrow ? shifter : 0;
  const registers constants = {
    .unit = unit,
    .inverse = inverse,
    .least = _mm512_set1_ps (origin + plan->least),
    .most = _mm512_set1_ps (origin + plan->most),
    .origin = _mm512_set1_ps (origin),
  };

  if (is_narrow && streams)
    quantize_all (&constants, rows, stride, x, out, 1, 1, counts);
  else if (is_narrow)
    quantize_all (&constants, rows, stride, x, out, 0, 1, counts);
  else
    quantize_all (&constants, rows, stride, x, out, streams, 0, counts);
}

/* Lanes count to 2^32, so an array is cut. */
void
numsys_avx512_fixed_nearest (const numsys_fixed_nearest *plan, size_t n,
                             const float x[], float out[],
                             numsys_counts *counts)
{
  const size_t piece = (size_t) 1 << 30;
  const int streams = numsys_streams (n, x, out);
  const size_t head = streams ? numsys_before_line (out) : 0;
  const size_t whole = head + (n - head) / LANES * LANES;

  numsys_portable_fixed_nearest (plan, head, x, out, counts);
  for (size_t i = head; i < whole; i += piece)
    quantize_rows (plan, _mm512_set1_ps (plan->unit),
                   _mm512_set1_ps (plan->inverse),
                   (whole - i < piece ? whole - i : piece) / LANES, LANES,
                   x + i, out + i, streams, counts);
  if (streams)
    _mm_sfence ();
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

  quantize_rows (plan,
                 _mm512_castsi512_ps (numsys_fields (&plan->unit, size)),
                 _mm512_castsi512_ps (numsys_fields (&plan->inverse, size)),
                 rows, stride, x, out, 0, counts);
  return 1;
}
