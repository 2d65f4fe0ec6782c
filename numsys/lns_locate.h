/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a sum of many values of an LNS lies among them.  Not installed.  */

#ifndef NUMSYS_LNS_LOCATE_H
#define NUMSYS_LNS_LOCATE_H

#include "numsys/lns_sum.h"
#include "numsys/side.h"

/* Writes the terms of a sum, at most as many as there is room for.  */
typedef void numsys_lns_listing (const void *data, numsys_lns_list *list);

/* A sum: an enclosure of it, and who can list its terms, `most' at most,
   should that not do. */
typedef struct numsys_lns_total
{
  const numsys_roots *roots;
  numsys_lns_enclosure enclosure;
  numsys_lns_listing *list;
  const void *data;
  uint64_t most;
} numsys_lns_total;

typedef enum numsys_lns_found
{
  NUMSYS_LNS_OPEN,      /* nothing is known */
  NUMSYS_LNS_NOTHING,   /* the sum is zero */
  NUMSYS_LNS_PLACE
} numsys_lns_found;

/* Between the values of step and step + 1, at the side as a rounding needs it:
   of two middles only its own is told, and for roundings that have none only
   NUMSYS_SIDE_HIT and NUMSYS_SIDE_BELOW.  part, in steps, is within margin of
   the truth; 0 of a hit. */
typedef struct numsys_lns_place
{
  int negative;
  int64_t step;
  numsys_side side;
  double part, margin;
} numsys_lns_place;

/* May reduce the enclosure to what is left of it. */
numsys_lns_found numsys_lns_locate (numsys_lns_total *total,
                                    numsys_rounding rounding,
                                    numsys_lns_place *place);

#endif
