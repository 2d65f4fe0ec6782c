/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact results of operations, with IEEE 754's rules for signs of zero,
   infinities and NaNs.  */

#include <config.h>
#include "numsys/oracle/oracle.h"

static int
is_infinite (const oracle_number *x)
{
  return x->class == ORACLE_INFINITE;
}

/* Gives a sum of sign top / bottom its sign. */
static void
normalise (oracle_number *x)
{
  const int sign = oracle_sum_sign (&x->top);

  if (sign == 0)
    oracle_sum_zero (&x->top);
  x->negative = sign < 0;
  if (sign < 0)
    for (size_t i = 0; i < x->top.n; i++)
      mpz_neg (x->top.c[i], x->top.c[i]);
}

/* out = a + b, or a - b.  The sum of opposite zeros, and of any numbers that
   cancel, is +0, but -0 when rounding down.  */
static void
add (const oracle_number *a, const oracle_number *b, int negate,
     oracle_number *out)
{
  const int negative = b->negative != negate;
  oracle_number sum;

  oracle_number_init (&sum);
  if (is_infinite (a) && is_infinite (b) && a->negative != negative)
    oracle_number_special (&sum, ORACLE_NAN, 0);
  else if (is_infinite (a))
    oracle_number_special (&sum, ORACLE_INFINITE, a->negative);
  else if (is_infinite (b))
    oracle_number_special (&sum, ORACLE_INFINITE, negative);
  else if (a->top.n == 0 && b->top.n == 0)
    {
      oracle_number_zero (&sum, a->negative && negative);
      sum.cancels = a->negative != negative || a->cancels || b->cancels;
    }
  else
    {
      oracle_sum_add_product (&sum.top, a->negative ? -1 : 1, &a->top,
                              &b->bottom);
      oracle_sum_add_product (&sum.top, negative ? -1 : 1, &b->top,
                              &a->bottom);
      oracle_sum_zero (&sum.bottom);
      oracle_sum_add_product (&sum.bottom, 1, &a->bottom, &b->bottom);
      normalise (&sum);
      sum.cancels = sum.top.n == 0;
    }
  oracle_number_copy (out, &sum);
  oracle_number_clear (&sum);
}

static void
multiply (const oracle_number *a, const oracle_number *b, oracle_number *out)
{
  const int negative = a->negative != b->negative;

  if ((is_infinite (a) && oracle_number_is_zero (b))
      || (is_infinite (b) && oracle_number_is_zero (a)))
    oracle_number_special (out, ORACLE_NAN, 0);
  else if (is_infinite (a) || is_infinite (b))
    oracle_number_special (out, ORACLE_INFINITE, negative);
  else
    {
      oracle_number_zero (out, negative);
      oracle_sum_add_product (&out->top, 1, &a->top, &b->top);
      oracle_sum_zero (&out->bottom);
      oracle_sum_add_product (&out->bottom, 1, &a->bottom, &b->bottom);
    }
}

static void
divide (const oracle_number *a, const oracle_number *b, oracle_number *out)
{
  const int negative = a->negative != b->negative;

  if ((is_infinite (a) && is_infinite (b))
      || (oracle_number_is_zero (a) && oracle_number_is_zero (b)))
    oracle_number_special (out, ORACLE_NAN, 0);
  else if (is_infinite (a) || oracle_number_is_zero (b))
    {
      oracle_number_special (out, ORACLE_INFINITE, negative);
      out->made = !is_infinite (a);
    }
  else if (is_infinite (b))
    oracle_number_zero (out, negative);
  else
    {
      oracle_number_zero (out, negative);
      oracle_sum_add_product (&out->top, 1, &a->top, &b->bottom);
      oracle_sum_zero (&out->bottom);
      oracle_sum_add_product (&out->bottom, 1, &a->bottom, &b->top);
    }
}

static void
square_root (const oracle_number *a, oracle_number *out)
{
  oracle_number_copy (out, a);
  if (a->negative && !oracle_number_is_zero (a))
    oracle_number_special (out, ORACLE_NAN, 0);
  else if (a->class == ORACLE_FINITE)
    out->power = 2;
}

static void
multiply_add (const oracle_number *a, const oracle_number *b,
              const oracle_number *c, oracle_number *out)
{
  oracle_number product;

  oracle_number_init (&product);
  multiply (a, b, &product);
  if (product.class == ORACLE_NAN)
    oracle_number_special (out, ORACLE_NAN, 0);
  else
    add (&product, c, 0, out);
  oracle_number_clear (&product);
}

/* The lesser of a and b, or the greater; of zeros -0 is the lesser. */
static void
choose (const oracle_number *a, const oracle_number *b, int lesser,
        oracle_number *out)
{
  const int order = oracle_compare (a, b);
  const int a_is_less = order != 0 ? order < 0 : a->negative;

  oracle_number_copy (out, a_is_less == lesser ? a : b);
}

static void
set_sign (const oracle_number *a, int negative, oracle_number *out)
{
  oracle_number_copy (out, a);
  out->negative = negative;
}

void
oracle_apply (numsys_operation operation, const oracle_number *a,
              const oracle_number *b, const oracle_number *c,
              oracle_number *out)
{
  if (a->class == ORACLE_NAN || (b != NULL && b->class == ORACLE_NAN)
      || (c != NULL && c->class == ORACLE_NAN))
    oracle_number_special (out, ORACLE_NAN, 0);
  else
    switch (operation)
      {
      case NUMSYS_ADD: add (a, b, 0, out); break;
      case NUMSYS_SUBTRACT: add (a, b, 1, out); break;
      case NUMSYS_MULTIPLY: multiply (a, b, out); break;
      case NUMSYS_DIVIDE: divide (a, b, out); break;
      case NUMSYS_SQRT: square_root (a, out); break;
      case NUMSYS_FMA: multiply_add (a, b, c, out); break;
      case NUMSYS_MIN: choose (a, b, 1, out); break;
      case NUMSYS_MAX: choose (a, b, 0, out); break;
      case NUMSYS_NEGATE: set_sign (a, !a->negative, out); break;
      case NUMSYS_ABS: set_sign (a, 0, out); break;
      }
}

void
oracle_accumulate (oracle_number *sum, const oracle_number *a,
                   const oracle_number *b)
{
  oracle_number total;

  oracle_number_init (&total);
  if (b == NULL)
    oracle_apply (NUMSYS_ADD, sum, a, NULL, &total);
  else
    oracle_apply (NUMSYS_FMA, a, b, sum, &total);
  oracle_number_copy (sum, &total);
  oracle_number_clear (&total);
}

int
oracle_compare (const oracle_number *a, const oracle_number *b)
{
  oracle_number difference;
  int sign;

  if (a->class == ORACLE_NAN || b->class == ORACLE_NAN)
    return 2;
  if (is_infinite (a) && is_infinite (b) && a->negative == b->negative)
    return 0;
  oracle_number_init (&difference);
  add (a, b, 1, &difference);
  sign = oracle_number_is_zero (&difference) ? 0 : difference.negative ? -1 : 1;
  oracle_number_clear (&difference);
  return sign;
}
