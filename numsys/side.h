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

/* One rounding other than a stochastic one. */
typedef struct numsys_rule
{
  /* 1: to the next rung; [negative][lower rung is odd][side]. */
  uint8_t away[2][2][8];
} numsys_rule;

void numsys_rule_init (numsys_rule *rule, numsys_rounding rounding,
                       int is_logarithmic);

#endif
