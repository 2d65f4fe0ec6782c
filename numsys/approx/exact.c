/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exact: the correctly rounded functions, as whole tables.

     sum (d)         = S[d], 0 from the end of S on
     difference (d)  = D[d], 0 from the end of D on
     to-linear (r)   = V[r]
     from-linear (m) = how many of H[0..gamma-1] are <= m

   S[d] and D[d] are the functions rounded to nearest, V[r] = 2^F 2^(r/gamma)
   rounded to nearest, and H[r] is the least integer above
   2^F 2^((2r+1)/(2 gamma)).  None of them is ever a tie.  */

#include <config.h>
#include "numsys/approx/parts.h"

static int64_t
sum_constant (const numsys_approx *approx, int64_t d, unsigned fraction)
{
  return numsys_constant_sum (approx->gamma, 2 * d, fraction);
}

static int64_t
difference_constant (const numsys_approx *approx, int64_t d,
                     unsigned fraction)
{
  return numsys_constant_difference (approx->gamma, 2 * d, fraction);
}

static int64_t
power_constant (const numsys_approx *approx, int64_t r, unsigned fraction)
{
  return numsys_constant_power (r, approx->gamma, fraction);
}

static int64_t
threshold_constant (const numsys_approx *approx, int64_t r, unsigned fraction)
{
  return 1 + (int64_t) numsys_exact_pow2 ((uint32_t) (2 * r + 1),
                                          (uint32_t) (2 * approx->gamma),
                                          fraction, NULL);
}

int
numsys_exact_append_sum (numsys_approx *approx, numsys_error *error)
{
  const numsys_approx_table sum = {
    .name = "sum", .meaning = "S[d] = gamma log2 (1 + 2^(-d/gamma))",
    .n = (size_t) approx->end[NUMSYS_APPROX_SUM], .constant = sum_constant,
    .functions = APPROX_SUM,
  };

  return numsys_approx_append (approx, &sum, error);
}

int
numsys_exact_append_linear (numsys_approx *approx, numsys_error *error)
{
  const numsys_approx_table power = {
    .name = "power", .meaning = "V[r] = 2^(r/gamma)",
    .n = (size_t) approx->gamma, .fraction = approx->fraction,
    .constant = power_constant, .functions = APPROX_TO_LINEAR,
  };
  const numsys_approx_table threshold = {
    .name = "threshold",
    .meaning = "H[r]: least above 2^((2r+1)/(2 gamma))",
    .n = (size_t) approx->gamma, .fraction = approx->fraction,
    .constant = threshold_constant, .functions = APPROX_FROM_LINEAR,
  };

  return numsys_approx_append (approx, &power, error) == 0
           ? numsys_approx_append (approx, &threshold, error) : -1;
}

void
numsys_exact_sum (const numsys_approx *approx, size_t n, const int64_t d[],
                  int64_t out[])
{
  const numsys_approx_table *sum = &approx->table[0];

  for (size_t i = 0; i < n; i++)
    out[i] = d[i] < (int64_t) sum->n ? sum->entry[d[i]] : 0;
}

static void
exact_difference (const numsys_approx *approx, size_t n, const int64_t d[],
                  int64_t out[])
{
  const numsys_approx_table *difference = &approx->table[1];

  for (size_t i = 0; i < n; i++)
    out[i] = d[i] <= (int64_t) difference->n ? difference->entry[d[i] - 1] : 0;
}

void
numsys_exact_to_linear (const numsys_approx *approx, size_t n,
                        const int64_t r[], int64_t out[])
{
  const int64_t *power = approx->table[approx->tables - 2].entry;

  for (size_t i = 0; i < n; i++)
    out[i] = power[r[i]];
}

void
numsys_exact_from_linear (const numsys_approx *approx, size_t n,
                          const int64_t m[], int64_t out[])
{
  const int64_t *threshold = approx->table[approx->tables - 1].entry;

  for (size_t i = 0; i < n; i++)
    {
      int64_t low = 0, high = approx->gamma;   /* the answer is among these */

      while (low < high)
        {
          const int64_t middle = (low + high) / 2;

          if (threshold[middle] <= m[i])
            low = middle + 1;
          else
            high = middle;
        }
      out[i] = low;
    }
}

static int
prepare (numsys_approx *approx, numsys_error *error)
{
  const numsys_approx_table difference = {
    .name = "difference", .meaning = "D[d] = -gamma log2 (1 - 2^(-d/gamma))",
    .first = 1, .n = (size_t) approx->end[NUMSYS_APPROX_DIFFERENCE] - 1,
    .constant = difference_constant, .functions = APPROX_DIFFERENCE,
  };

  return numsys_exact_append_sum (approx, error) == 0
             && numsys_approx_append (approx, &difference, error) == 0
           ? numsys_exact_append_linear (approx, error) : -1;
}

static const numsys_param params[] = { { NULL, 0, 0, 0, NULL, NULL } };

const numsys_approx_type numsys_approx_exact = {
  .name = "exact",
  .summary = "correctly rounded: a whole table for each function",
  .params = params,
  .prepare = prepare,
  .map = { numsys_exact_sum, exact_difference, numsys_exact_to_linear,
           numsys_exact_from_linear },
};
