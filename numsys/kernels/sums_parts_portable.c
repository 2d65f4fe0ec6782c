/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes with sums of rounded products, in plain C: factors and copies of
   numbers, signs, sums of rows, and the sums' way to float32.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "numsys/kernels/portable.h"

enum { MANTISSA = 23, SIGN = 31, WIDE_MANTISSA = 52, WIDE_SIGN = 63 };

/* Of a number that is not zero. */
static inline uint64_t
bits_of (const numsys_sums_form *form, uint32_t number, unsigned mantissa,
         unsigned sign)
{
  const uint32_t q = (number / 2 - 1) / form->gamma + form->base;

  return ((uint64_t) q << mantissa) + ((uint64_t) (number % 2) << sign)
         + form->adds[number % 2];
}

static inline uint32_t
place_of (const numsys_sums_form *form, uint32_t number)
{
  return (number / 2 - 1) % form->gamma * form->times;
}

static inline size_t
rounded_up (size_t n, size_t group)
{
  return (n + group - 1) / group * group;
}

void
numsys_portable_factors (const numsys_sums_form *form, size_t n,
                         const uint32_t number[], size_t stride, float out[],
                         uint32_t place[])
{
  const size_t group = form->group, end = rounded_up (n, group);

  for (size_t i = 0; i < end; i++)
    {
      const uint32_t x = i < n ? number[i] : 0;
      const size_t at = i / group * stride + i % group;
      const uint32_t bits
        = x == 0 ? 0 : (uint32_t) bits_of (form, x, MANTISSA, SIGN);

      memcpy (out + at, &bits, sizeof bits);
      place[at] = x == 0 ? 0 : place_of (form, x);
    }
}

void
numsys_portable_wide_factors (const numsys_sums_form *form, size_t n,
                              const uint32_t number[], size_t stride,
                              double out[], uint32_t place[])
{
  const size_t group = form->group, end = rounded_up (n, group);

  for (size_t i = 0; i < end; i++)
    {
      const uint32_t x = i < n ? number[i] : 0;
      const size_t at = i / group * stride + i % group;
      const uint64_t bits
        = x == 0 ? 0 : bits_of (form, x, WIDE_MANTISSA, WIDE_SIGN);

      memcpy (out + at, &bits, sizeof bits);
      place[at] = x == 0 ? 0 : place_of (form, x);
    }
}

void
numsys_portable_spread (const numsys_sums_form *form,
                        const numsys_sums_table *table,
                        const uint32_t number[], uint32_t out[])
{
  for (size_t j = 0; j < form->group; j++)
    {
      const uint32_t x = number[j], place = x == 0 ? 0 : place_of (form, x);
      const uint32_t bits = (uint32_t) bits_of (form, x, MANTISSA, SIGN);

      for (size_t i = 0; i < table->copies; i++)
        out[i * form->group + j]
          = x == 0 ? 0 : table->narrow[place + i * table->step] + bits;
    }
}

void
numsys_portable_wide_spread (const numsys_sums_form *form,
                             const numsys_sums_table *table,
                             const uint32_t number[], uint64_t out[])
{
  for (size_t j = 0; j < form->group; j++)
    {
      const uint32_t x = number[j], place = x == 0 ? 0 : place_of (form, x);
      const uint64_t bits = bits_of (form, x, WIDE_MANTISSA, WIDE_SIGN);

      for (size_t i = 0; i < table->copies; i++)
        out[i * form->group + j]
          = x == 0 ? 0 : table->wide[place + i * table->step] + bits;
    }
}

void
numsys_portable_widen (size_t n, const int32_t c[], int64_t out[])
{
  for (size_t i = 0; i < n; i++)
    out[i] = c[i];
}

void
numsys_portable_store (size_t n, const void *from, void *to)
{
  memcpy (to, from, n);
}

void
numsys_portable_differ (size_t words, const uint64_t a[], size_t n,
                        const uint64_t b[], int64_t sum[])
{
  for (size_t w = 0; w < words; w++)
    for (size_t j = 0; j < n; j++)
      sum[j] += __builtin_popcountll ((a[2 * w] & b[(2 * w + 1) * n + j])
                                      | (a[2 * w + 1] & b[2 * w * n + j]));
}

void
numsys_portable_signs (size_t rows, size_t n, const uint32_t number[],
                       size_t stride, uint64_t positive[],
                       uint64_t negative[])
{
  for (size_t j = 0; j < n; j++)
    positive[j] = negative[j] = 0;
  for (size_t p = 0; p < rows; p++)
    for (size_t j = 0; j < n; j++)
      {
        const uint32_t x = number[p * stride + j];

        negative[j] |= (uint64_t) (x & 1) << p;
        positive[j] |= (uint64_t) (x != 0 && (x & 1) == 0) << p;
      }
}

void
numsys_portable_numbers (size_t n, unsigned width, int has_zero,
                         const float x[], uint32_t code[])
{
  const uint32_t half = UINT32_C (1) << width;

  for (size_t i = 0; i < n; i++)
    {
      const uint32_t is_zero = (x[i] == 0) & (has_zero != 0);
      const uint32_t e = code[i] & (half - 1);

      code[i] = (2 * (e + 1) + (code[i] >> width & 1)) & (is_zero - 1);
    }
}

/* In squares, which caches hold. */
void
numsys_portable_turn (size_t n, size_t k, const uint32_t x[], size_t stride,
                      uint32_t out[])
{
  enum { SIDE = 16 };

  for (size_t q = 0; q < k; q += SIDE)
    {
      const size_t end = k - q < SIDE ? k : q + SIDE;

      for (size_t i = 0; i < n; i++)
        for (size_t p = q; p < end; p++)
          out[p * n + i] = x[i * stride + p];
    }
}

size_t
numsys_portable_measure (size_t n, const uint32_t number[], uint32_t *most)
{
  uint32_t found = 0, largest = 0;

  for (size_t i = 0; i < n; i++)
    {
      found += number[i] != 0;
      largest = number[i] > largest ? number[i] : largest;
    }
  *most = largest;
  return found;
}

void
numsys_portable_accumulate (size_t n, size_t step, const uint32_t x[],
                            size_t stride, uint32_t out[])
{
  for (size_t i = n; i-- > 0;)
    {
      const uint32_t *row = x + i * stride * NUMSYS_SUMS_LANES;
      uint32_t *to = out + i * NUMSYS_SUMS_LANES;

      memcpy (to, row, NUMSYS_SUMS_LANES * sizeof *to);
      if (n - i > step)
        for (size_t lane = 0; lane < NUMSYS_SUMS_LANES; lane++)
          to[lane] += to[step * NUMSYS_SUMS_LANES + lane];
    }
}

void
numsys_portable_gather (size_t n, const uint32_t first[],
                        const uint32_t row[], const uint32_t x[],
                        uint32_t out[])
{
  for (size_t i = 0; i < n; i++)
    {
      uint32_t sum[NUMSYS_SUMS_LANES] = { 0 };

      for (uint32_t k = first[i]; k < first[i + 1]; k++)
        for (size_t lane = 0; lane < NUMSYS_SUMS_LANES; lane++)
          sum[lane] += x[(size_t) row[k] * NUMSYS_SUMS_LANES + lane];
      memcpy (out + i * NUMSYS_SUMS_LANES, sum, sizeof sum);
    }
}

/* Whether x, off by some units of its last place at most, is surely rounded as
   what it stands for, and to a normal float. */
static int
is_sure (double x)
{
  enum { DROPPED = 29, NEAR = 8 };
  const uint64_t half = UINT64_C (1) << (DROPPED - 1);
  uint64_t bits;

  memcpy (&bits, &x, sizeof bits);
  bits = (bits - half + NEAR) & ((UINT64_C (1) << DROPPED) - 1);
  return bits > 2 * NEAR && fabs (x) >= 0x1p-126 && fabs (x) < 0x1p127;
}

size_t
numsys_portable_floats (size_t n, const int64_t x[], double unit, float out[])
{
  size_t i;

  for (i = 0; i < n; i++)
    {
      const double product = (double) x[i] * unit;

      if (x[i] != 0 && !is_sure (product))
        break;
      out[i] = (float) product;
    }
  return i;
}
