/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between which two values a number lies, and on which side of their middle:
   guessed from its logarithm, then proven by comparisons.  */

#include <config.h>
#include <math.h>
#include "numsys/oracle/oracle.h"

/* Steps further up than this from zero are all the same: overflow.  (So numbers
   given to a fixed system that wraps must stay below.)  */
#define FAR (INT64_C (1) << 60)

/* x 2^shift, rounded down and held to FAR. */
static int64_t
scaled_floor (const mpfr_t log2, int64_t shift)
{
  int64_t step = FAR;
  mpfr_t power;

  mpfr_init2 (power, mpfr_get_prec (log2));
  mpfr_add_si (power, log2, shift, MPFR_RNDD);
  if (mpfr_cmp_si (power, 60) < 0)
    {
      mpfr_exp2 (power, power, MPFR_RNDD);
      step = mpfr_get_si (power, MPFR_RNDD);
    }
  mpfr_clear (power);
  return step;
}

static int64_t
guess_float (const oracle_system *system, const mpfr_t log2)
{
  const int s = system->significand;
  const int64_t missing
    = system->subnormals ? 0 : (INT64_C (1) << s) - 1;
  const int64_t exponent = mpfr_get_si (log2, MPFR_RNDD);
  int64_t field = exponent + system->bias;
  int64_t step;

  if (field < 1)
    step = scaled_floor (log2, system->bias - 1 + s) - missing;
  else if (field > INT64_C (1) << 12)
    step = FAR;
  else
    step = ((field - 1) << s) + scaled_floor (log2, s - exponent) - missing;
  return step < 0 ? 0 : step;
}

/* log2 of a sum, roughly; NAN where terms cancel too well for that, or their
   exponents are too large. */
static double
rough_log2 (const oracle_sum *sum)
{
  const double origin = mpq_get_d (sum->q[0]);
  double total = 0, most = 0;

  for (size_t i = 0; i < sum->n; i++)
    {
      const double term
        = mpz_get_d (sum->c[i]) * exp2 (mpq_get_d (sum->q[i]) - origin);

      total += term;
      most = fmax (most, fabs (term));
    }
  return isfinite (most) && total > 0x1p-16 * most ? log2 (total) + origin
                                                   : NAN;
}

static double
rough_float (const oracle_system *system, double log)
{
  const double units = exp2 (system->significand);
  const double missing = system->subnormals ? 0 : units - 1;
  const double field = fmax (floor (log) + (double) system->bias, 1);

  return (field - 1) * units - missing
         + exp2 (log + (double) system->bias - field) * units;
}

/* A step near x's; 0 if doubles do not tell. */
static int64_t
rough_guess (const oracle_system *system, const oracle_number *x)
{
  const double log
    = (rough_log2 (&x->top) - rough_log2 (&x->bottom)) / x->power;
  double step;

  if (system->family == ORACLE_LNS)
    step = floor (log * (double) system->gamma + (double) system->bias);
  else if (system->family == ORACLE_FIXED)
    step = exp2 (log + system->fraction);
  else
    step = fmax (rough_float (system, log), 0);
  return fabs (step) < 0x1p36 ? (int64_t) step : 0;
}

static int64_t
guess (const oracle_system *system, const oracle_number *x)
{
  int64_t step = rough_guess (system, x);
  mpfr_t below, above;

  if (step != 0)
    return step;
  mpfr_init2 (below, 96);
  mpfr_init2 (above, 96);
  oracle_number_log2 (x, below, above);
  if (system->family == ORACLE_FIXED)
    step = scaled_floor (below, system->fraction);
  else if (system->family == ORACLE_FLOAT)
    step = guess_float (system, below);
  else
    {
      mpfr_mul_si (below, below, system->gamma, MPFR_RNDD);
      mpfr_add_si (below, below, system->bias, MPFR_RNDD);
      step = mpfr_get_si (below, MPFR_RNDD);
    }
  mpfr_clears (below, above, (mpfr_ptr) NULL);
  return step;
}

static int
against_step (const oracle_system *system, const oracle_number *x,
              int64_t step)
{
  oracle_sum value;
  int sign;

  oracle_sum_init (&value);
  oracle_step_value (system, step, &value);
  sign = oracle_number_against (x, &value);
  oracle_sum_clear (&value);
  return sign;
}

/* bound = (1 - w) low + w high, w = numerator / 2^bits. */
static void
between (const oracle_sum *low, const oracle_sum *high, uint64_t numerator,
         unsigned bits, oracle_sum *bound)
{
  oracle_sum weight;
  mpz_t c;
  mpq_t q;

  oracle_sum_init (&weight);
  mpz_init_set_ui (c, numerator);
  mpq_init (q);
  mpq_set_si (q, -(long) bits, 1);
  oracle_sum_add (&weight, c, q);
  oracle_sum_zero (bound);
  oracle_sum_add_product (bound, 1, &weight, high);
  mpz_set_ui (c, (UINT64_C (1) << bits) - numerator);
  oracle_sum_zero (&weight);
  oracle_sum_add (&weight, c, q);
  oracle_sum_add_product (bound, 1, &weight, low);
  oracle_sum_clear (&weight);
  mpz_clear (c);
  mpq_clear (q);
}

/* bound = 2^((step + numerator / 2^bits - bias) / gamma) */
static void
log_between (const oracle_system *system, int64_t step, uint64_t numerator,
             unsigned bits, oracle_sum *bound)
{
  mpz_t c;
  mpq_t q;

  mpq_init (q);
  mpz_init_set_si (c, step - system->bias);
  mpz_mul_2exp (c, c, bits);
  mpz_add_ui (mpq_numref (q), c, numerator);
  mpz_set_si (mpq_denref (q), system->gamma);
  mpz_mul_2exp (mpq_denref (q), mpq_denref (q), bits);
  mpq_canonicalize (q);
  mpz_set_ui (c, 1);
  oracle_sum_zero (bound);
  oracle_sum_add (bound, c, q);
  mpz_clear (c);
  mpq_clear (q);
}

void
oracle_middle (const oracle_system *system, int64_t step, int linear,
               oracle_sum *middle)
{
  oracle_sum low, high;

  if (system->family == ORACLE_LNS && !linear)
    {
      log_between (system, step, 1, 1, middle);
      return;
    }
  oracle_sum_init (&low);
  oracle_sum_init (&high);
  oracle_step_value (system, step, &low);
  oracle_step_value (system, step + 1, &high);
  between (&low, &high, 1, 1, middle);
  oracle_sum_clear (&low);
  oracle_sum_clear (&high);
}

/* x against the point at numerator / 2^bits of the way from step low to step
   high, or from zero.  */
static int
against_between (const oracle_system *system, const oracle_number *x,
                 int from_zero, int64_t low, int64_t high, uint64_t numerator,
                 unsigned bits)
{
  oracle_sum least, most, bound;
  int sign;

  oracle_sum_init (&least);
  oracle_sum_init (&most);
  oracle_sum_init (&bound);
  if (!from_zero)
    oracle_step_value (system, low, &least);
  oracle_step_value (system, high, &most);
  between (&least, &most, numerator, bits, &bound);
  sign = oracle_number_against (x, &bound);
  oracle_sum_clear (&least);
  oracle_sum_clear (&most);
  oracle_sum_clear (&bound);
  return sign;
}

/* The same of logarithms. */
static int
against_log (const oracle_system *system, const oracle_number *x, int64_t step,
             uint64_t numerator, unsigned bits)
{
  oracle_sum bound;
  int sign;

  oracle_sum_init (&bound);
  log_between (system, step, numerator, bits, &bound);
  sign = oracle_number_against (x, &bound);
  oracle_sum_clear (&bound);
  return sign;
}

/* The greatest step not above |x|, proven, and whether it is |x|. */
static int64_t
find (const oracle_system *system, const oracle_number *x, int *hit)
{
  const int64_t bottom = system->family == ORACLE_LNS ? INT64_MIN : 0;
  int64_t step = guess (system, x);
  int side = against_step (system, x, step);
  int next;

  while (side < 0 && step > bottom)
    side = against_step (system, x, --step);
  while (side > 0 && step < FAR
         && (next = against_step (system, x, step + 1)) >= 0)
    {
      side = next;
      step++;
    }
  *hit = side == 0;
  return step;
}

void
oracle_locate (const oracle_system *system, const oracle_number *x,
               oracle_place *place)
{
  const int log = system->family == ORACLE_LNS;
  int64_t step;

  *place = (oracle_place) { .class = x->class, .negative = x->negative };
  place->zero = oracle_number_is_zero (x);
  place->cancels = x->cancels;
  place->made = x->made;
  if (x->class != ORACLE_FINITE || place->zero)
    return;
  step = find (system, x, &place->hit);
  place->below = step;
  if (step >= FAR)
    return;
  place->side_linear = against_between (system, x, 0, step, step + 1, 1, 1);
  place->side = log ? against_log (system, x, step, 1, 1) : place->side_linear;
}

int
oracle_leaves (const oracle_system *system, const oracle_number *x,
               const oracle_place *place, const oracle_rule *rule)
{
  const unsigned bits = rule->random_bits + 1;
  const uint64_t w
    = 2 * (uint64_t) (rule->word >> (32 - rule->random_bits)) + 1;
  const int64_t least = oracle_least_step (system);
  const int log = system->family == ORACLE_LNS;

  if (x->class != ORACLE_FINITE || place->zero || place->below >= FAR)
    return 0;
  if (log && rule->rounding == NUMSYS_STOCHASTIC && system->flushes
      && place->below < least)
    return against_between (system, x, 1, 0, least, w, bits) > 0;
  if (place->hit)
    return 0;
  if (log && rule->rounding == NUMSYS_STOCHASTIC_LOG)
    return against_log (system, x, place->below, w, bits) > 0;
  return against_between (system, x, 0, place->below, place->below + 1, w,
                          bits) > 0;
}
