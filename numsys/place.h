/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an exact number to a place on a ladder, and on to a code.  Not
   installed.  */

#ifndef NUMSYS_PLACE_H
#define NUMSYS_PLACE_H

#include "numsys/exact.h"
#include "numsys/type.h"

typedef enum numsys_form
{
  NUMSYS_FORM_SUM,        /* a */
  NUMSYS_FORM_QUOTIENT,   /* a / b */
  NUMSYS_FORM_ROOT        /* sqrt a */
} numsys_form;

/* A positive number, a > 0 and b > 0. */
typedef struct numsys_exact
{
  numsys_form form;
  numsys_sum a, b;
  numsys_sum threshold;   /* scratch: what the number is compared with, */
  numsys_sum difference;  /* and the difference whose sign tells */
} numsys_exact;

void numsys_exact_init (numsys_exact *x);
void numsys_exact_clear (numsys_exact *x);

/* The sign of x - x->threshold. */
int numsys_exact_compare (numsys_exact *x);

/* x -= threshold, which is less than x; not for roots. */
void numsys_exact_subtract (numsys_exact *x);

numsys_near numsys_exact_near (numsys_exact *x);

/* A ladder and its state. */
typedef struct numsys_target
{
  const numsys_ladder *ladder;
  const void *state;
  int64_t gamma;
} numsys_target;

numsys_target numsys_target_of (const numsys_ladder *ladder,
                                const void *state);

/* The place of x, or of -x if negative, with unbounded range upwards; i is
   the index of the random word.  Counts what was flushed or raised. */
numsys_place numsys_place_of (numsys_exact *x, int negative,
                              const numsys_target *target,
                              const numsys_context *context, uint64_t i,
                              numsys_events *events);

/* min, max, negate and abs: the place of the result, perhaps out of range; b is
   read by min and max only.  */
int numsys_place_has (numsys_operation operation);
numsys_place numsys_place_operate (numsys_operation operation, numsys_place a,
                                   numsys_place b);

/* The code of a place that numsys_place_of gave, or of a zero, an infinity or
   a NaN, once the range is respected.  Counts. */
uint32_t numsys_place_code (numsys_place place, const numsys_target *target,
                            numsys_rounding rounding, numsys_events *events);

#endif
