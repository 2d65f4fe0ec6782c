/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact numbers: made, compared and bounded.  */

#include <config.h>
#include "numsys/oracle/number.h"

void
oracle_number_init (oracle_number *x)
{
  oracle_sum_init (&x->top);
  oracle_sum_init (&x->bottom);
  oracle_number_zero (x, 0);
}

void
oracle_number_clear (oracle_number *x)
{
  oracle_sum_clear (&x->top);
  oracle_sum_clear (&x->bottom);
}

static void
set_one (oracle_sum *sum)
{
  mpz_t c;
  mpq_t q;

  mpz_init_set_ui (c, 1);
  mpq_init (q);
  oracle_sum_zero (sum);
  oracle_sum_add (sum, c, q);
  mpz_clear (c);
  mpq_clear (q);
}

void
oracle_number_zero (oracle_number *x, int negative)
{
  x->class = ORACLE_FINITE;
  x->negative = negative;
  x->cancels = 0;
  x->made = 0;
  x->power = 1;
  oracle_sum_zero (&x->top);
  set_one (&x->bottom);
}

void
oracle_number_special (oracle_number *x, oracle_class class, int negative)
{
  oracle_number_zero (x, negative);
  x->class = class;
}

void
oracle_number_term (oracle_number *x, int negative, const mpz_t c,
                    const mpq_t q)
{
  oracle_number_zero (x, negative);
  oracle_sum_add (&x->top, c, q);
}

void
oracle_number_mpfr (oracle_number *x, const mpfr_t value)
{
  const int negative = mpfr_signbit (value) != 0;
  mpz_t c;
  mpq_t q;

  if (mpfr_nan_p (value))
    oracle_number_special (x, ORACLE_NAN, 0);
  else if (mpfr_inf_p (value))
    oracle_number_special (x, ORACLE_INFINITE, negative);
  else if (mpfr_zero_p (value))
    oracle_number_zero (x, negative);
  else
    {
      mpz_init (c);
      mpq_init (q);
      mpq_set_si (q, mpfr_get_z_2exp (c, value), 1);
      mpz_abs (c, c);
      oracle_number_term (x, negative, c, q);
      mpz_clear (c);
      mpq_clear (q);
    }
}

static void
copy_sum (oracle_sum *out, const oracle_sum *sum)
{
  oracle_sum_zero (out);
  for (size_t i = 0; i < sum->n; i++)
    oracle_sum_add (out, sum->c[i], sum->q[i]);
}

void
oracle_number_copy (oracle_number *out, const oracle_number *x)
{
  out->class = x->class;
  out->negative = x->negative;
  out->cancels = x->cancels;
  out->made = x->made;
  out->power = x->power;
  copy_sum (&out->top, &x->top);
  copy_sum (&out->bottom, &x->bottom);
}

int
oracle_number_is_zero (const oracle_number *x)
{
  return x->class == ORACLE_FINITE && x->top.n == 0;
}

/* |x| < bound as top < bottom bound^power. */
int
oracle_number_against (const oracle_number *x, const oracle_sum *bound)
{
  oracle_sum difference, square;
  int sign;

  oracle_sum_init (&difference);
  oracle_sum_init (&square);
  copy_sum (&difference, &x->top);
  if (x->power == 2)
    {
      oracle_sum_add_product (&square, 1, bound, bound);
      oracle_sum_add_product (&difference, -1, &x->bottom, &square);
    }
  else
    oracle_sum_add_product (&difference, -1, &x->bottom, bound);
  sign = oracle_sum_sign (&difference);
  oracle_sum_clear (&square);
  oracle_sum_clear (&difference);
  return sign;
}

void
oracle_number_log2 (const oracle_number *x, mpfr_t below, mpfr_t above)
{
  mpfr_t low, high;

  mpfr_init2 (low, mpfr_get_prec (below));
  mpfr_init2 (high, mpfr_get_prec (below));
  oracle_sum_log2 (&x->top, below, above);
  oracle_sum_log2 (&x->bottom, low, high);
  mpfr_sub (below, below, high, MPFR_RNDD);
  mpfr_sub (above, above, low, MPFR_RNDU);
  mpfr_div_si (below, below, x->power, MPFR_RNDD);
  mpfr_div_si (above, above, x->power, MPFR_RNDU);
  mpfr_clears (low, high, (mpfr_ptr) NULL);
}
