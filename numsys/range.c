/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on places, which round nothing; and range, which comes after
   rounding: what becomes of a place that a system lacks, and how it is
   counted.  */

#include <config.h>
#include "numsys/place.h"

int
numsys_place_has (numsys_operation operation)
{
  return operation >= NUMSYS_MIN;
}

/* Whether a < b, none of them NaN, -0 lying below +0. */
static int
is_less (numsys_place a, numsys_place b)
{
  if (a.negative != b.negative)
    return a.negative;
  if (a.class != b.class)
    return (b.class == NUMSYS_INFINITE) != a.negative;
  return a.negative ? a.rung > b.rung : a.rung < b.rung;
}

numsys_place
numsys_place_operate (numsys_operation operation, numsys_place a,
                      numsys_place b)
{
  if (operation == NUMSYS_NEGATE || operation == NUMSYS_ABS)
    {
      a.negative = operation == NUMSYS_NEGATE && a.class != NUMSYS_NAN
                   && !a.negative;
      return a;
    }
  if (a.class == NUMSYS_NAN || b.class == NUMSYS_NAN)
    return (numsys_place) { .class = NUMSYS_NAN };
  return is_less (a, b) == (operation == NUMSYS_MIN) ? a : b;
}

uint32_t
numsys_place_code (numsys_place place, const numsys_target *target,
                   numsys_rounding rounding, numsys_events *events)
{
  const numsys_ladder *ladder = target->ladder;
  const void *state = target->state;
  const numsys_class class = place.class;

  if (class == NUMSYS_FINITE && place.rung == 0 && !ladder->has_zero (state))
    {
      place.rung = 1;
      events->raised++;
    }
  if (class == NUMSYS_INFINITE
      || (class == NUMSYS_FINITE
          && place.rung > ladder->top (state, place.negative)))
    {
      int wraps = class == NUMSYS_FINITE && ladder->wraps != NULL
                  && ladder->wraps (state) != 0;

      place = ladder->overflow (state, place, rounding);
      if (class == NUMSYS_FINITE || place.class != NUMSYS_INFINITE)
        events->overflow++;
      if (place.class == NUMSYS_FINITE && !wraps)
        events->saturated++;
    }
  if (place.class == NUMSYS_NAN)
    events->nan++;
  return ladder->code (state, place);
}
