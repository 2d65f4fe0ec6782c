/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mitchell: one line an octave, both ways (J. N. Mitchell, "Computer
   multiplication and division using binary logarithms", IRE Transactions on
   Electronic Computers, 1962).  It is hybrid:1, whose table holds 1 alone:

     to-linear (r)   = 2^F + [2^F r / gamma]
     from-linear (m) = [gamma (m - 2^F) / 2^F]

   and sum and difference through the linear domain (detour.c).  */

#include <config.h>
#include "numsys/approx/parts.h"

static void
to_linear (const numsys_approx *approx, size_t n, const int64_t r[],
           int64_t out[])
{
  const int64_t one = INT64_C (1) << approx->fraction;

  for (size_t i = 0; i < n; i++)
    out[i] = one + (2 * one * r[i] + approx->gamma) / (2 * approx->gamma);
}

static void
from_linear (const numsys_approx *approx, size_t n, const int64_t m[],
             int64_t out[])
{
  const int64_t one = INT64_C (1) << approx->fraction;

  for (size_t i = 0; i < n; i++)
    out[i] = (2 * approx->gamma * (m[i] - one) + one) / (2 * one);
}

static int
prepare (numsys_approx *approx, numsys_error *error)
{
  (void) approx;
  (void) error;
  return 0;
}

static const numsys_param params[] = { { NULL, 0, 0, 0, NULL, NULL } };

const numsys_approx_type numsys_approx_mitchell = {
  .name = "mitchell",
  .summary = "one line an octave, no table",
  .params = params,
  .prepare = prepare,
  .map = { numsys_detour_sum, numsys_detour_difference, to_linear,
           from_linear },
};
