/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The constants of kernels for an LNS.  Those called bits are those of a
   magnitude as float32; magnitudes in order have bits in order.  */

#ifndef NUMSYS_KERNELS_LNS_PLANS_H
#define NUMSYS_KERNELS_LNS_PLANS_H

#include "numsys/kernels/plans.h"

/* To nearest.  Thresholds within an octave are mantissas, of 23 bits; number i
   of them reached, a value is bits value[i] above those of its octave's power
   of two.  */
typedef struct numsys_lns_nearest
{
  unsigned index_bits;          /* top mantissa bits that choose a bin */
  const uint32_t *first;        /* of each bin: thresholds below it */
  const uint32_t *threshold;    /* ascending, a last one above all mantissas */
  const int32_t *value;         /* one more than thresholds; one beyond may be
                                   read */
  const uint32_t *packed;       /* of each bin: (first << 23) + 2^23 less its
                                   threshold, so that adding a mantissa gives
                                   the count of thresholds above bit 23; NULL
                                   when the count does not fit */
  uint32_t smallest, largest;   /* bits of values */
  uint32_t small;               /* bits: from here on, the smallest value */
  uint32_t zero;                /* bits: from here on, not zero: 0 where there
                                   is none, 1, or small */
  uint32_t over;                /* bits: from here on, over; not above those
                                   of infinity */
} numsys_lns_nearest;

/* Any rounding on an LNS grid anchored at 1, of which what lies under the
   smallest value is raised to it, or by a rounding to nearest to codes maybe
   flushed.  k is an exponent: that of the value
   2^(k / gamma).  */
typedef struct numsys_lns_rounding
{
  numsys_choice choice;
  int is_nearest;         /* to nearest in logarithms: choice is not read */
  int is_log;             /* the place between neighbours is that of
                             logarithms */
  int32_t gamma;
  unsigned index_bits;    /* as numsys_lns_nearest's ... */
  const uint32_t *first, *threshold;
  const int32_t *value;
  const uint32_t *packed;
  unsigned floor_bits;    /* ... and so packed, values but the first being the
                             thresholds; NULL as there */
  const uint32_t *floor_packed;
  int32_t least, most;    /* k */
  uint32_t smallest, largest;   /* bits: their values; smallest is at least
                                   those of 2^-125 */
  int32_t parity;         /* what k is to be added to for the step's */
  int has_zero;
  uint32_t offset;        /* codes: k + offset, a bit of the sign above ... */
  uint32_t sign_code;     /* ... and zero */
  uint32_t zero_code;
  int flushes;            /* codes: what is small becomes zero */
} numsys_lns_rounding;

/* Codes of an LNS to values that are normal floats.  A code is a step with the
   sign above; that of k is k + offset, value as above for slots 0 to gamma - 1
   of an octave.  */
typedef struct numsys_lns_codes
{
  int32_t gamma;
  const int32_t *value;
  int32_t offset;         /* within 2^30 */
  int32_t first;          /* steps below are zero, */
  uint32_t flag;          /* as is what has this bit, or 0 */
  uint32_t sign;          /* bit, at most 2^23 */
} numsys_lns_codes;

/* How the fraction f of a step is decided: to nearest, or by choice, whose
   place is f itself or the sum of growth[j] f^(j + 1), within 2^-22. */
enum { NUMSYS_GROWTH_TERMS = 6 };

typedef struct numsys_lns_fraction
{
  int is_nearest;         /* ties to even ... */
  int ties_away;          /* ... or up */
  numsys_choice choice;   /* when not nearest */
  int is_linear;          /* the place is that of values: growth */
  double growth[NUMSYS_GROWTH_TERMS];
} numsys_lns_fraction;

/* Moves on an LNS grid: normal values are looked up as above, each of them a
   threshold reached or more, and moved by steps[i].  k, a stored exponent less
   an offset, is that of 2^(k / gamma).  */
typedef struct numsys_lns_moves
{
  numsys_lns_fraction fraction;
  unsigned index_bits;
  const uint32_t *first, *threshold;
  const int32_t *value;
  int32_t gamma;
  int32_t parity;         /* of the offset: ties go to even stored exponents */
  int32_t least, most;    /* k, held to these; within 2^29 */
  uint32_t smallest, largest;   /* bits of their values, normal floats */
} numsys_lns_moves;

/* The same of codes: stored exponents e below a sign bit. */
typedef struct numsys_lns_steps
{
  numsys_lns_fraction fraction;
  uint32_t sign;          /* bit, at most 2^28 */
  int32_t least, most;    /* e of values, held to these */
  uint32_t zero;          /* what codes of less than least, or with a bit above
                             the sign's, become */
} numsys_lns_steps;

/* Codes of an LNS to the nearest values of one whose octave has 2^octave_bits
   of them, at most 16: stored exponents e from first to top, below a sign bit
   of at most 2^28, others being zero.  e + offset is k / 2^shift of its steps;
   half-way over slot i, the step above is nearer if bit i of ties is set.  */
typedef struct numsys_lns_coarsening
{
  uint32_t sign;
  int32_t first, top;
  int32_t offset;
  unsigned shift;
  int32_t below_half;     /* 2^(shift - 1) - 1, or 0 */
  uint32_t ties;
  unsigned octave_bits;
  const int32_t *value;   /* as numsys_lns_nearest's */
  int32_t least, most;    /* steps, held to these */
} numsys_lns_coarsening;

/* What becomes of a number under the smallest value. */
typedef enum numsys_under
{
  NUMSYS_UNDER_RAISED,    /* that value, */
  NUMSYS_UNDER_FLUSHED,   /* or, where not rounded to it, zero; */
  NUMSYS_UNDER_ELSEWHERE  /* the number is not for here */
} numsys_under;

/* Sums of codes of an LNS, nothing being drawn: stored exponents e below a sign
   bit.  Of x and y, |x| >= |y|, min (d, reach) steps apart, table[2 d] tells
   where the sum lies, table[2 d + 1] the difference: 8 times the steps from x
   to the value at or under it, and which of 8 parts of a step it is in;
   INT32_MIN where equals cancel.  The result goes to the next value if bit
   16 negative + 8 odd + part of `away' is set, odd being that of the value's
   e.  */
typedef struct numsys_lns_sums
{
  const int32_t *table;
  int32_t reach;
  uint32_t away;
  uint32_t sign;        /* bit, at most 2^27 */
  uint32_t turn;        /* the sign bit if second operands change sign, or 0 */
  uint32_t flag;        /* bit of codes that are zero, or 0 */
  int32_t least, most;  /* e of values; what has less is zero */
  int has_zero;
  uint32_t zero;        /* its code */
  numsys_under under;   /* counted as small unless rounded to the smallest */
} numsys_lns_sums;

#endif
