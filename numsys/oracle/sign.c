/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The signs and the bounds of sums of terms c 2^q.

   Dyadic sums of moderate length are added up.  Every other sign comes from
   directed intervals, refined until zero lies outside.
   That zero itself is recognised rests on the 2-adic valuation, which extends
   to every 2^q: an odd c gives c 2^q the valuation q, so a sum whose least q
   belongs to one odd term alone is not zero; and two terms that share the
   least q are one term of an even c, thus of a greater q.  */

#include <config.h>
#include "numsys/oracle/number.h"

/* First bits of bounds that logarithms are taken of. */
#define CLOSE 40

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

/* Room to bound terms in. */
typedef struct scratch
{
  mpfr_t low, high, fraction;
  mpz_t whole, part;
} scratch;

static void
scratch_init (scratch *room, mpfr_prec_t precision)
{
  mpfr_inits2 (precision, room->low, room->high, (mpfr_ptr) NULL);
  mpfr_init2 (room->fraction, precision + 4);
  mpz_inits (room->whole, room->part, NULL);
}

static void
scratch_clear (scratch *room)
{
  mpfr_clears (room->low, room->high, room->fraction, (mpfr_ptr) NULL);
  mpz_clears (room->whole, room->part, NULL);
}

/* low = 2^(q - origin), rounded down; returns whether exactly.  The fraction
   part / parts of q is kept in enough bits that rounding it down loses less
   than a unit in the last place of the power: the bound above takes two
   units.  */
static int
power_below (scratch *room, const mpq_t q, const mpz_t origin)
{
  mpfr_ptr low = room->low;
  int exact;

  mpz_fdiv_qr (room->whole, room->part, mpq_numref (q), mpq_denref (q));
  mpz_sub (room->whole, room->whole, origin);
  exact = mpz_sgn (room->part) == 0;
  if (exact)
    mpfr_set_ui (low, 1, MPFR_RNDD);
  else
    {
      mpfr_set_z (room->fraction, room->part, MPFR_RNDD);
      mpfr_div_z (room->fraction, room->fraction, mpq_denref (q), MPFR_RNDD);
      mpfr_exp2 (low, room->fraction, MPFR_RNDD);
    }
  exact &= mpfr_mul_2si (low, low, mpz_get_si (room->whole), MPFR_RNDD) == 0;
  return exact;
}

/* Adds c 2^(q - origin) to the bounds. */
static void
add_bounds (mpfr_t below, mpfr_t above, const mpz_t c, const mpq_t q,
            const mpz_t origin, scratch *room)
{
  const int exact = power_below (room, q, origin);

  mpfr_set (room->high, room->low, MPFR_RNDU);
  if (!exact)
    {
      mpfr_nextabove (room->high);
      mpfr_nextabove (room->high);
    }
  if (mpz_sgn (c) < 0)
    mpfr_swap (room->low, room->high);
  mpfr_mul_z (room->low, room->low, c, MPFR_RNDD);
  mpfr_mul_z (room->high, room->high, c, MPFR_RNDU);
  mpfr_add (below, below, room->low, MPFR_RNDD);
  mpfr_add (above, above, room->high, MPFR_RNDU);
}

/* Bounds of sum 2^-origin. */
static void
bounds_from (const oracle_sum *sum, const mpz_t origin, mpfr_t below,
             mpfr_t above)
{
  scratch room;

  scratch_init (&room, mpfr_get_prec (below));
  mpfr_set_zero (below, 1);
  mpfr_set_zero (above, 1);
  for (size_t i = 0; i < sum->n; i++)
    add_bounds (below, above, sum->c[i], sum->q[i], origin, &room);
  scratch_clear (&room);
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

/* Whether all terms are dyadic, and moderate enough to be added as integers;
   least is then their least q.  */
static int
is_short (const oracle_sum *sum, long *least)
{
  *least = 4096;
  for (size_t i = 0; i < sum->n; i++)
    {
      const mpz_srcptr q = mpq_numref (sum->q[i]);

      if (mpz_cmp_ui (mpq_denref (sum->q[i]), 1) != 0
          || mpz_cmpabs_ui (q, 4096) > 0)
        return 0;
      if (mpz_cmp_si (q, *least) < 0)
        *least = mpz_get_si (q);
    }
  return 1;
}

static int
short_sign (const oracle_sum *sum, long least)
{
  mpz_t total, term;
  int sign;

  mpz_inits (total, term, NULL);
  for (size_t i = 0; i < sum->n; i++)
    {
      const long q = mpz_get_si (mpq_numref (sum->q[i]));

      mpz_mul_2exp (term, sum->c[i], (mp_bitcnt_t) (q - least));
      mpz_add (total, total, term);
    }
  sign = mpz_sgn (total);
  mpz_clears (total, term, NULL);
  return sign;
}

int
oracle_sum_sign (const oracle_sum *sum)
{
  mpz_t origin;
  mpfr_prec_t precision = 64;
  long least;
  int sign;

  if (is_short (sum, &least))
    return short_sign (sum, least);
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

/* Whether two positive bounds tell each other's first bits: where much
   cancels, those of little precision may be far apart.  */
static int
are_close (const mpfr_t below, const mpfr_t above)
{
  MPFR_DECL_INIT (width, 2);

  mpfr_sub (width, above, below, MPFR_RNDU);
  return mpfr_sgn (below) > 0
         && (mpfr_zero_p (width)
             || mpfr_get_exp (width) < mpfr_get_exp (below) - CLOSE);
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
  while (!are_close (low, high))
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
