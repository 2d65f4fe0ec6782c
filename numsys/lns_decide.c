/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaussian logarithms, decided without a series.

   With 1 +- 2^-u = 2^(-u/2) (2^(u/2) +- 2^(-u/2)),

     sum (d) = gamma - d / 2 + c (d),  c (d) = gamma log2 cosh (d l / 2 gamma),

   l = ln 2, and the middle of the values of neighbours lies at 1/2 + c (1).
   While d^2 <= 4 gamma, c (d) <= d^2 l / (8 gamma) < 0.35, so that c decides
   where d alone is nearly whole or half: an even d > 0 lies under the middle,
   an odd one above it, and d = 1 is the one tie.  */

#include <config.h>
#include <math.h>
#include "numsys/lns_gauss.h"
#include "numsys/place.h"

/* Signs of x - 2^((2 step + half) / (2 gamma)), and of x - the middle of the
   values of steps step and step + 1. */
static int
against_log (numsys_exact *x, int64_t gamma, int64_t step, int half)
{
  numsys_sum_zero (&x->threshold, 2 * (numsys_wide) gamma);
  mpz_set_ui (numsys_sum_extend (&x->threshold,
                                 2 * (numsys_wide) step + half), 1);
  return numsys_exact_compare (x);
}

static int
against_middle (numsys_exact *x, int64_t gamma, int64_t step)
{
  numsys_sum_zero (&x->threshold, gamma);
  for (int i = 0; i < 2; i++)
    mpz_set_ui (numsys_sum_extend (&x->threshold,
                                   (numsys_wide) step + i - gamma), 1);
  return numsys_exact_compare (x);
}

/* By exact comparisons alone; near is a step to begin at. */
static int64_t
decide_exactly (int64_t gamma, uint64_t d, int is_difference, int64_t near)
{
  numsys_side side = NUMSYS_SIDE_HIT;
  int64_t step = near;
  numsys_exact x;
  int sign;

  numsys_exact_init (&x);
  numsys_sum_zero (&x.a, gamma);
  mpz_set_si (numsys_sum_extend (&x.a, 0), 1);
  mpz_set_si (numsys_sum_extend (&x.a, -(numsys_wide) d),
              is_difference ? -1 : 1);
  while (against_log (&x, gamma, step, 0) < 0)
    step--;
  while ((sign = against_log (&x, gamma, step + 1, 0)) >= 0)
    step++;
  if (against_log (&x, gamma, step, 0) > 0)
    {
      sign = against_log (&x, gamma, step, 1);
      side = sign < 0 ? NUMSYS_SIDE_BELOW : NUMSYS_SIDE_LOG_MIDDLE;
      if (sign > 0)
        {
          sign = against_middle (&x, gamma, step);
          side = sign < 0 ? NUMSYS_SIDE_INNER
                 : sign == 0 ? NUMSYS_SIDE_MIDDLE : NUMSYS_SIDE_ABOVE;
        }
    }
  numsys_exact_clear (&x);
  return NUMSYS_STEP_SIDE (step, side);
}

int64_t
numsys_gauss_decide (int64_t gamma, int is_difference, uint64_t d)
{
  const int64_t half = (int64_t) (d + 1) / 2;
  const double v = (double) d / (double) gamma * 0x1.62e42fefa39efp-1;
  const double x = is_difference ? -expm1 (-v) : 1 + exp (-v);

  if (!is_difference && d == 0)
    return NUMSYS_STEP_SIDE (gamma, NUMSYS_SIDE_HIT);
  if (!is_difference && d <= UINT32_MAX && d * d <= 4 * (uint64_t) gamma)
    return NUMSYS_STEP_SIDE (gamma - half,
                             d % 2 == 0 ? NUMSYS_SIDE_BELOW
                             : d == 1 ? NUMSYS_SIDE_MIDDLE
                                      : NUMSYS_SIDE_ABOVE);
  return decide_exactly (gamma, d, is_difference,
                         (int64_t) floor ((double) gamma * log2 (x)));
}
