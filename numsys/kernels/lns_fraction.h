/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that are added to an exponent, made whole, in plain C: it defines the
   bits.  */

#ifndef NUMSYS_KERNELS_LNS_FRACTION_H
#define NUMSYS_KERNELS_LNS_FRACTION_H

#include <math.h>
#include "numsys/kernels/choice.h"

/* Beyond the exponents of float32 times any gamma that has tables. */
#define NUMSYS_FAR 0x1p26f

/* `by' rounded to an integer, a tie by what it is added to, odd or not.  Adding
   the constant to a double rounds that to an integer, ties to even. */
static inline int64_t
numsys_fraction_nearest (const numsys_lns_fraction *fraction, int odd,
                         double by)
{
  const double shifter = 0x1.8p52;
  const double nearest = ((by + odd) + shifter) - shifter - odd;

  return (int64_t) nearest + (fraction->ties_away && by - nearest == 0.5);
}

/* The place of k + part between the values of k and k + 1. */
static inline double
numsys_fraction_place (const numsys_lns_fraction *fraction, double part)
{
  double sum = 0;

  for (int i = NUMSYS_GROWTH_TERMS - 1; i >= 0; i--)
    sum = (sum + fraction->growth[i]) * part;
  return sum;
}

/* Floor of `by', or one more, as the choice says; 0 when it is too near to be
   told.  Fractions of floats are doubles but next to 1, where differences
   are. */
static inline int
numsys_fraction_chosen (const numsys_lns_fraction *fraction, int64_t k,
                        double by, int negative, uint32_t word, int64_t *out)
{
  const double unsure = 0x1p-20;
  const numsys_choice *choice = &fraction->choice;
  const double whole = floor (by), part = by - whole;
  const int64_t below = (int64_t) whole;
  const uint32_t t
    = numsys_choice_threshold (choice, negative, (int) ((k + below) & 1), word);
  const double draw = (t + (choice->mask == UINT32_MAX ? 0.5 : 0)) * 0x1p-32;
  double place;

  *out = below;
  if (by == whole)
    return 1;
  if (choice->mask == 0 && (t == 0 || t == UINT32_MAX))
    *out += t == 0;
  else if (!fraction->is_linear)
    *out += whole == -1 ? draw - 1 < by : draw < part;
  else
    {
      place = numsys_fraction_place (fraction, part);
      *out += draw < place;
      return fabs (draw - place) > unsure;
    }
  return 1;
}

/* `by', not beyond NUMSYS_FAR, made whole for a number of this sign whose
   exponent is k or, odd or not, like it; 0 when that cannot be told here. */
static inline int
numsys_fraction_whole (const numsys_lns_fraction *fraction, int64_t k,
                       double by, int negative, uint32_t word, int64_t *out)
{
  if (!fraction->is_nearest)
    return numsys_fraction_chosen (fraction, k, by, negative, word, out);
  *out = numsys_fraction_nearest (fraction, (int) (k & 1), by);
  return 1;
}

#endif
