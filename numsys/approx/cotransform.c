/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cotransform:N: the difference by two short tables and one sum, in place of
   one long table that is steep near d = 0 (M. G. Arnold et al., "Arithmetic
   co-transformations in the real and complex logarithmic number systems", IEEE
   Transactions on Computers, 1998; J. N. Coleman et al., "Arithmetic on the
   European Logarithmic Microprocessor", ibid., 2000).  With b = 2^(1/gamma),

     1 - b^-(x+y) = (1 - b^-x) + b^-x (1 - b^-y),

   a sum of positive numbers.  So for d = x + y, y = d mod N:

     difference (d) = B[x/N]                     where y = 0,
                      A[y]                       where x = 0,
                      max (0, p - sum (q - p))  elsewhere,
                      p = B[x/N], q = x + A[y];

   q >= p because y < N <= x.  A[y], 1 <= y < N, and B[i], i >= 1, are the exact
   differences at y and i N, rounded to nearest; from d where the exact
   difference is 0, so is this one.  Everything else is `exact', whose table of
   sums is used.  By default N is the least power of two whose square reaches
   the end of the difference.  */

#include <config.h>
#include "numsys/approx/parts.h"

enum { SUM, LOW, HIGH };   /* tables; powers and thresholds follow */

static int64_t
low_constant (const numsys_approx *approx, int64_t y, unsigned fraction)
{
  return numsys_constant_difference (approx->gamma, 2 * y, fraction);
}

static int64_t
high_constant (const numsys_approx *approx, int64_t i, unsigned fraction)
{
  return numsys_constant_difference (approx->gamma, 2 * i * approx->values[0],
                                     fraction);
}

static int
prepare (numsys_approx *approx, numsys_error *error)
{
  const int64_t end = approx->end[NUMSYS_APPROX_DIFFERENCE];
  int64_t N = approx->values[0];

  if (N == NUMSYS_DERIVED)
    for (N = 1; N * N < end; N *= 2)
      ;
  approx->values[0] = N;
  const numsys_approx_table low = {
    .name = "low", .meaning = "A[y]: the difference at d = y",
    .first = 1, .n = (size_t) N - 1, .constant = low_constant,
    .functions = APPROX_DIFFERENCE,
  };
  const numsys_approx_table high = {
    .name = "high", .meaning = "B[i]: the difference at d = i N",
    .first = 1, .n = (size_t) ((end - 1) / N), .constant = high_constant,
    .functions = APPROX_DIFFERENCE,
  };

  if (numsys_approx_check_entries (approx, error) != 0
      || numsys_exact_append_sum (approx, error) != 0
      || numsys_approx_append (approx, &low, error) != 0
      || numsys_approx_append (approx, &high, error) != 0)
    return -1;
  approx->table[SUM].functions |= APPROX_DIFFERENCE;
  return numsys_exact_append_linear (approx, error);
}

static int64_t
difference_at (const numsys_approx *approx, int64_t d)
{
  const int64_t N = approx->values[0], y = d & (N - 1), x = d - y;
  int64_t p, apart, sum;

  if (x == 0)
    return approx->table[LOW].entry[y - 1];
  p = approx->table[HIGH].entry[x / N - 1];
  if (y == 0)
    return p;
  apart = x + approx->table[LOW].entry[y - 1] - p;
  numsys_exact_sum (approx, 1, &apart, &sum);
  return p > sum ? p - sum : 0;
}

static void
difference (const numsys_approx *approx, size_t n, const int64_t d[],
            int64_t out[])
{
  for (size_t i = 0; i < n; i++)
    out[i] = d[i] < approx->end[NUMSYS_APPROX_DIFFERENCE]
               ? difference_at (approx, d[i]) : 0;
}

static const numsys_param params[] = {
  NUMSYS_APPROX_ENTRIES (NUMSYS_DERIVED, "differences that share a high part"),
  { NULL, 0, 0, 0, NULL, NULL },
};

const numsys_approx_type numsys_approx_cotransform = {
  .name = "cotransform",
  .summary = "the difference by a sum and two short tables; else exact",
  .params = params,
  .prepare = prepare,
  .map = { numsys_exact_sum, difference, numsys_exact_to_linear,
           numsys_exact_from_linear },
};
