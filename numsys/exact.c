/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sign of a sum of terms c 2^(q + r / gamma), exactly.

   Terms of equal r make a group.  x^gamma - 2 is irreducible (Eisenstein), so
   the powers 2^(r / gamma), 0 <= r < gamma, are linearly independent over the
   rationals: the sum is zero if and only if every group is.  Three steps, the
   cheap ones first:

   1. a sum in doubles with a bound on its error, which decides nearly all;
   2. groups in integers, which decide every sum of one group, and so all of
      fixed and floating point, and tell zero from nonzero always;
   3. enclosures in MPFR of growing precision, for a sum that is known not to
      be zero, and so in the end is seen not to be.

   Exponents may lie far apart (lns:32,1 spans 2^(2^31)).  A group is therefore
   a list of segments from high to low, each an integer; the next one begins
   only where all that follows together cannot reach the unit of the one
   before, so that the first segment gives the group's sign.  */

#include <config.h>
#include <math.h>
#include <stdint.h>
#include <mpfr.h>
#include "numsys/exact.h"

/* Undecided, beside -1, 0 and 1. */
#define UNKNOWN 2

static void
set_near (numsys_near *near, double value, int64_t exponent)
{
  int e;

  if (near == NULL)
    return;
  near->fraction = 2 * frexp (fabs (value), &e);
  near->exponent = exponent + e - 1;
}

static int
sign_of (double x)
{
  return (x > 0) - (x < 0);
}

/* c = fraction 2^exponent in magnitude, fraction cut to 53 bits. */
static double
coefficient (const numsys_term *term, int64_t *exponent)
{
  long e;
  double fraction = mpz_get_d_2exp (&e, term->c);

  *exponent = e + term->q;
  return fraction;
}

/* The highest exponent of a coefficient's magnitude. */
static int64_t
top_exponent (const numsys_sum *sum)
{
  int64_t top = INT64_MIN;

  for (size_t i = 0; i < sum->n; i++)
    {
      const numsys_term *term = &sum->terms[i];
      int64_t exponent = term->q + (int64_t) mpz_sizeinbase (term->c, 2);

      if (mpz_sgn (term->c) != 0 && exponent > top)
        top = exponent;
    }
  return top;
}

/* Step 1.  Each term below is within 2^-49 of itself, if exp2 of the C library
   is within 2^-50: cutting c costs 2^-52, rounding r / gamma, its power and
   the product less than 2^-53 each.  Adding n of them costs n 2^-53 of their
   total, and leaving out terms under 2^-900 of the largest next to nothing.
   The bound is many times that. */
static int
sign_in_doubles (const numsys_sum *sum, numsys_near *near)
{
  int64_t top = top_exponent (sum);
  double value = 0;
  double total = 0;
  double bound;

  for (size_t i = 0; i < sum->n; i++)
    {
      const numsys_term *term = &sum->terms[i];
      int64_t exponent;
      double x = coefficient (term, &exponent);

      if (x == 0 || exponent < top - 900)
        continue;
      if (term->r != 0)
        x *= exp2 ((double) term->r / (double) sum->gamma);
      x = ldexp (x, (int) (exponent - top));
      value += x;
      total += fabs (x);
    }
  bound = total * 0x1p-50 * (64 + (double) sum->n);
  if (!(fabs (value) > (near == NULL ? bound : 0x1p22 * bound)))
    return UNKNOWN;
  set_near (near, value, top);
  return sign_of (value);
}

static void
set_wide (mpz_t z, numsys_wide x)
{
  mpz_set_ui (z, (unsigned long) (x >> 64));
  mpz_mul_2exp (z, z, 64);
  mpz_add_ui (z, z, (unsigned long) (x & UINT64_MAX));
}

/* c 2^(q - top + r / gamma) within 2^(3 - precision) of itself. */
static void
enclose_term (mpfr_t out, const numsys_term *term, numsys_wide gamma,
              int64_t top)
{
  if (term->r == 0)
    mpfr_set_z (out, term->c, MPFR_RNDN);
  else
    {
      mpz_t z;

      mpz_init (z);
      set_wide (z, term->r);
      mpfr_set_z (out, z, MPFR_RNDN);
      set_wide (z, gamma);
      mpfr_div_z (out, out, z, MPFR_RNDN);
      mpfr_exp2 (out, out, MPFR_RNDN);
      mpfr_mul_z (out, out, term->c, MPFR_RNDN);
      mpz_clear (z);
    }
  mpfr_mul_2si (out, out, (long) (term->q - top), MPFR_RNDN);
}

/* Step 3.  A term is below 2 in magnitude once scaled by 2^-top, so n terms
   and n additions err by less than n (n + 8) 2^(1 - precision) together. */
static int
sign_enclosed (const numsys_sum *sum, numsys_near *near)
{
  int64_t top = top_exponent (sum);
  mpfr_exp_t spare = near == NULL ? 1 : 23;
  int sign = 0;

  for (size_t factor = sum->n * (sum->n + 8); factor != 0; factor /= 2)
    spare++;
  for (mpfr_prec_t precision = 128; sign == 0; precision *= 2)
    {
      mpfr_t value, x;

      mpfr_inits2 (precision, value, x, (mpfr_ptr) NULL);
      mpfr_set_zero (value, 1);
      for (size_t i = 0; i < sum->n; i++)
        {
          enclose_term (x, &sum->terms[i], sum->gamma, top);
          mpfr_add (value, value, x, MPFR_RNDN);
        }
      if (!mpfr_zero_p (value)
          && mpfr_get_exp (value) - 1 > spare - (mpfr_exp_t) precision)
        {
          long e;
          double fraction = mpfr_get_d_2exp (&e, value, MPFR_RNDN);

          set_near (near, fraction, top + e);
          sign = mpfr_sgn (value);
        }
      mpfr_clears (value, x, (mpfr_ptr) NULL);
    }
  return sign;
}

/* Step 2, the groups being made. */
static int
sign_of_groups (const numsys_sum *sum, numsys_near *near)
{
  const numsys_term *first = sum->terms;
  int64_t exponent;
  double fraction;

  if (sum->n == 0)
    return 0;
  if (first->r != sum->terms[sum->n - 1].r)
    return sign_enclosed (sum, near);
  fraction = coefficient (first, &exponent);
  if (first->r != 0)
    fraction *= exp2 ((double) first->r / (double) sum->gamma);
  set_near (near, fraction, exponent);
  return mpz_sgn (first->c);
}

int
numsys_sum_sign (numsys_sum *sum, numsys_near *near)
{
  int sign = sign_in_doubles (sum, near);

  if (sign != UNKNOWN)
    return sign;
  numsys_sum_reduce (sum);
  return sign_of_groups (sum, near);
}

uint64_t
numsys_exact_pow2 (uint32_t num, uint32_t den, unsigned fraction_bits,
                   int *exact)
{
  mpfr_t x;
  uint64_t floor;

  /* The root lies in [1, 2): cut to this many bits it is the floor. */
  mpfr_init2 (x, (mpfr_prec_t) fraction_bits + 1);
  mpfr_set_ui_2exp (x, 1, num, MPFR_RNDZ);
  if (num == 0)
    mpfr_set_ui (x, 1, MPFR_RNDZ);
  else
    mpfr_rootn_ui (x, x, den, MPFR_RNDZ);
  mpfr_mul_2ui (x, x, fraction_bits, MPFR_RNDZ);
  floor = mpfr_get_uj (x, MPFR_RNDZ);
  mpfr_clear (x);
  if (exact != NULL)
    *exact = num == 0;
  return floor;
}
