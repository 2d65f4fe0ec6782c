/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Multiplicative updates in a number system: a factor, the power rounded once
   to the system, and one multiplication rounded by the context.  In an LNS
   whose grid holds the factor exactly that is an integer add.  Signs are those
   of decoded weights, and a zero weight is left alone.  */

#include <config.h>
#include "optim/elements.h"

/* w *= e->c, but for zero weights, whose factor is 1. */
static void
multiply (optim_elements *e, void *w)
{
  optim_elements_apply (e, NUMSYS_MULTIPLY, w, e->c, w);
}

void
optim_elements_multiply (optim_elements *e, int base_e, const void *x, void *w)
{
  optim_elements_fill (e, 1, e->c);
  for (size_t i = 0; i < e->n; i++)
    {
      const int sign = optim_elements_sign (e, w, i);
      const void *exponent
        = optim_wide_of (e->wide, e->system, numsys_element (e->system, x, i),
                         sign > 0);

      if (sign != 0)
        optim_elements_set_wide (
          e, optim_wide_power (e->wide, base_e, exponent), e->c, i);
    }
  multiply (e, w);
}

/* The factor of every j, for one learning rate. */
static void
find_factors (optim_elements *e, double lr, double decay)
{
  for (int j = -e->reach; j <= e->reach; j++)
    optim_elements_set_wide (
      e,
      optim_wide_power (e->wide, decay != 0,
                        optim_wide_exponent (e->wide, lr, j, lr, decay)),
      e->factors, (size_t) (j + e->reach));
  e->factors_lr = lr;
  e->has_factors = 1;
}

void
optim_elements_multiply_integer (optim_elements *e, double lr, double decay,
                                 void *w)
{
  numsys_events none = { 0, 0, 0, 0, 0 };

  if (!e->has_factors || e->factors_lr != lr)
    find_factors (e, lr, decay);
  optim_elements_fill (e, 1, e->c);
  for (size_t i = 0; i < e->n; i++)
    {
      const int sign = optim_elements_sign (e, w, i);
      const int j = (int) e->x[i] * sign;

      if (sign != 0)
        numsys_convert (e->system, e->system, &e->nearest, 1,
                        numsys_element (e->system, e->factors,
                                        (size_t) (j + e->reach)),
                        numsys_element (e->system, e->c, i), &none);
    }
  multiply (e, w);
}
