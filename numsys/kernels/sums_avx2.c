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

/* Apart, so that nothing of it moves to where the direction is another. */
__attribute__ ((noinline)) static void
sum_tile (size_t k, const float a[], const uint32_t place[], const float b[],
          size_t step, float c[])
{
  const __m256 origin = _mm256_set1_ps (middle);
  __m256 sum[ROWS][VECTORS];

#pragma GCC unroll 2
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 4
    for (size_t j = 0; j < VECTORS; j++)
      sum[i][j] = _mm256_add_ps (
        _mm256_loadu_ps (c + i * COLUMNS + j * LANES), origin);

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
      _mm256_storeu_ps (c + i * COLUMNS + j * LANES,
                        _mm256_sub_ps (sum[i][j], origin));
}

__attribute__ ((noinline)) static void
sum_wide_tile (size_t k, const double a[], const uint32_t place[],
               const double b[], size_t step, double c[])
{
  const __m256d origin = _mm256_set1_pd (wide_middle);
  __m256d sum[ROWS][VECTORS];

#pragma GCC unroll 2
  for (size_t i = 0; i < ROWS; i++)
#pragma GCC unroll 4
    for (size_t j = 0; j < VECTORS; j++)
      sum[i][j] = _mm256_add_pd (
        _mm256_loadu_pd (c + i * WIDE_COLUMNS + j * WIDE_LANES), origin);

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
      _mm256_storeu_pd (c + i * WIDE_COLUMNS + j * WIDE_LANES,
                        _mm256_sub_pd (sum[i][j], origin));
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
      const float b[], size_t step, float c[])
{
  const unsigned control = _mm_getcsr ();

  _mm_setcsr (direction (control, is_nearest));
  sum_tile (k, a, place, b, step, c);
  _mm_setcsr (control);
}

static void
wide_tile (int is_nearest, size_t k, const double a[], const uint32_t place[],
           const double b[], size_t step, double c[])
{
  const unsigned control = _mm_getcsr ();

  _mm_setcsr (direction (control, is_nearest));
  sum_wide_tile (k, a, place, b, step, c);
  _mm_setcsr (control);
}

static void
spread (size_t count, size_t times, size_t last, const uint32_t table[],
        const int32_t code[], const uint32_t add[], uint32_t out[])
{
  const int *numbers = (const int *) (const void *) table;

  (void) last;
  for (size_t j = 0; j < COLUMNS; j += LANES)
    {
      const __m256i index
        = _mm256_loadu_si256 ((const __m256i *) (const void *) (code + j));
      const __m256i more
        = _mm256_loadu_si256 ((const __m256i *) (const void *) (add + j));
      const __m256i is_zero = _mm256_srai_epi32 (index, 31);

      for (size_t i = 0; i < count; i++)
        {
          const __m256i at = _mm256_add_epi32 (
            index, _mm256_set1_epi32 ((int) (i * times)));
          const __m256i x = _mm256_i32gather_epi32 (
            numbers, _mm256_andnot_si256 (is_zero, at), 4);

          _mm256_storeu_si256 (
            (__m256i *) (void *) (out + i * COLUMNS + j),
            _mm256_andnot_si256 (is_zero, _mm256_add_epi32 (x, more)));
        }
    }
}

static void
wide_spread (size_t count, size_t times, size_t last, const uint64_t table[],
             const int32_t code[], const uint64_t add[], uint64_t out[])
{
  (void) last;
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < WIDE_COLUMNS; j++)
      out[i * WIDE_COLUMNS + j]
        = code[j] < 0 ? 0 : table[(size_t) code[j] + i * times] + add[j];
}

static void
add (size_t n, const float x[], int64_t limit, int64_t sum[],
     unsigned char flag[])
{
  numsys_portable_sums.add (n, x, limit, sum, flag);
}

static void
wide_add (size_t n, const double x[], int64_t limit, int64_t sum[],
          unsigned char flag[])
{
  numsys_portable_sums.wide_add (n, x, limit, sum, flag);
}

/* Of each byte, by its halves. */
static inline __m256i
bits_set (__m256i x)
{
  const __m256i of_half = _mm256_broadcastsi128_si256 (
    _mm_setr_epi8 (0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
  const __m256i half = _mm256_set1_epi8 (15);

  return _mm256_add_epi8 (
    _mm256_shuffle_epi8 (of_half, _mm256_and_si256 (x, half)),
    _mm256_shuffle_epi8 (of_half, _mm256_and_si256 (
                                    _mm256_srli_epi16 (x, 4), half)));
}

static void
differ (size_t words, const uint64_t a[], size_t n, const uint64_t b[],
        int64_t sum[])
{
  const __m256i nothing = _mm256_setzero_si256 ();
  size_t j;

  for (j = 0; j + WIDE_LANES <= n; j += WIDE_LANES)
    {
      __m256i *out = (__m256i *) (void *) (sum + j);
      __m256i total = _mm256_loadu_si256 (out);

      for (size_t w = 0; w < words; w++)
        {
          const uint64_t *positive = b + 2 * w * n + j;
          const __m256i one = _mm256_and_si256 (
            _mm256_loadu_si256 ((const __m256i *) (const void *) positive),
            _mm256_set1_epi64x ((int64_t) a[2 * w + 1]));
          const __m256i other = _mm256_and_si256 (
            _mm256_loadu_si256 (
              (const __m256i *) (const void *) (positive + n)),
            _mm256_set1_epi64x ((int64_t) a[2 * w]));

          total = _mm256_add_epi64 (
            total, _mm256_sad_epu8 (
                     bits_set (_mm256_or_si256 (one, other)), nothing));
        }
      _mm256_storeu_si256 (out, total);
    }
  for (; j < n; j++)
    for (size_t w = 0; w < words; w++)
      sum[j] += __builtin_popcountll ((a[2 * w] & b[(2 * w + 1) * n + j])
                                      | (a[2 * w + 1] & b[2 * w * n + j]));
}

static void
signs (size_t rows, size_t n, const int32_t index[], uint64_t positive[],
       uint64_t negative[])
{
  numsys_portable_sums.signs (rows, n, index, positive, negative);
}

static void
alternate (size_t n, size_t step, size_t count, const size_t from[],
           const uint32_t x[], uint32_t out[])
{
  numsys_portable_sums.alternate (n, step, count, from, x, out);
}

const numsys_sums_kernel numsys_avx2_sums = {
  .rows = ROWS,
  .columns = COLUMNS,
  .wide_columns = WIDE_COLUMNS,
  .tile = tile,
  .wide_tile = wide_tile,
  .spread = spread,
  .wide_spread = wide_spread,
  .add = add,
  .wide_add = wide_add,
  .differ = differ,
  .signs = signs,
  .alternate = alternate,
};
