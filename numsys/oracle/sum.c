/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of terms c 2^q and their signs.

   A sign comes from directed intervals, refined until zero lies outside.
   That zero itself is recognised rests on the 2-adic valuation, which extends
   to every 2^q: an odd c gives c 2^q the valuation q, so a sum whose least q
   belongs to one odd term alone is not zero; and two terms that share the
   least q are one term of an even c, thus of a greater q.  */

#include <config.h>
#include <stdlib.h>
#include "numsys/oracle/number.h"

void
oracle_sum_init (oracle_sum *sum)
{
  *sum = (oracle_sum) {0};
}

void
oracle_sum_clear (oracle_sum *sum)
{
  for (size_t i = 0; i < sum->room; i++)
    {
      mpz_clear (sum->c[i]);
      mpq_clear (sum->q[i]);
    }
  free (sum->c);
  free (sum->q);
  *sum = (oracle_sum) {0};
}

void
oracle_sum_zero (oracle_sum *sum)
{
  sum->n = 0;
}

/* Makes room for one more term.  A judge without memory can judge nothing. */
static void
grow (oracle_sum *sum)
{
  const size_t room = 2 * sum->room + 4;

  if (sum->n < sum->room)
    return;
  sum->c = realloc (sum->c, room * sizeof *sum->c);
  sum->q = realloc (sum->q, room * sizeof *sum->q);
  if (sum->c == NULL || sum->q == NULL)
    abort ();
  for (size_t i = sum->room; i < room; i++)
    {
      mpz_init (sum->c[i]);
      mpq_init (sum->q[i]);
    }
  sum->room = room;
}

void
oracle_sum_add (oracle_sum *sum, const mpz_t c, const mpq_t q)
{
  if (mpz_sgn (c) == 0)
    return;
  grow (sum);
  mpz_set (sum->c[sum->n], c);
  mpq_set (sum->q[sum->n], q);
  sum->n++;
}

void
oracle_sum_add_product (oracle_sum *sum, int sign, const oracle_sum *a,
                        const oracle_sum *b)
{
  for (size_t i = 0; i < a->n; i++)
    for (size_t j = 0; j < b->n; j++)
      {
        grow (sum);
        mpz_mul (sum->c[sum->n], a->c[i], b->c[j]);
        if (sign < 0)
          mpz_neg (sum->c[sum->n], sum->c[sum->n]);
        mpq_add (sum->q[sum->n], a->q[i], b->q[j]);
        sum->n++;
      }
}

/* Makes c odd. */
static void
make_odd (mpz_t c, mpq_t q)
{
  const mp_bitcnt_t twos = mpz_scan1 (c, 0);
  mpz_t shift;

  if (twos == 0)
    return;
  mpz_tdiv_q_2exp (c, c, twos);
  mpz_init_set_ui (shift, twos);
  mpz_addmul (mpq_numref (q), shift, mpq_denref (q));
  mpz_clear (shift);
}

/* Adds the last term to another of the same q, if there is one, else says
   that there is none.  */
static int
join_last (oracle_sum *sum)
{
  const size_t last = sum->n - 1;

  for (size_t i = 0; i < last; i++)
    if (mpq_equal (sum->q[i], sum->q[last]))
      {
        mpz_add (sum->c[i], sum->c[i], sum->c[last]);
        sum->n--;
        if (mpz_sgn (sum->c[i]) != 0)
          make_odd (sum->c[i], sum->q[i]);
        else
          {
            sum->n--;
            mpz_swap (sum->c[i], sum->c[sum->n]);
            mpq_swap (sum->q[i], sum->q[sum->n]);
          }
        return 1;
      }
  return 0;
}

/* Moves the term of the least q to the end. */
static void
least_last (oracle_sum *sum)
{
  const size_t last = sum->n - 1;

  for (size_t i = 0; i < last; i++)
    if (mpq_cmp (sum->q[i], sum->q[last]) < 0)
      {
        mpz_swap (sum->c[i], sum->c[last]);
        mpq_swap (sum->q[i], sum->q[last]);
      }
}

static int
is_zero (const oracle_sum *sum)
{
  oracle_sum rest;
  int zero;

  oracle_sum_init (&rest);
  for (size_t i = 0; i < sum->n; i++)
    {
      oracle_sum_add (&rest, sum->c[i], sum->q[i]);
      make_odd (rest.c[i], rest.q[i]);
    }
  while (rest.n > 0)
    {
      least_last (&rest);
      if (!join_last (&rest))
        break;
    }
  zero = rest.n == 0;
  oracle_sum_clear (&rest);
  return zero;
}

/* 2^(q - origin) in power, rounded down; returns whether exactly. */
static int
power_below (mpfr_t power, const mpq_t q, const mpz_t origin)
{
  mpz_t whole, part;
  mpfr_t fraction;
  int exact;

  mpz_inits (whole, part, NULL);
  mpz_fdiv_qr (whole, part, mpq_numref (q), mpq_denref (q));
  mpz_sub (whole, whole, origin);
  /* Enough bits that rounding the fraction down loses less than a unit in
     the last place of the power; the bound above then takes two units.  */
  mpfr_init2 (fraction, mpfr_get_prec (power) + 4);
  mpfr_set_z (fraction, part, MPFR_RNDD);
  exact = mpfr_zero_p (fraction);
  mpfr_div_z (fraction, fraction, mpq_denref (q), MPFR_RNDD);
  mpfr_exp2 (power, fraction, MPFR_RNDD);
  exact &= mpfr_mul_2si (power, power, mpz_get_si (whole), MPFR_RNDD) == 0;
  mpfr_clear (fraction);
  mpz_clears (whole, part, NULL);
  return exact;
}

/* Adds c 2^(q - origin) to the bounds. */
static void
add_bounds (mpfr_t below, mpfr_t above, const mpz_t c, const mpq_t q,
            const mpz_t origin)
{
  mpfr_t low, high;
  int exact;

  mpfr_init2 (low, mpfr_get_prec (below));
  mpfr_init2 (high, mpfr_get_prec (below));
  exact = power_below (low, q, origin);
  mpfr_set (high, low, MPFR_RNDU);
  if (!exact)
    {
      mpfr_nextabove (high);
      mpfr_nextabove (high);
    }
  if (mpz_sgn (c) < 0)
    mpfr_swap (low, high);
  mpfr_mul_z (low, low, c, MPFR_RNDD);
  mpfr_mul_z (high, high, c, MPFR_RNDU);
  mpfr_add (below, below, low, MPFR_RNDD);
  mpfr_add (above, above, high, MPFR_RNDU);
  mpfr_clears (low, high, (mpfr_ptr) NULL);
}

/* Bounds of sum 2^-origin. */
static void
bounds_from (const oracle_sum *sum, const mpz_t origin, mpfr_t below,
             mpfr_t above)
{
  mpfr_set_zero (below, 1);
  mpfr_set_zero (above, 1);
  for (size_t i = 0; i < sum->n; i++)
    add_bounds (below, above, sum->c[i], sum->q[i], origin);
}

void
oracle_sum_bounds (const oracle_sum *sum, mpfr_t below, mpfr_t above)
{
  mpz_t origin;

  mpz_init (origin);
  bounds_from (sum, origin, below, above);
  mpz_clear (origin);
}

/* -1, 1, or 0 when this precision does not tell. */
static int
sign_at (const oracle_sum *sum, const mpz_t origin, mpfr_prec_t precision)
{
  mpfr_t below, above;
  int sign;

  mpfr_init2 (below, precision);
  mpfr_init2 (above, precision);
  bounds_from (sum, origin, below, above);
  sign = mpfr_sgn (below) > 0 ? 1 : mpfr_sgn (above) < 0 ? -1 : 0;
  mpfr_clears (below, above, (mpfr_ptr) NULL);
  return sign;
}

int
oracle_sum_sign (const oracle_sum *sum)
{
  mpz_t origin;
  mpfr_prec_t precision = 64;
  int sign;

  if (sum->n == 0)
    return 0;
  /* Only ratios matter: the first term is brought near 1, far from MPFR's
     own bounds.  */
  mpz_init (origin);
  mpz_fdiv_q (origin, mpq_numref (sum->q[0]), mpq_denref (sum->q[0]));
  sign = sign_at (sum, origin, precision);
  if (sign == 0 && !is_zero (sum))
    while (sign == 0)
      sign = sign_at (sum, origin, precision *= 4);
  mpz_clear (origin);
  return sign;
}

void
oracle_sum_log2 (const oracle_sum *sum, mpfr_t below, mpfr_t above)
{
  mpz_t origin;
  mpfr_t low, high;

  mpz_init (origin);
  mpz_fdiv_q (origin, mpq_numref (sum->q[0]), mpq_denref (sum->q[0]));
  mpfr_init2 (low, mpfr_get_prec (below));
  mpfr_init2 (high, mpfr_get_prec (below));
  bounds_from (sum, origin, low, high);
  while (mpfr_sgn (low) <= 0)
    {
      mpfr_set_prec (low, 4 * mpfr_get_prec (low));
      mpfr_set_prec (high, mpfr_get_prec (low));
      bounds_from (sum, origin, low, high);
    }
  mpfr_log2 (below, low, MPFR_RNDD);
  mpfr_log2 (above, high, MPFR_RNDU);
  mpfr_add_z (below, below, origin, MPFR_RNDD);
  mpfr_add_z (above, above, origin, MPFR_RNDU);
  mpfr_clears (low, high, (mpfr_ptr) NULL);
  mpz_clear (origin);
}
