/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table:N: each function by N entries at most, nothing in between.

     sum (d)         = S[d >> s], 0 from the end on, where the exact one is 0
     difference (d)  = D[(d - 1) >> t], likewise
     to-linear (r)   = V[floor (r N / gamma)]
     from-linear (m) = L[floor ((m - 2^F) N / 2^F)]

   s and t are the least shifts that fit the arguments into N entries.  An entry
   of S or D is the exact function at the middle of its arguments, L[i] is
   gamma log2 (1 + (2i+1)/(2N)), the logarithm at the middle, and V[i] =
   2^F 2^(i/N), the power at the lower end; each rounded to nearest.  (The
   "table of N" of LNS-Madam's energy study is hybrid:N.)  */

#include <config.h>
#include "numsys/approx/parts.h"

static int64_t
sum_constant (const numsys_approx *approx, int64_t i, unsigned fraction)
{
  const int64_t width = INT64_C (1) << approx->shift[NUMSYS_APPROX_SUM];

  return numsys_constant_sum (approx->gamma, 2 * i * width + width - 1,
                              fraction);
}

static int64_t
difference_constant (const numsys_approx *approx, int64_t i,
                     unsigned fraction)
{
  const int64_t width = INT64_C (1) << approx->shift[NUMSYS_APPROX_DIFFERENCE];

  return numsys_constant_difference (approx->gamma,
                                     2 + 2 * i * width + width - 1, fraction);
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

  return numsys_constant_log (approx->gamma, 2 * N + 2 * i + 1, 2 * N,
                              fraction);
}

static int
prepare (numsys_approx *approx, numsys_error *error)
{
  const int64_t N = approx->values[0];
  int64_t length[2];
  size_t n[2];

  for (int f = 0; f < 2; f++)
    {
      length[f] = approx->end[f] - (f == NUMSYS_APPROX_DIFFERENCE);
      approx->shift[f] = numsys_approx_shift (length[f], N);
      n[f] = (size_t) ((length[f] + (INT64_C (1) << approx->shift[f]) - 1)
                       >> approx->shift[f]);
    }
  const numsys_approx_table shapes[] = {
    { .name = "sum", .meaning = "S[i]: the sum amid d = i 2^s .. (i+1) 2^s - 1",
      .n = n[0], .constant = sum_constant, .functions = APPROX_SUM },
    { .name = "difference",
      .meaning = "D[i]: the difference amid d = 1 + i 2^t .. (i+1) 2^t",
      .n = n[1], .constant = difference_constant,
      .functions = APPROX_DIFFERENCE },
    { .name = "power", .meaning = "V[i] = 2^(i/N)", .n = (size_t) N,
      .fraction = approx->fraction, .constant = power_constant,
      .functions = APPROX_TO_LINEAR },
    { .name = "log", .meaning = "L[i] = gamma log2 (1 + (2i+1)/(2N))",
      .n = (size_t) N, .constant = log_constant,
      .functions = APPROX_FROM_LINEAR },
  };
  if (numsys_approx_check_entries (approx, error) != 0)
    return -1;
  for (size_t i = 0; i < 4; i++)
    if (numsys_approx_append (approx, &shapes[i], error) != 0)
      return -1;
  return 0;
}

static void
sum (const numsys_approx *approx, size_t n, const int64_t d[], int64_t out[])
{
  for (size_t i = 0; i < n; i++)
    out[i] = d[i] < approx->end[NUMSYS_APPROX_SUM]
               ? approx->table[0].entry[d[i] >> approx->shift[0]] : 0;
}

static void
difference (const numsys_approx *approx, size_t n, const int64_t d[],
            int64_t out[])
{
  for (size_t i = 0; i < n; i++)
    out[i] = d[i] < approx->end[NUMSYS_APPROX_DIFFERENCE]
               ? approx->table[1].entry[(d[i] - 1) >> approx->shift[1]] : 0;
}

static void
to_linear (const numsys_approx *approx, size_t n, const int64_t r[],
           int64_t out[])
{
  for (size_t i = 0; i < n; i++)
    out[i]
      = approx->table[2].entry[r[i] * approx->values[0] / approx->gamma];
}

static void
from_linear (const numsys_approx *approx, size_t n, const int64_t m[],
             int64_t out[])
{
  const int64_t one = INT64_C (1) << approx->fraction;

  for (size_t i = 0; i < n; i++)
    out[i] = approx->table[3].entry[((m[i] - one) * approx->values[0])
                                    >> approx->fraction];
}

static const numsys_param params[] = {
  NUMSYS_APPROX_ENTRIES (8, "most entries of each table"),
  { NULL, 0, 0, 0, NULL, NULL },
};

const numsys_approx_type numsys_approx_table_lookup = {
  .name = "table",
  .summary = "tables of few entries, nothing in between",
  .params = params,
  .prepare = prepare,
  .map = { sum, difference, to_linear, from_linear },
};
