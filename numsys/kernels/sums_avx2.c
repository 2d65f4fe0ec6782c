/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of rounded products with AVX2.  A sum that lies where numbers are 1
   apart rounds what a multiply-add brings to it, in the direction that the
   processor is set to meanwhile.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/portable.h"

enum
{
  ROWS = 2, VECTORS = 4, LANES = 8, WIDE_LANES = 4,
  COLUMNS = VECTORS * LANES, WIDE_COLUMNS = VECTORS * WIDE_LANES
};

/* The middle of [2^23, 2^24), and of [2^52, 2^53). */
static const float middle = 0x1.8p23f;
static const double wide_middle = 0x1.8p52;

/* x - origin, as integers: their bits are as far apart. */
static inline __m256i
steps_from (__m256 x, __m256 origin)
{
  return _mm256_sub_epi32 (_mm256_castps_si256 (x),
                           _mm256_castps_si256 (origin));
}

static inline __m256i
wide_steps_from (__m256d x, __m256d origin)
{
  return _mm256_sub_epi64 (_mm256_castpd_si256 (x),
                           _mm256_castpd_si256 (origin));
}

/* Apart, so that nothing of it moves to where the direction is another. */
__attribute__ ((noinline)) static void
sum_tile (size_t k, const float a[], const uint32_t place[], const float b[],
          size_t step, int32_t c[])
{
  const __m256 origin = _mm256_set1_ps (middle);
  __m256 sum[ROWS][VECTORS];

#pragma GCC unroll 2
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 4
    for (size_t j = 0; j < VECTORS; j++)
      sum[i][j] = origin;

  for (size_t p = 0; p < k; p++)
#pragma GCC unroll 2
    for (size_t i = 0; i < ROWS; i++)
      {
        const __m256 factor = _mm256_broadcast_ss (a + p * ROWS + i);
        const float *row = b + p * step + place[p * ROWS + i];

#pragma GCC unroll 4
        for (size_t j = 0; j < VECTORS; j++)
          sum[i][j] = _mm256_fmadd_ps (
            factor, _mm256_loadu_ps (row + j * LANES), sum[i][j]);
      }

#pragma GCC unroll 2
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 4
    for (size_t j = 0; j < VECTORS; j++)
      {
        __m256i *to = (__m256i *) (void *) (c + i * COLUMNS + j * LANES);

        _mm256_storeu_si256 (to,
                             _mm256_add_epi32 (_mm256_loadu_si256 (to),
                                               steps_from (sum[i][j], origin)));
      }
}

__attribute__ ((noinline)) static void
sum_wide_tile (size_t k, const double a[], const uint32_t place[],
               const double b[], size_t step, int64_t c[])
{
  const __m256d origin = _mm256_set1_pd (wide_middle);
  __m256d sum[ROWS][VECTORS];

#pragma GCC unroll 2
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 4
    for (size_t j = 0; j < VECTORS; j++)
      sum[i][j] = origin;

  for (size_t p = 0; p < k; p++)
#pragma GCC unroll 2
    for (size_t i = 0; i < ROWS; i++)
      {
        const __m256d factor = _mm256_broadcast_sd (a + p * ROWS + i);
        const double *row = b + p * step + place[p * ROWS + i];

#pragma GCC unroll 4
        for (size_t j = 0; j < VECTORS; j++)
          sum[i][j] = _mm256_fmadd_pd (
            factor, _mm256_loadu_pd (row + j * WIDE_LANES), sum[i][j]);
      }

#pragma GCC unroll 2
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 4
    for (size_t j = 0; j < VECTORS; j++)
      {
        __m256i *to
          = (__m256i *) (void *) (c + i * WIDE_COLUMNS + j * WIDE_LANES);

        _mm256_storeu_si256 (
          to, _mm256_add_epi64 (_mm256_loadu_si256 (to),
                                wide_steps_from (sum[i][j], origin)));
      }
}

/* The control word of this direction, exceptions masked. */
static unsigned
direction (unsigned control, int is_nearest)
{
  return (control & ~(unsigned) _MM_ROUND_MASK) | _MM_MASK_MASK
         | (is_nearest ? _MM_ROUND_NEAREST : _MM_ROUND_DOWN);
}

static void
tile (int is_nearest, size_t k, const float a[], const uint32_t place[],
      const float b[], size_t step, int32_t c[])
{
  const unsigned control = _mm_getcsr ();

  _mm_setcsr (direction (control, is_nearest));
  sum_tile (k, a, place, b, step, c);
  _mm_setcsr (control);
}

static void
wide_tile (int is_nearest, size_t k, const double a[], const uint32_t place[],
           const double b[], size_t step, int64_t c[])
{
  const unsigned control = _mm_getcsr ();

  _mm_setcsr (direction (control, is_nearest));
  sum_wide_tile (k, a, place, b, step, c);
  _mm_setcsr (control);
}

static void
beyond (const int32_t c[], int32_t limit, uint64_t *flag)
{
  for (size_t j = 0; j < COLUMNS; j++)
    *flag |= (uint64_t) (c[j] > limit || c[j] < -limit) << j;
}

static void
wide_beyond (const int64_t c[], int64_t limit, uint64_t *flag)
{
  for (size_t j = 0; j < WIDE_COLUMNS; j++)
    *flag |= (uint64_t) (c[j] > limit || c[j] < -limit) << j;
}

const numsys_sums_kernel numsys_avx2_sums = {
  .rows = ROWS,
  .columns = COLUMNS,
  .wide_columns = WIDE_COLUMNS,
  .tile = tile,
  .wide_tile = wide_tile,
  .beyond = beyond,
  .wide_beyond = wide_beyond,
  .widen = numsys_portable_widen,
  .store = numsys_portable_store,
  .factors = numsys_portable_factors,
  .wide_factors = numsys_portable_wide_factors,
  .spread = numsys_avx2_spread,
  .wide_spread = numsys_portable_wide_spread,
  .differ = numsys_avx2_differ,
  .signs = numsys_portable_signs,
  .numbers = numsys_portable_numbers,
  .turn = numsys_portable_turn,
  .measure = numsys_portable_measure,
  .accumulate = numsys_portable_accumulate,
  .gather = numsys_portable_gather,
  .floats = numsys_portable_floats,
};
