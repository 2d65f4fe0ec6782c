/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether an mpfr_t is what a rounding makes of an exact number.  */

#include <config.h>
#include "numsys/oracle/oracle.h"

/* sum += numerator x / 2^bits */
static void
add_weighted (oracle_sum *sum, const mpfr_t x, uint64_t numerator,
              unsigned bits)
{
  mpz_t c;
  mpq_t q;

  mpz_init (c);
  mpq_init (q);
  if (!mpfr_zero_p (x))
    {
      mpq_set_si (q, mpfr_get_z_2exp (c, x) - (long) bits, 1);
      mpz_mul_ui (c, c, numerator);
      oracle_sum_add (sum, c, q);
    }
  mpz_clear (c);
  mpq_clear (q);
}

/* The sign of |x| - (low + (high - low) numerator / 2^bits). */
static int
against (const oracle_number *x, const mpfr_t low, const mpfr_t high,
         uint64_t numerator, unsigned bits)
{
  oracle_sum bound;
  int sign;

  oracle_sum_init (&bound);
  add_weighted (&bound, low, (UINT64_C (1) << bits) - numerator, bits);
  add_weighted (&bound, high, numerator, bits);
  sign = oracle_number_against (x, &bound);
  oracle_sum_clear (&bound);
  return sign;
}

/* Whether the last bit of its precision is set. */
static int
is_odd (const mpfr_t x)
{
  return mpfr_min_prec (x) == mpfr_get_prec (x);
}

/* Whether |x|, between two neighbours, goes to the upper one. */
static int
goes_up (const oracle_number *x, const mpfr_t low, const mpfr_t high,
         const oracle_rule *rule)
{
  const int side = against (x, low, high, 1, 1);
  const uint64_t w
    = 2 * (uint64_t) (rule->word >> (32 - rule->random_bits)) + 1;

  switch (rule->rounding)
    {
    case NUMSYS_NEAREST_LINEAR:
    case NUMSYS_NEAREST: return side > 0 || (side == 0 && is_odd (low));
    case NUMSYS_NEAREST_AWAY: return side >= 0;
    case NUMSYS_UP: return !x->negative;
    case NUMSYS_DOWN: return x->negative;
    case NUMSYS_ZERO: return 0;
    case NUMSYS_ODD: return !is_odd (low);
    default: return against (x, low, high, w, rule->random_bits + 1) > 0;
    }
}

int
oracle_is_right_mpfr (const oracle_number *x, const oracle_rule *rule,
                      const mpfr_t seen)
{
  mpfr_t low, high;
  int right;

  if (x->class == ORACLE_NAN || mpfr_nan_p (seen))
    return x->class == ORACLE_NAN && mpfr_nan_p (seen);
  if ((mpfr_signbit (seen) != 0) != (x->negative != 0))
    return 0;
  if (x->class == ORACLE_INFINITE || mpfr_inf_p (seen))
    return x->class == ORACLE_INFINITE && mpfr_inf_p (seen);
  if (x->top.n == 0 || mpfr_zero_p (seen))
    return x->top.n == 0 && mpfr_zero_p (seen);
  mpfr_init2 (low, mpfr_get_prec (seen));
  mpfr_init2 (high, mpfr_get_prec (seen));
  mpfr_abs (low, seen, MPFR_RNDN);
  if (against (x, low, low, 0, 0) < 0)
    mpfr_nextbelow (low);
  mpfr_set (high, low, MPFR_RNDN);
  mpfr_nextabove (high);
  right = against (x, low, low, 0, 0) >= 0 && against (x, high, high, 0, 0) < 0;
  if (right && against (x, low, low, 0, 0) > 0 && goes_up (x, low, high, rule))
    mpfr_swap (low, high);
  right = right && mpfr_cmpabs (low, seen) == 0;
  mpfr_clears (low, high, (mpfr_ptr) NULL);
  return right;
}
