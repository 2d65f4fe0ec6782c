/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doubles and floats nearest to values, and the float path.  */

#include <config.h>
#include <math.h>
#include "numsys/oracle/oracle.h"

/* The double, or the float, that a rounding makes of a positive sum divided by
   an integer: bounds are refined until both sides agree.  They do: the
   quotient is no double and no middle of two unless the sum is dyadic, and
   then the bounds meet.  */
static double
round_sum (const oracle_sum *sum, const mpz_t divisor, int single,
           mpfr_rnd_t rounding)
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
      mpfr_div_z (below, below, divisor, MPFR_RNDD);
      mpfr_div_z (above, above, divisor, MPFR_RNDU);
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
  double magnitude = INFINITY;
  mpz_t one;

  if (x->class == ORACLE_NAN)
    return NAN;
  if (x->class == ORACLE_FINITE)
    {
      mpz_init_set_ui (one, 1);
      magnitude = round_sum (&x->top, one, 0, MPFR_RNDN);
      mpz_clear (one);
    }
  return x->negative ? -magnitude : magnitude;
}

/* The scale as a term over an integer, term / divisor. */
static void
read_scale (const oracle_system *system, oracle_scale scale, oracle_sum *term,
            mpz_t divisor)
{
  oracle_number largest;
  oracle_sum most;
  mpfr_t x;

  mpfr_init2 (x, 24);
  oracle_sum_init (&most);
  oracle_number_init (&largest);
  mpfr_set_flt (x, scale.largest > 0 ? scale.largest : 1, MPFR_RNDN);
  oracle_number_mpfr (&largest, x);
  oracle_sum_zero (term);
  oracle_sum_add (term, largest.top.c[0], largest.top.q[0]);
  mpz_set_ui (divisor, 1);
  if (scale.largest > 0)
    {
      oracle_step_value (system, oracle_most_step (system, 0), &most);
      mpz_set (divisor, most.c[0]);
      mpq_sub (term->q[0], term->q[0], most.q[0]);
    }
  else
    {
      mpq_set_si (term->q[0], scale.steps,
                  system->family == ORACLE_LNS ? system->gamma : 1);
      mpq_canonicalize (term->q[0]);
    }
  oracle_number_clear (&largest);
  oracle_sum_clear (&most);
  mpfr_clear (x);
}

/* The float that a rounding makes of a sum times the scale. */
static float
scaled_float (const oracle_system *system, oracle_scale scale,
              const oracle_sum *sum, mpfr_rnd_t rounding)
{
  oracle_sum term, product;
  mpz_t divisor;
  float x;

  mpz_init (divisor);
  oracle_sum_init (&term);
  oracle_sum_init (&product);
  read_scale (system, scale, &term, divisor);
  oracle_sum_add_product (&product, 1, sum, &term);
  x = (float) round_sum (&product, divisor, 1, rounding);
  oracle_sum_clear (&term);
  oracle_sum_clear (&product);
  mpz_clear (divisor);
  return x;
}

float
oracle_step_float (const oracle_system *system, oracle_scale scale,
                   int64_t step)
{
  oracle_sum value;
  float x;

  oracle_sum_init (&value);
  oracle_step_value (system, step, &value);
  x = scaled_float (system, scale, &value, MPFR_RNDN);
  oracle_sum_clear (&value);
  return x;
}

float
oracle_middle_float (const oracle_system *system, oracle_scale scale,
                     int64_t step, int linear)
{
  oracle_sum middle;
  float x;

  oracle_sum_init (&middle);
  oracle_middle (system, step, linear, &middle);
  x = scaled_float (system, scale, &middle, MPFR_RNDD);
  oracle_sum_clear (&middle);
  return x;
}

void
oracle_unscale (const oracle_system *system, oracle_scale scale, float x,
                oracle_number *out)
{
  oracle_sum term;
  mpz_t divisor;
  mpfr_t value;

  mpfr_init2 (value, 24);
  mpz_init (divisor);
  oracle_sum_init (&term);
  mpfr_set_flt (value, x, MPFR_RNDN);
  oracle_number_mpfr (out, value);
  read_scale (system, scale, &term, divisor);
  if (out->top.n > 0)
    {
      mpz_mul (out->top.c[0], out->top.c[0], divisor);
      oracle_sum_zero (&out->bottom);
      oracle_sum_add (&out->bottom, term.c[0], term.q[0]);
    }
  oracle_sum_clear (&term);
  mpz_clear (divisor);
  mpfr_clear (value);
}

void
oracle_locate_float (const oracle_system *system, oracle_scale scale, float x,
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
