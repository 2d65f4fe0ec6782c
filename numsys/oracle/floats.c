/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doubles and floats nearest to values, and the float path.  */

#include <config.h>
#include <math.h>
#include "numsys/oracle/oracle.h"

/* The double, and the float, that a rounding makes of a positive sum: bounds
   are refined until both sides agree.  They do: the sum is no double and no
   middle of two unless it is dyadic, and then the bounds meet.  */
static double
round_sum (const oracle_sum *sum, int single, mpfr_rnd_t rounding)
{
  mpfr_prec_t precision = 64;
  mpfr_t below, above;
  double low, high;

  if (sum->n == 0)
    return 0;
  mpfr_init2 (below, precision);
  mpfr_init2 (above, precision);
  do
    {
      mpfr_set_prec (below, precision);
      mpfr_set_prec (above, precision);
      oracle_sum_bounds (sum, below, above);
      low = single ? mpfr_get_flt (below, rounding)
                   : mpfr_get_d (below, rounding);
      high = single ? mpfr_get_flt (above, rounding)
                    : mpfr_get_d (above, rounding);
      precision *= 2;
    }
  while (low != high);
  mpfr_clears (below, above, (mpfr_ptr) NULL);
  return low;
}

double
oracle_to_double (const oracle_number *x)
{
  double magnitude;

  if (x->class == ORACLE_NAN)
    return NAN;
  magnitude = x->class == ORACLE_INFINITE
                ? INFINITY : round_sum (&x->top, 0, MPFR_RNDN);
  return x->negative ? -magnitude : magnitude;
}

/* sum *= 2^(steps / gamma), or 2^steps. */
static void
scale_sum (const oracle_system *system, int64_t steps, oracle_sum *sum)
{
  mpq_t q;

  mpq_init (q);
  mpq_set_si (q, steps, system->family == ORACLE_LNS ? system->gamma : 1);
  mpq_canonicalize (q);
  for (size_t i = 0; i < sum->n; i++)
    mpq_add (sum->q[i], sum->q[i], q);
  mpq_clear (q);
}

float
oracle_step_float (const oracle_system *system, int64_t scale, int64_t step)
{
  oracle_sum value;
  float x;

  oracle_sum_init (&value);
  oracle_step_value (system, step, &value);
  scale_sum (system, scale, &value);
  x = (float) round_sum (&value, 1, MPFR_RNDN);
  oracle_sum_clear (&value);
  return x;
}

float
oracle_middle_float (const oracle_system *system, int64_t scale, int64_t step,
                     int linear)
{
  oracle_sum middle;
  float x;

  oracle_sum_init (&middle);
  oracle_middle (system, step, linear, &middle);
  scale_sum (system, scale, &middle);
  x = (float) round_sum (&middle, 1, MPFR_RNDD);
  oracle_sum_clear (&middle);
  return x;
}

void
oracle_unscale (const oracle_system *system, int64_t scale, float x,
                oracle_number *out)
{
  mpfr_t value;

  mpfr_init2 (value, 24);
  mpfr_set_flt (value, x, MPFR_RNDN);
  oracle_number_mpfr (out, value);
  scale_sum (system, -scale, &out->top);
  mpfr_clear (value);
}

void
oracle_locate_float (const oracle_system *system, int64_t scale, float x,
                     const oracle_number *unscaled, oracle_place *place)
{
  oracle_locate (system, unscaled, place);
  if (place->class != ORACLE_FINITE || place->zero || place->hit)
    return;
  if (fabsf (x) == oracle_step_float (system, scale, place->below))
    place->hit = place->over = 1;
  else if (fabsf (x) == oracle_step_float (system, scale, place->below + 1))
    {
      place->below++;
      place->hit = 1;
      place->over = -1;
    }
}
