/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roundings as kernels take them.  A place above a threshold goes away: with
   ties to even, a threshold of a half is one unit lower if the step below is
   odd.  */

#include <config.h>
#include "numsys/choice.h"

#define NEVER UINT32_MAX
#define HALF UINT32_C (0x80000000)

static numsys_choice
drawn (unsigned random_bits)
{
  const uint32_t unit = UINT32_C (1) << (32 - random_bits);

  return (numsys_choice) { .mask = -unit, .base = { unit / 2, unit / 2 } };
}

numsys_choice
numsys_choice_of (numsys_rounding rounding, unsigned random_bits)
{
  switch (rounding)
    {
    case NUMSYS_NEAREST_AWAY:
      return (numsys_choice) { .base = { HALF - 1, HALF - 1 } };
    case NUMSYS_UP:
      return (numsys_choice) { .base = { 0, NEVER } };
    case NUMSYS_DOWN:
      return (numsys_choice) { .base = { NEVER, 0 } };
    case NUMSYS_ZERO:
      return (numsys_choice) { .base = { NEVER, NEVER } };
    case NUMSYS_ODD:
      return (numsys_choice) { .base = { 0, 0 }, .flips = 1 };
    case NUMSYS_STOCHASTIC:
    case NUMSYS_STOCHASTIC_LOG:
      return drawn (random_bits);
    default:
      return (numsys_choice) { .base = { HALF, HALF }, .flips = 1 };
    }
}
