/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sum and difference through the linear domain.  With Q = ceil (d/gamma), so
   that -d = -Q gamma + s, 0 <= s < gamma, and v = to-linear (s),

     W = 2^(F+Q) + v for a sum, max (2^(F+Q) - v, 1) for a difference;
     W = 2^(F+Q) 2^x (1 + f), 0 <= f < 1, x an integer;
     m = 2^F (1 + f), cut to an integer;
     the result is x gamma + from-linear (m), for a difference negated.

   Nothing is lost before W is cut.  From Q = F + 2 on, where 2^-Q is beyond
   the fraction, both are 0.  */

#include <config.h>
#include "numsys/approx/parts.h"

static int64_t
detour (const numsys_approx *approx, int64_t d, int sign)
{
  const int F = (int) approx->fraction;
  const int64_t gamma = approx->gamma;
  const int64_t Q = (d + gamma - 1) / gamma, s = Q * gamma - d;
  int64_t v, W, one, m, steps, x = 0;

  if (Q >= F + 2)
    return 0;
  approx->type->map[NUMSYS_APPROX_TO_LINEAR](approx, 1, &s, &v);
  one = INT64_C (1) << (F + Q);
  W = one + sign * v;
  if (W < 1)
    W = 1;
  for (; W >> x >= 2 * one; x++)
    ;
  for (; x <= 0 && W << -x < one; x--)
    ;
  m = x > 0 ? W >> (x + Q) : (W << -x) >> Q;
  approx->type->map[NUMSYS_APPROX_FROM_LINEAR](approx, 1, &m, &steps);
  return sign * (x * gamma + steps);
}

void
numsys_detour_sum (const numsys_approx *approx, size_t n, const int64_t d[],
                   int64_t out[])
{
  for (size_t i = 0; i < n; i++)
    out[i] = detour (approx, d[i], 1);
}

void
numsys_detour_difference (const numsys_approx *approx, size_t n,
                          const int64_t d[], int64_t out[])
{
  for (size_t i = 0; i < n; i++)
    out[i] = detour (approx, d[i], -1);
}
