/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doubles and floats nearest to values, and the float path.  */

#include <config.h>
#include <float.h>
#include <math.h>
#include "numsys/oracle/oracle.h"

/* Bounds of a positive sum divided by an integer; equal if the quotient is
   dyadic and not too long.  */
static void
bound_quotient (const oracle_sum *sum, const mpz_t divisor,
                mpfr_prec_t precision, mpfr_t below, mpfr_t above)
{
  mpfr_set_prec (below, precision);
  mpfr_set_prec (above, precision);
  oracle_sum_bounds (sum, below, above);
  mpfr_div_z (below, below, divisor, MPFR_RNDD);
  mpfr_div_z (above, above, divisor, MPFR_RNDU);
}

/* The double, or the float, that a rounding makes of the quotient: bounds are
   refined until both sides agree.  They do: the quotient is no double and no
   middle of two unless it is dyadic, and then the bounds meet.  */
static double
round_quotient (const oracle_sum *sum, const mpz_t divisor, int single,
                mpfr_rnd_t rounding)
{
  mpfr_t below, above;
  double low, high;

  if (sum->n == 0)
    return 0;
  mpfr_inits2 (64, below, above, (mpfr_ptr) NULL);
  for (mpfr_prec_t precision = 64;; precision *= 2)
    {
      bound_quotient (sum, divisor, precision, below, above);
      low = single ? mpfr_get_flt (below, rounding)
                   : mpfr_get_d (below, rounding);
      high = single ? mpfr_get_flt (above, rounding)
                    : mpfr_get_d (above, rounding);
      if (low == high)
        break;
    }
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
      magnitude = round_quotient (&x->top, one, 0, MPFR_RNDN);
      mpz_clear (one);
    }
  return x->negative ? -magnitude : magnitude;
}

/* The scale as a term over an integer, term / divisor. */
static void
read_scale (const oracle_system *system, oracle_scale scale, oracle_sum *term,
            mpz_t divisor)
{
  oracle_sum most;
  int exponent;
  mpz_t c;
  mpq_t q;

  mpz_init_set_ui (c, 1);
  mpq_init (q);
  mpz_set_ui (divisor, 1);
  if (scale.largest == 0)
    mpq_set_si (q, scale.steps,
                system->family == ORACLE_LNS ? system->gamma : 1);
  else
    {
      oracle_sum_init (&most);
      mpz_set_d (c, ldexp (frexp (scale.largest, &exponent), FLT_MANT_DIG));
      mpq_set_si (q, exponent - FLT_MANT_DIG, 1);
      oracle_step_value (system, oracle_most_step (system, 0), &most);
      mpz_set (divisor, most.c[0]);
      mpq_sub (q, q, most.q[0]);
      oracle_sum_clear (&most);
    }
  mpq_canonicalize (q);
  oracle_sum_zero (term);
  oracle_sum_add (term, c, q);
  mpz_clear (c);
  mpq_clear (q);
}

/* The float that a rounding makes of a sum times the scale; or, if wide is not
   NULL, sets wide to the nearest number of its precision.  */
static float
scaled_float (const oracle_system *system, oracle_scale scale,
              const oracle_sum *sum, mpfr_rnd_t rounding, mpfr_ptr wide)
{
  oracle_sum term, product;
  mpfr_t below, above;
  mpz_t divisor;
  float x = 0;

  mpz_init (divisor);
  mpfr_inits2 (512, below, above, (mpfr_ptr) NULL);
  oracle_sum_init (&term);
  oracle_sum_init (&product);
  read_scale (system, scale, &term, divisor);
  oracle_sum_add_product (&product, 1, sum, &term);
  if (wide == NULL)
    x = (float) round_quotient (&product, divisor, 1, rounding);
  else
    {
      bound_quotient (&product, divisor, 512, below, above);
      mpfr_set (wide, below, MPFR_RNDN);
    }
  mpfr_clears (below, above, (mpfr_ptr) NULL);
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
  x = scaled_float (system, scale, &value, MPFR_RNDN, NULL);
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
  x = scaled_float (system, scale, &middle, MPFR_RNDD, NULL);
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
oracle_locate_float (const oracle_system *system, oracle_scale scale,
                     float x, const oracle_number *unscaled,
                     oracle_place *place)
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

/* The float of a step, with an exponent as wide as it takes: what is beyond
   the range of floats is beyond that of the system. */
static void
set_neighbour (const oracle_system *system, oracle_scale scale, int64_t step,
               mpfr_t out)
{
  const float x = oracle_step_float (system, scale, step);
  oracle_sum value;

  mpfr_set_flt (out, x, MPFR_RNDN);
  if (isfinite (x) && (x >= FLT_MIN || system->family != ORACLE_LNS))
    return;
  oracle_sum_init (&value);
  oracle_step_value (system, step, &value);
  mpfr_set_prec (out, FLT_MANT_DIG);
  scaled_float (system, scale, &value, MPFR_RNDN, out);
  oracle_sum_clear (&value);
}

/* Whether w < (x - low) / (high - low), w being (2 u + 1) / 2^(R + 1); all is
   exact at this precision.  */
static int
is_drawn (float x, const mpfr_t low, const mpfr_t high,
          const oracle_rule *rule)
{
  const uint32_t u = rule->word >> (32 - rule->random_bits);
  mpfr_t gap, way, magnitude;
  int drawn;

  mpfr_inits2 (1024, gap, way, magnitude, (mpfr_ptr) NULL);
  mpfr_set_flt (magnitude, fabsf (x), MPFR_RNDN);
  mpfr_sub (gap, high, low, MPFR_RNDN);
  mpfr_sub (way, magnitude, low, MPFR_RNDN);
  mpfr_mul_ui (gap, gap, 2 * (unsigned long) u + 1, MPFR_RNDN);
  mpfr_mul_2ui (way, way, rule->random_bits + 1, MPFR_RNDN);
  drawn = mpfr_less_p (gap, way);
  mpfr_clears (gap, way, magnitude, (mpfr_ptr) NULL);
  return drawn;
}

int
oracle_leaves_float (const oracle_system *system, oracle_scale scale, float x,
                     const oracle_number *unscaled, const oracle_place *place,
                     const oracle_rule *rule)
{
  const int log = system->family == ORACLE_LNS;
  const int64_t least = oracle_least_step (system);
  const int flushes = log && system->flushes && place->below < least;
  mpfr_t low, high;
  int drawn;

  if (place->class != ORACLE_FINITE || place->zero || (place->hit && !flushes))
    return 0;
  if (log && rule->rounding == NUMSYS_STOCHASTIC_LOG)
    return oracle_leaves (system, unscaled, place, rule);
  mpfr_inits2 (FLT_MANT_DIG, low, high, (mpfr_ptr) NULL);
  set_neighbour (system, scale, place->below, low);
  if (flushes)
    mpfr_set_zero (low, 1);
  set_neighbour (system, scale, flushes ? least : place->below + 1, high);
  drawn = is_drawn (x, low, high, rule);
  mpfr_clears (low, high, (mpfr_ptr) NULL);
  return drawn;
}
