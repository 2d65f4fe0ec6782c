/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linear:N: each function by at most N chords between knots; [x] is x rounded
   to nearest, halves up.

     sum (d)         = [(S[i] (2^s - y) + S[i+1] y) / 2^(s+F)],
                       i = d >> s, y = d mod 2^s; 0 behind the last knot
     difference (d)  the same with knots D[i], shift t and d - 1 for d
     to-linear (r)   = [(V[i] (gamma - l) + V[i+1] l) / gamma],
                       i = floor (r N / gamma), l = r N - i gamma
     from-linear (m) = [(L[i] (2^F - y) + L[i+1] y) / 2^(2F)],
                       i = floor (f N / 2^F), y = f N mod 2^F, f = m - 2^F

   s and t are the least shifts that reach the end, where the exact function is
   0, in N chords.  Knots, with F fraction bits, rounded to nearest: S[i] the
   sum at i 2^s, D[i] the difference at 1 + i 2^t, V[i] = 2^(i/N), L[i] =
   gamma log2 (1 + i/N).  */

#include <config.h>
#include "numsys/approx/parts.h"

static int64_t
sum_constant (const numsys_approx *approx, int64_t i, unsigned fraction)
{
  return numsys_constant_sum (approx->gamma,
                              (2 * i) << approx->shift[NUMSYS_APPROX_SUM],
                              fraction);
}

static int64_t
difference_constant (const numsys_approx *approx, int64_t i,
                     unsigned fraction)
{
  return numsys_constant_difference (
    approx->gamma,
    2 + ((2 * i) << approx->shift[NUMSYS_APPROX_DIFFERENCE]), fraction);
}

static int64_t
power_constant (const numsys_approx *approx, int64_t i, unsigned fraction)
{
  return numsys_constant_power (i, approx->values[0], fraction);
}

static int64_t
log_constant (const numsys_approx *approx, int64_t i, unsigned fraction)
{
  const int64_t N = approx->values[0];

  return numsys_constant_log (approx->gamma, N + i, N, fraction);
}

static int
prepare (numsys_approx *approx, numsys_error *error)
{
  const int64_t N = approx->values[0];
  size_t n[2];

  for (int f = 0; f < 2; f++)
    {
      const int64_t length = approx->end[f] - (f == NUMSYS_APPROX_DIFFERENCE);

      approx->shift[f] = numsys_approx_shift (length, N);
      n[f] = (size_t) ((length + (INT64_C (1) << approx->shift[f]) - 1)
                       >> approx->shift[f]) + 1;
    }
  const numsys_approx_table shapes[] = {
    { .name = "sum", .meaning = "S[i]: the sum at d = i 2^s", .n = n[0],
      .constant = sum_constant, .functions = APPROX_SUM },
    { .name = "difference", .meaning = "D[i]: the difference at d = 1 + i 2^t",
      .n = n[1], .constant = difference_constant,
      .functions = APPROX_DIFFERENCE },
    { .name = "power", .meaning = "V[i] = 2^(i/N)", .n = (size_t) N + 1,
      .constant = power_constant, .functions = APPROX_TO_LINEAR },
    { .name = "log", .meaning = "L[i] = gamma log2 (1 + i/N)",
      .n = (size_t) N + 1, .constant = log_constant,
      .functions = APPROX_FROM_LINEAR },
  };
  if (numsys_approx_check_entries (approx, error) != 0)
    return -1;
  for (size_t i = 0; i < 4; i++)
    {
      numsys_approx_table shape = shapes[i];

      shape.fraction = approx->fraction;
      if (numsys_approx_append (approx, &shape, error) != 0)
        return -1;
    }
  return 0;
}

/* [(knot[i] (width - y) + knot[i + 1] y) / (width unit)] */
static int64_t
chord (const int64_t knot[], int64_t i, int64_t width, int64_t y,
       int64_t unit)
{
  const numsys_wide at = (numsys_wide) knot[i] * (width - y)
                         + (y == 0 ? 0 : (numsys_wide) knot[i + 1] * y);
  const numsys_wide by = (numsys_wide) width * unit;

  return (int64_t) ((2 * at + by) / (2 * by));
}

static void
gauss (const numsys_approx *approx, int function, size_t n, const int64_t d[],
       int64_t out[])
{
  const numsys_approx_table *table = &approx->table[function];
  const unsigned shift = approx->shift[function];
  const int64_t width = INT64_C (1) << shift;
  const int64_t unit = INT64_C (1) << approx->fraction;

  for (size_t i = 0; i < n; i++)
    {
      const int64_t x = d[i] - (function == NUMSYS_APPROX_DIFFERENCE);

      out[i] = x >> shift < (int64_t) table->n - 1
                 ? chord (table->entry, x >> shift, width, x & (width - 1),
                          unit)
                 : 0;
    }
}

static void
sum (const numsys_approx *approx, size_t n, const int64_t d[], int64_t out[])
{
  gauss (approx, NUMSYS_APPROX_SUM, n, d, out);
}

static void
difference (const numsys_approx *approx, size_t n, const int64_t d[],
            int64_t out[])
{
  gauss (approx, NUMSYS_APPROX_DIFFERENCE, n, d, out);
}

static void
to_linear (const numsys_approx *approx, size_t n, const int64_t r[],
           int64_t out[])
{
  const int64_t gamma = approx->gamma;

  for (size_t j = 0; j < n; j++)
    {
      const int64_t x = r[j] * approx->values[0], i = x / gamma;

      out[j] = chord (approx->table[2].entry, i, gamma, x - i * gamma, 1);
    }
}

static void
from_linear (const numsys_approx *approx, size_t n, const int64_t m[],
             int64_t out[])
{
  const int64_t one = INT64_C (1) << approx->fraction;

  for (size_t j = 0; j < n; j++)
    {
      const int64_t x = (m[j] - one) * approx->values[0];

      out[j] = chord (approx->table[3].entry, x >> approx->fraction, one,
                      x & (one - 1), one);
    }
}

static const numsys_param params[] = {
  NUMSYS_APPROX_ENTRIES (4, "most chords of each function"),
  { NULL, 0, 0, 0, NULL, NULL },
};

const numsys_approx_type numsys_approx_linear = {
  .name = "linear",
  .summary = "chords between few knots",
  .params = params,
  .prepare = prepare,
  .map = { sum, difference, to_linear, from_linear },
};
