/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an exact number lies against a rung and the next, and what a rounding
   makes of that: the integer arithmetic of all families rounds by it.  Not
   installed.  */

#ifndef NUMSYS_SIDE_H
#define NUMSYS_SIDE_H

#include <stdint.h>
#include "numsys/type.h"

/* In the order of magnitudes: of two neighbours' middles that of the logarithm
   lies below that of the values (geometric and arithmetic mean).  Ladders that
   are not logarithmic have the latter only, and SIDE_INNER is of none.  */
typedef enum numsys_side
{
  NUMSYS_SIDE_HIT,          /* the lower rung itself */
  NUMSYS_SIDE_BELOW,
  NUMSYS_SIDE_LOG_MIDDLE,
  NUMSYS_SIDE_INNER,        /* between the middles */
  NUMSYS_SIDE_MIDDLE,
  NUMSYS_SIDE_ABOVE
} numsys_side;

/* A rung, as the integer step, and a side in one integer: 8 step + side, so
   that adding 8 n moves by n rungs.  */
#define NUMSYS_STEP_SIDE(step, side) ((step) * 8 + (int64_t) (side))

/* One rounding other than a stochastic one: of numbers of either sign above
   even and odd rungs, the sides from which it goes to the next rung.  */
typedef struct numsys_rule
{
  uint32_t away;   /* bit 16 negative + 8 odd + side */
} numsys_rule;

/* Whether it goes to the next rung, 0 or 1; negative and odd are 0 or 1. */
static inline unsigned
numsys_rule_away (numsys_rule rule, int negative, unsigned odd,
                  numsys_side side)
{
  return rule.away >> (16 * (unsigned) negative + 8 * odd + side) & 1;
}

void numsys_rule_init (numsys_rule *rule, numsys_rounding rounding,
                       int is_logarithmic);

#endif
