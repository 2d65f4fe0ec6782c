/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact positive numbers, and how they compare: sums, quotients and roots of
   sums of terms c 2^(k / gamma).  All comparisons with sums T reduce to the
   sign of a sum: of a - T, of a - T b, of a - T^2.  */

#include <config.h>
#include <math.h>
#include "numsys/place.h"

void
numsys_exact_init (numsys_exact *x)
{
  x->form = NUMSYS_FORM_SUM;
  numsys_sum_init (&x->a);
  numsys_sum_init (&x->b);
  numsys_sum_init (&x->threshold);
  numsys_sum_init (&x->difference);
}

void
numsys_exact_clear (numsys_exact *x)
{
  numsys_sum_clear (&x->a);
  numsys_sum_clear (&x->b);
  numsys_sum_clear (&x->threshold);
  numsys_sum_clear (&x->difference);
}

/* What the threshold is multiplied by to be compared with a. */
static const numsys_sum *
multiplier (const numsys_exact *x)
{
  switch (x->form)
    {
    case NUMSYS_FORM_QUOTIENT:
      return &x->b;
    case NUMSYS_FORM_ROOT:
      return &x->threshold;
    default:
      return NULL;
    }
}

int
numsys_exact_compare (numsys_exact *x)
{
  numsys_sum_zero (&x->difference, x->a.gamma);
  numsys_sum_add_product (&x->difference, 0, &x->a, NULL);
  numsys_sum_add_product (&x->difference, 1, &x->threshold, multiplier (x));
  return numsys_sum_sign (&x->difference, NULL);
}

void
numsys_exact_subtract (numsys_exact *x)
{
  numsys_sum_add_product (&x->a, 1, &x->threshold, multiplier (x));
  numsys_sum_reduce (&x->a);
}

numsys_near
numsys_exact_near (numsys_exact *x)
{
  numsys_near near = { 1, 0 };
  numsys_near divisor = { 1, 0 };
  int e;

  numsys_sum_sign (&x->a, &near);
  if (x->form == NUMSYS_FORM_QUOTIENT)
    {
      numsys_sum_sign (&x->b, &divisor);
      near.fraction /= divisor.fraction;
      near.exponent -= divisor.exponent;
    }
  else if (x->form == NUMSYS_FORM_ROOT)
    {
      if (near.exponent % 2 != 0)
        {
          near.fraction *= 2;
          near.exponent--;
        }
      near.fraction = sqrt (near.fraction);
      near.exponent /= 2;
    }
  near.fraction = 2 * frexp (near.fraction, &e);
  near.exponent += e - 1;
  return near;
}
