/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hybrid:N, the paper's: the top part of a remainder by a table, the rest by
   Mitchell's line.  With T[i] = 2^F 2^(i/N) and R[i] = 2^F 2^(-i/N), rounded to
   nearest, 0 <= i < N; [x] being x rounded to nearest, halves up:

     to-linear (r)   = T[i] + [T[i] l / (N gamma)],
                       i = floor (r N / gamma), l = r N - i gamma
     from-linear (m) = [gamma i / N + gamma (m - T[i]) R[i] / 2^(2F)],
                       i the greatest with T[i] <= m: the inverse

   and sum and difference through the linear domain (detour.c).  N divides
   gamma in most designs: i is then the top bits of r and l / N the low ones.
   to-linear over-estimates, and may exceed 2^(F+1): it has F + 2 bits.  */

#include <config.h>
#include "numsys/approx/parts.h"

static int64_t
power_constant (const numsys_approx *approx, int64_t i, unsigned fraction)
{
  return numsys_constant_power (i, approx->values[0], fraction);
}

static int64_t
reciprocal_constant (const numsys_approx *approx, int64_t i,
                     unsigned fraction)
{
  return numsys_constant_power (-i, approx->values[0], fraction);
}

static int
prepare (numsys_approx *approx, numsys_error *error)
{
  const numsys_approx_table power = {
    .name = "power", .meaning = "T[i] = 2^(i/N)",
    .n = (size_t) approx->values[0], .fraction = approx->fraction,
    .constant = power_constant, .functions = APPROX_ALL,
  };
  const numsys_approx_table reciprocal = {
    .name = "reciprocal", .meaning = "R[i] = 2^(-i/N)",
    .n = (size_t) approx->values[0], .fraction = approx->fraction,
    .constant = reciprocal_constant,
    .functions = APPROX_ALL & ~APPROX_TO_LINEAR,
  };

  return numsys_approx_check_entries (approx, error) == 0
             && numsys_approx_append (approx, &power, error) == 0
           ? numsys_approx_append (approx, &reciprocal, error) : -1;
}

static void
to_linear (const numsys_approx *approx, size_t n, const int64_t r[],
           int64_t out[])
{
  const int64_t N = (int64_t) approx->table[0].n, gamma = approx->gamma;

  for (size_t j = 0; j < n; j++)
    {
      const int64_t i = r[j] * N / gamma, l = r[j] * N - i * gamma;
      const int64_t T = approx->table[0].entry[i];

      out[j] = T + (2 * T * l + N * gamma) / (2 * N * gamma);
    }
}

/* The greatest i with T[i] <= m. */
static size_t
locate (const numsys_approx_table *power, int64_t m)
{
  size_t low = 0, high = power->n;

  while (high - low > 1)
    {
      const size_t middle = (low + high) / 2;

      if (power->entry[middle] <= m)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static void
from_linear (const numsys_approx *approx, size_t n, const int64_t m[],
             int64_t out[])
{
  const int64_t N = (int64_t) approx->table[0].n, gamma = approx->gamma;
  const numsys_wide one = (numsys_wide) 1 << (2 * approx->fraction);

  for (size_t j = 0; j < n; j++)
    {
      const size_t i = locate (&approx->table[0], m[j]);
      const numsys_wide steps
        = gamma * (int64_t) i * one
          + (numsys_wide) (N * gamma) * (m[j] - approx->table[0].entry[i])
              * approx->table[1].entry[i];

      out[j] = (int64_t) ((2 * steps + N * one) / (2 * N * one));
    }
}

static const numsys_param params[] = {
  NUMSYS_APPROX_ENTRIES (4, "entries of the table of powers"),
  { NULL, 0, 0, 0, NULL, NULL },
};

const numsys_approx_type numsys_approx_hybrid = {
  .name = "hybrid",
  .summary = "a table for the top bits, Mitchell's line for the low ones",
  .params = params,
  .prepare = prepare,
  .map = { numsys_detour_sum, numsys_detour_difference, to_linear,
           from_linear },
};
