/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What roundings make of a number between two rungs, as tables.  */

#include <config.h>
#include <string.h>
#include "numsys/side.h"

static int
goes_away (numsys_rounding rounding, int is_logarithmic, int negative,
           int is_odd, numsys_side side)
{
  const numsys_side middle
    = is_logarithmic && rounding != NUMSYS_NEAREST_LINEAR
        ? NUMSYS_SIDE_LOG_MIDDLE : NUMSYS_SIDE_MIDDLE;

  if (side == NUMSYS_SIDE_HIT)
    return 0;
  switch (rounding)
    {
    case NUMSYS_UP:
      return !negative;
    case NUMSYS_DOWN:
      return negative;
    case NUMSYS_ZERO:
      return 0;
    case NUMSYS_ODD:
      return !is_odd;
    default:
      if (side != middle)
        return side > middle;
      return rounding == NUMSYS_NEAREST_AWAY || is_odd;
    }
}

void
numsys_rule_init (numsys_rule *rule, numsys_rounding rounding,
                  int is_logarithmic)
{
  memset (rule, 0, sizeof *rule);
  for (int negative = 0; negative < 2; negative++)
    for (int odd = 0; odd < 2; odd++)
      for (int side = NUMSYS_SIDE_HIT; side <= NUMSYS_SIDE_ABOVE; side++)
        rule->away[negative][odd][side]
          = (uint8_t) goes_away (rounding, is_logarithmic, negative, odd,
                                 (numsys_side) side);
}
