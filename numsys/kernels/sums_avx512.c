/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of rounded products with AVX-512: a sum that lies where numbers are 1
   apart rounds what a multiply-add brings to it, in the direction that the
   instruction names.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"

enum
{
  ROWS = 4, VECTORS = 4, LANES = 16, WIDE_LANES = 8,
  COLUMNS = NUMSYS_AVX512_SUMS_COLUMNS, WIDE_COLUMNS = VECTORS * WIDE_LANES
};

enum
{
  DOWN = _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC,
  NEAREST = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC
};

/* The middle of [2^23, 2^24), and of [2^52, 2^53). */
static const float middle = 0x1.8p23f;
static const double wide_middle = 0x1.8p52;

/* a b + c; is_nearest is known where this is compiled, and the direction must
   be a constant. */
__attribute__ ((always_inline)) static inline __m512
multiply_add (int is_nearest, __m512 a, __m512 b, __m512 c)
{
  return is_nearest ? _mm512_fmadd_round_ps (a, b, c, NEAREST)
                    : _mm512_fmadd_round_ps (a, b, c, DOWN);
}

__attribute__ ((always_inline)) static inline __m512d
wide_multiply_add (int is_nearest, __m512d a, __m512d b, __m512d c)
{
  return is_nearest ? _mm512_fmadd_round_pd (a, b, c, NEAREST)
                    : _mm512_fmadd_round_pd (a, b, c, DOWN);
}

/* x - origin, as integers: their bits are as far apart. */
static inline __m512i
steps_from (__m512 x, __m512 origin)
{
  return _mm512_sub_epi32 (_mm512_castps_si512 (x),
                           _mm512_castps_si512 (origin));
}

static inline __m512i
wide_steps_from (__m512d x, __m512d origin)
{
  return _mm512_sub_epi64 (_mm512_castpd_si512 (x),
                           _mm512_castpd_si512 (origin));
}

__attribute__ ((always_inline)) static inline void
sum_tile (int is_nearest, size_t k, const float a[], const uint32_t place[],
          const float b[], size_t step, int32_t c[])
{
  const __m512 origin = _mm512_set1_ps (middle);
  __m512 sum[ROWS][VECTORS];

#pragma GCC unroll 4
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 4
    for (size_t j = 0; j < VECTORS; j++)
      sum[i][j] = origin;

  for (size_t p = 0; p < k; p++)
#pragma GCC unroll 4
    for (size_t i = 0; i < ROWS; i++)
      {
        const __m512 factor = _mm512_set1_ps (a[p * ROWS + i]);
        const float *row = b + p * step + place[p * ROWS + i];

#pragma GCC unroll 4
        for (size_t j = 0; j < VECTORS; j++)
          sum[i][j] = multiply_add (is_nearest, factor,
                                    _mm512_loadu_ps (row + j * LANES),
                                    sum[i][j]);
      }

#pragma GCC unroll 4
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 4
    for (size_t j = 0; j < VECTORS; j++)
      {
        int32_t *to = c + i * COLUMNS + j * LANES;

        _mm512_storeu_si512 (
          to, _mm512_add_epi32 (_mm512_loadu_si512 (to),
                                steps_from (sum[i][j], origin)));
      }
}

static void
tile (int is_nearest, size_t k, const float a[], const uint32_t place[],
      const float b[], size_t step, int32_t c[])
{
  if (is_nearest)
    sum_tile (1, k, a, place, b, step, c);
  else
    sum_tile (0, k, a, place, b, step, c);
}

__attribute__ ((always_inline)) static inline void
sum_wide_tile (int is_nearest, size_t k, const double a[],
               const uint32_t place[], const double b[], size_t step,
               int64_t c[])
{
  const __m512d origin = _mm512_set1_pd (wide_middle);
  __m512d sum[ROWS][VECTORS];

#pragma GCC unroll 4
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 4
    for (size_t j = 0; j < VECTORS; j++)
      sum[i][j] = origin;

  for (size_t p = 0; p < k; p++)
#pragma GCC unroll 4
    for (size_t i = 0; i < ROWS; i++)
      {
        const __m512d factor = _mm512_set1_pd (a[p * ROWS + i]);
        const double *row = b + p * step + place[p * ROWS + i];

#pragma GCC unroll 4
        for (size_t j = 0; j < VECTORS; j++)
          sum[i][j] = wide_multiply_add (
            is_nearest, factor, _mm512_loadu_pd (row + j * WIDE_LANES),
            sum[i][j]);
      }

#pragma GCC unroll 4
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 4
    for (size_t j = 0; j < VECTORS; j++)
      {
        int64_t *to = c + i * WIDE_COLUMNS + j * WIDE_LANES;

        _mm512_storeu_si512 (
          to, _mm512_add_epi64 (_mm512_loadu_si512 (to),
                                wide_steps_from (sum[i][j], origin)));
      }
}

static void
wide_tile (int is_nearest, size_t k, const double a[], const uint32_t place[],
           const double b[], size_t step, int64_t c[])
{
  if (is_nearest)
    sum_wide_tile (1, k, a, place, b, step, c);
  else
    sum_wide_tile (0, k, a, place, b, step, c);
}

static void
beyond (const int32_t c[], int32_t limit, uint64_t *flag)
{
  for (size_t j = 0; j < COLUMNS; j += LANES)
    *flag |= (uint64_t) _mm512_cmpgt_epi32_mask (
               _mm512_abs_epi32 (_mm512_loadu_si512 (c + j)),
               _mm512_set1_epi32 (limit)) << j;
}

static void
wide_beyond (const int64_t c[], int64_t limit, uint64_t *flag)
{
  for (size_t j = 0; j < WIDE_COLUMNS; j += WIDE_LANES)
    *flag |= (uint64_t) _mm512_cmpgt_epi64_mask (
               _mm512_abs_epi64 (_mm512_loadu_si512 (c + j)),
               _mm512_set1_epi64 (limit)) << j;
}

static void
widen (size_t n, const int32_t c[], int64_t out[])
{
  for (size_t i = 0; i < n; i += WIDE_LANES)
    {
      const __mmask8 there
        = (__mmask8) (n - i < WIDE_LANES ? (1U << (n - i)) - 1 : 0xff);

      _mm512_mask_storeu_epi64 (
        out + i, there,
        _mm512_cvtepi32_epi64 (_mm256_maskz_loadu_epi32 (there, c + i)));
    }
}

/* Fewer than LINE bytes. */
static inline void
store_some (size_t n, const unsigned char *from, unsigned char *to)
{
  const __mmask64 there = (UINT64_C (1) << n) - 1;

  _mm512_mask_storeu_epi8 (to, there, _mm512_maskz_loadu_epi8 (there, from));
}

static void
store (size_t n, const void *from, void *to)
{
  enum { LINE = 64 };
  const unsigned char *x = from;
  unsigned char *out = to;
  size_t i = -(uintptr_t) to % LINE;

  i = i < n ? i : n;
  store_some (i, x, out);
  for (; i + LINE <= n; i += LINE)
    _mm512_store_si512 (out + i, _mm512_loadu_si512 (x + i));
  store_some (n - i, x + i, out + i);
}

const numsys_sums_kernel numsys_avx512_sums = {
  .rows = ROWS,
  .columns = COLUMNS,
  .wide_columns = WIDE_COLUMNS,
  .tile = tile,
  .wide_tile = wide_tile,
  .beyond = beyond,
  .wide_beyond = wide_beyond,
  .widen = widen,
  .store = store,
  .factors = numsys_avx512_factors,
  .wide_factors = numsys_avx512_wide_factors,
  .spread = numsys_avx512_spread,
  .wide_spread = numsys_avx512_wide_spread,
  .differ = numsys_avx512_differ,
  .signs = numsys_avx512_signs,
  .numbers = numsys_avx512_numbers,
  .turn = numsys_avx512_turn,
  .measure = numsys_avx512_measure,
  .accumulate = numsys_avx512_accumulate,
  .gather = numsys_avx512_gather,
  .floats = numsys_avx512_floats,
};
