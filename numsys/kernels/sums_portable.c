/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of rounded products in plain C: it defines the bits.  */

#include <config.h>
#include <math.h>
#include "numsys/kernels/portable.h"

enum { ROWS = 4, COLUMNS = 16 };

/* Adding it to a double within 2^51 and taking it off rounds to an integer. */
static const double shifter = 0x1.8p52;

/* product + rest made an integer, rest being less than half a unit of
   product's last place. */
static inline double
rounded (int is_nearest, double product, double rest)
{
  const double whole = (product + shifter) - shifter;
  const int is_above = whole > product || (whole == product && rest < 0);

  return is_nearest || !is_above ? whole : whole - 1;
}

static void
tile (int is_nearest, size_t k, const float a[], const uint32_t place[],
      const float b[], size_t step, float c[])
{
  for (size_t p = 0; p < k; p++)
    for (size_t i = 0; i < ROWS; i++)
      {
        const double factor = a[p * ROWS + i];
        const float *row = b + p * step + place[p * ROWS + i];

        for (size_t j = 0; j < COLUMNS; j++)
          c[i * COLUMNS + j]
            += (float) rounded (is_nearest, factor * row[j], 0);
      }
}

static void
wide_tile (int is_nearest, size_t k, const double a[], const uint32_t place[],
           const double b[], size_t step, double c[])
{
  for (size_t p = 0; p < k; p++)
    for (size_t i = 0; i < ROWS; i++)
      {
        const double factor = a[p * ROWS + i];
        const double *row = b + p * step + place[p * ROWS + i];

        for (size_t j = 0; j < COLUMNS; j++)
          {
            const double product = factor * row[j];

            c[i * COLUMNS + j] += rounded (is_nearest, product,
                                           fma (factor, row[j], -product));
          }
      }
}

static void
spread (size_t count, size_t times, size_t last, const uint32_t table[],
        const int32_t code[], const uint32_t add[], uint32_t out[])
{
  (void) last;
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < COLUMNS; j++)
      out[i * COLUMNS + j]
        = code[j] < 0 ? 0 : table[(size_t) code[j] + i * times] + add[j];
}

static void
wide_spread (size_t count, size_t times, size_t last, const uint64_t table[],
             const int32_t code[], const uint64_t add[], uint64_t out[])
{
  (void) last;
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < COLUMNS; j++)
      out[i * COLUMNS + j]
        = code[j] < 0 ? 0 : table[(size_t) code[j] + i * times] + add[j];
}

static void
add (size_t n, const float x[], int64_t limit, int64_t sum[],
     unsigned char flag[])
{
  for (size_t i = 0; i < n; i++)
    {
      flag[i] |= sum[i] > limit || sum[i] < -limit;
      sum[i] += (int64_t) x[i];
    }
}

static void
wide_add (size_t n, const double x[], int64_t limit, int64_t sum[],
          unsigned char flag[])
{
  for (size_t i = 0; i < n; i++)
    {
      flag[i] |= sum[i] > limit || sum[i] < -limit;
      sum[i] += (int64_t) x[i];
    }
}

static void
differ (size_t words, const uint64_t a[], size_t n, const uint64_t b[],
        int64_t sum[])
{
  for (size_t w = 0; w < words; w++)
    for (size_t j = 0; j < n; j++)
      sum[j] += __builtin_popcountll ((a[2 * w] & b[(2 * w + 1) * n + j])
                                      | (a[2 * w + 1] & b[2 * w * n + j]));
}

static void
signs (size_t rows, size_t n, const int32_t index[], uint64_t positive[],
       uint64_t negative[])
{
  for (size_t j = 0; j < n; j++)
    positive[j] = negative[j] = 0;
  for (size_t p = 0; p < rows; p++)
    for (size_t j = 0; j < n; j++)
      {
        const uint64_t is_odd = index[p * n + j] & 1;
        const uint64_t is_even = (index[p * n + j] != 0) - is_odd;

        negative[j] |= is_odd << p;
        positive[j] |= is_even << p;
      }
}

static void
alternate (size_t n, size_t step, size_t count, const size_t from[],
           const uint32_t x[], uint32_t out[])
{
  for (size_t k = 0; k < count; k++)
    {
      const uint32_t *row = x + from[k];

      if (step == 1 && k % 2 == 0)
        for (size_t i = 0; i < n; i++)
          out[i] += row[i];
      else if (step == 1)
        for (size_t i = 0; i < n; i++)
          out[i] -= row[i];
      else
        for (size_t i = 0; i < n; i++)
          out[i] += k % 2 == 0 ? row[i * step] : -row[i * step];
    }
}

const numsys_sums_kernel numsys_portable_sums = {
  .rows = ROWS,
  .columns = COLUMNS,
  .wide_columns = COLUMNS,
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
