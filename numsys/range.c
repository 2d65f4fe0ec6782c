/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Range comes after rounding: what becomes of a place that a system lacks, and
   how it is counted.  */

#include <config.h>
#include "numsys/place.h"

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
