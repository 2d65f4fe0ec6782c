/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correctly rounded constants.  Logarithms are guessed in doubles and settled
   by exact comparisons: of U log2 x the nearest integer is the K with
   2^((2K-1)/(2U)) < x < 2^((2K+1)/(2U)).  Neither side can be met: x is
   rational, or 1 +- 2^(-h/(2 gamma)), and no power with an odd numerator over
   2U unless U log2 x is an integer.  */

#include <config.h>
#include <math.h>
#include "numsys/approx/parts.h"

int64_t
numsys_constant_power (int64_t num, int64_t den, unsigned fraction)
{
  const int octave = num >= den ? 1 : num < 0 ? -1 : 0;
  const int64_t rest = num - octave * den;
  const int spare = 2 - octave;
  uint64_t floor;

  if (rest == 0)
    return octave < 0 ? (INT64_C (1) << fraction) / 2 + (fraction == 0)
                      : INT64_C (1) << (fraction + (unsigned) octave);
  floor = numsys_exact_pow2 ((uint32_t) rest, (uint32_t) den, fraction + 2,
                             NULL);
  /* Irrational: what was cut off cannot make half a unit of it. */
  return (int64_t) (((floor >> (spare - 1)) + 1) >> 1);
}

/* 1 + sign 2^(-h/(2 gamma)), or num / den where sign is 0. */
typedef struct quantity
{
  int64_t gamma;
  int64_t num, den;
  int sign;
  int64_t h;
  unsigned fraction;
} quantity;

/* The sign of x - 2^(k/(2U)), U = gamma 2^fraction. */
static int
compare (numsys_sum *sum, const quantity *x, int64_t k)
{
  const numsys_wide unit = (numsys_wide) x->gamma << (x->fraction + 1);

  numsys_sum_zero (sum, unit);
  mpz_set_si (numsys_sum_extend (sum, 0), x->sign != 0 ? 1 : x->num);
  if (x->sign != 0)
    mpz_set_si (numsys_sum_extend (sum, -((numsys_wide) x->h << x->fraction)),
                x->sign);
  mpz_set_si (numsys_sum_extend (sum, k), x->sign != 0 ? -1 : -x->den);
  return numsys_sum_sign (sum, NULL);
}

/* Nearest integer to U log2 x, from a guess. */
static int64_t
settle (const quantity *x, double guess)
{
  int64_t k = (int64_t) nearbyint (guess);
  numsys_sum sum;

  numsys_sum_init (&sum);
  while (compare (&sum, x, 2 * k + 1) > 0)
    k++;
  while (compare (&sum, x, 2 * k - 1) < 0)
    k--;
  numsys_sum_clear (&sum);
  return k;
}

int64_t
numsys_constant_log (int64_t gamma, int64_t num, int64_t den,
                     unsigned fraction)
{
  const quantity x = { .gamma = gamma, .num = num, .den = den,
                       .fraction = fraction };

  return settle (&x, ldexp ((double) gamma, (int) fraction)
                       * log2 ((double) num / (double) den));
}

static int64_t
gauss (int64_t gamma, int sign, int64_t h, unsigned fraction)
{
  const quantity x = { .gamma = gamma, .sign = sign, .h = h,
                       .fraction = fraction };
  const double y = exp2 (-(double) h / (2 * (double) gamma));

  return settle (&x, ldexp ((double) gamma, (int) fraction)
                       * log1p (sign * y) / log (2));
}

int64_t
numsys_constant_sum (int64_t gamma, int64_t h, unsigned fraction)
{
  return gauss (gamma, 1, h, fraction);
}

int64_t
numsys_constant_difference (int64_t gamma, int64_t h, unsigned fraction)
{
  return -gauss (gamma, -1, h, fraction);
}
