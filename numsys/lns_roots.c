/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of roots of two, by repeated multiplication in MPFR.

   An entry comes of at most 2^12 products from a first factor, each of them
   rounded at PRECISION bits: it is within (2^13 + 1) 2^(1 - PRECISION) of the
   truth, relatively, which is far less than 2^-16 of its last place, whose
   rounding is the 1/2.  */

#include <config.h>
#include <stdint.h>
#include <stdlib.h>
#include <mpfr.h>
#include "numsys/lns_roots.h"

#define PRECISION 128

/* Neither table has more. */
#define MOST_BITS 12

/* table[i] = 2^(-i step / period), in units of 2^-63. */
static void
tabulate (uint64_t table[], size_t n, unsigned long step, unsigned long period)
{
  mpfr_t factor, power, x;

  mpfr_inits2 (PRECISION, factor, power, x, (mpfr_ptr) NULL);
  mpfr_set_si (factor, -(long) step, MPFR_RNDN);
  mpfr_div_ui (factor, factor, period, MPFR_RNDN);
  mpfr_exp2 (factor, factor, MPFR_RNDN);
  mpfr_set_ui (power, 1, MPFR_RNDN);
  for (size_t i = 0; i < n; i++)
    {
      mpfr_mul_2ui (x, power, 63, MPFR_RNDN);
      table[i] = mpfr_get_uj (x, MPFR_RNDN);
      mpfr_mul (power, power, factor, MPFR_RNDN);
    }
  mpfr_clears (factor, power, x, (mpfr_ptr) NULL);
}

/* 2^30 of d, and inverse < gamma^-1 2^shift + 1: the quotient is too large by
   less than 2^30 / 2^shift <= 1 / gamma.  */
static void
set_inverse (numsys_roots *roots)
{
  roots->shift = 30;
  while (INT64_C (1) << (roots->shift - 30) < roots->gamma)
    roots->shift++;
  roots->inverse = ((UINT64_C (1) << roots->shift) - 1)
                     / (uint64_t) roots->gamma + 1;
}

numsys_roots *
numsys_roots_new (int64_t gamma)
{
  const uint64_t period = 2 * (uint64_t) gamma;
  numsys_roots *roots = calloc (1, sizeof *roots);
  unsigned split = 0;
  size_t coarse, fine;

  if (roots == NULL)
    return NULL;
  while ((period - 1) >> split >= UINT64_C (1) << MOST_BITS)
    split++;
  coarse = (size_t) ((period - 1) >> split) + 1;
  fine = (size_t) 1 << split;
  roots->coarse = calloc (coarse + fine, sizeof *roots->coarse);
  if (roots->coarse == NULL)
    {
      free (roots);
      return NULL;
    }
  roots->gamma = gamma;
  roots->split = split;
  roots->fine = roots->coarse + coarse;
  tabulate (roots->coarse, coarse, 1ul << split, (unsigned long) period);
  tabulate (roots->fine, fine, 1, (unsigned long) period);
  set_inverse (roots);
  return roots;
}

void
numsys_roots_free (numsys_roots *roots)
{
  if (roots == NULL)
    return;
  free (roots->coarse);
  free (roots);
}
