/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doubles and floats nearest to values, and the float path.  */

#include <config.h>
#include <math.h>
#include "numsys/oracle/oracle.h"

/* Refines bounds of a sum of one term until both round to one double, and to
   one float, which they share with the term: 2^q is never midway between two
   unless q is whole, and then the bounds are equal.  */
static void
round_term (const oracle_sum *sum, double *to_double, float *to_float)
{
  mpfr_prec_t precision = 64;
  mpfr_t below, above;
  int agree;

  mpfr_init2 (below, precision);
  mpfr_init2 (above, precision);
  do
    {
      mpfr_set_prec (below, precision);
      mpfr_set_prec (above, precision);
      oracle_sum_bounds (sum, below, above);
      *to_double = mpfr_get_d (below, MPFR_RNDN);
      *to_float = mpfr_get_flt (below, MPFR_RNDN);
      agree = mpfr_equal_p (below, above)
              || (*to_double == mpfr_get_d (above, MPFR_RNDN)
                  && *to_float == mpfr_get_flt (above, MPFR_RNDN));
      precision *= 2;
    }
  while (!agree);
  mpfr_clears (below, above, (mpfr_ptr) NULL);
}

double
oracle_to_double (const oracle_number *x)
{
  double magnitude = 0;
  float single;

  if (x->class == ORACLE_NAN)
    return NAN;
  if (x->class == ORACLE_INFINITE)
    magnitude = INFINITY;
  else if (x->top.n > 0)
    round_term (&x->top, &magnitude, &single);
  return x->negative ? -magnitude : magnitude;
}

/* value 2^(steps / gamma), or value 2^steps. */
static void
scale_term (const oracle_system *system, int64_t steps, oracle_sum *value)
{
  mpq_t q;

  if (value->n == 0)
    return;
  mpq_init (q);
  mpq_set_si (q, steps, system->family == ORACLE_LNS ? system->gamma : 1);
  mpq_canonicalize (q);
  mpq_add (value->q[0], value->q[0], q);
  mpq_clear (q);
}

float
oracle_step_float (const oracle_system *system, int64_t scale, int64_t step)
{
  oracle_sum value;
  double wide;
  float single = 0;

  oracle_sum_init (&value);
  oracle_step_value (system, step, &value);
  scale_term (system, scale, &value);
  if (value.n > 0)
    round_term (&value, &wide, &single);
  oracle_sum_clear (&value);
  return single;
}

void
oracle_unscale (const oracle_system *system, int64_t scale, float x,
                oracle_number *out)
{
  mpfr_t value;

  mpfr_init2 (value, 24);
  mpfr_set_flt (value, x, MPFR_RNDN);
  oracle_number_mpfr (out, value);
  scale_term (system, -scale, &out->top);
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
