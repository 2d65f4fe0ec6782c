/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What roundings make of a number between two rungs, as bits.  */

#include <config.h>
#include "numsys/side.h"

/* Sides from this one on. */
static uint32_t
from (numsys_side side)
{
  return (UINT32_C (2) << NUMSYS_SIDE_ABOVE) - (UINT32_C (1) << side);
}

/* Of numbers of both signs. */
static uint32_t
above_rungs (uint32_t even, uint32_t odd)
{
  return UINT32_C (0x10001) * (even | odd << 8);
}

void
numsys_rule_init (numsys_rule *rule, numsys_rounding rounding,
                  int is_logarithmic)
{
  const uint32_t all = from (NUMSYS_SIDE_BELOW);
  const numsys_side middle
    = is_logarithmic && rounding != NUMSYS_NEAREST_LINEAR
        ? NUMSYS_SIDE_LOG_MIDDLE : NUMSYS_SIDE_MIDDLE;

  switch (rounding)
    {
    case NUMSYS_UP:
      rule->away = all | all << 8;
      break;
    case NUMSYS_DOWN:
      rule->away = (all | all << 8) << 16;
      break;
    case NUMSYS_ZERO:
      rule->away = 0;
      break;
    case NUMSYS_ODD:
      rule->away = above_rungs (all, 0);
      break;
    case NUMSYS_NEAREST_AWAY:
      rule->away = above_rungs (from (middle), from (middle));
      break;
    default:
      rule->away = above_rungs (from (middle + 1), from (middle));
    }
}
