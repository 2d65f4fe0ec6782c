/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The constants of kernels for floating and fixed point.  Those called bits are
   those of a magnitude as float32; magnitudes in order have bits in order.  */

#ifndef NUMSYS_KERNELS_DYADIC_PLANS_H
#define NUMSYS_KERNELS_DYADIC_PLANS_H

#include "numsys/kernels/plans.h"

/* Any rounding on a grid of floating or fixed point whose spacing is fixed up
   to a power of two and follows the exponent from there: a float of 32 bits is
   c 2^(e - 150), and `drop' bits of c are dropped from e = floor on, more below.
   Codes are the magnitude's step with the sign above `width' bits, or twos
   complement of so many.  */
typedef struct numsys_dyadic_rounding
{
  numsys_choice choice;
  unsigned drop;          /* 0..22 */
  int32_t floor;          /* at least 1 */
  int32_t code_floor;     /* the same, maybe less: codes count from there; if
                             less, subnormal floats are not for here */
  uint32_t largest[2];    /* bits, by sign */
  uint32_t beyond[2];     /* what is over becomes, by sign: bits, the sign's
                             too, ... */
  uint32_t beyond_code[2];        /* ... and codes */
  int wraps;              /* what is over is not for here */
  int has_signed_zero;
  unsigned width;
  int is_complement;
} numsys_dyadic_rounding;

/* Codes of floating or fixed point to values that are floats, at a scale that
   is a power of two: a step with the sign above `width' bits, or twos complement
   of so many.  */
typedef struct numsys_dyadic_codes
{
  unsigned width;
  int is_complement;
  unsigned kept;          /* significand bits under the leading one, 1..23, of
                             what is no complement */
  int32_t unit;           /* exponent of the smallest spacing */
  uint32_t first;         /* steps below are zero */
  uint32_t top;           /* the largest step, */
  int has_infinity;       /* above which is infinity, if so, and NaN; or of
                             complements negative numbers */
} numsys_dyadic_codes;

/* Floating point, ties to even. */
typedef struct numsys_float_nearest
{
  unsigned drop;        /* mantissa bits cut off, 0..23 */
  uint32_t normal;      /* bits: from here on, spacing follows the exponent */
  float shifter;        /* 3/2 2^23 spacings below `normal': adding it rounds */
  uint32_t smallest;    /* bits of the smallest value */
  uint32_t small;       /* bits: from here on, not zero */
  uint32_t over;        /* bits: from here on, over */
  uint32_t beyond;      /* bits of what is over, NaN or infinity may be */
  uint32_t infinite;    /* bits of what becomes of infinity */
  uint32_t subnormals;  /* bits less 1 below this are not for here: those of
                           subnormal numbers where the spacing follows the
                           exponent even there, else 0; no other number is
                           then small */
} numsys_float_nearest;

/* Fixed point: integers least..most times unit, ties to even. */
typedef struct numsys_fixed_nearest
{
  float unit, inverse;  /* powers of two */
  float least, most;
} numsys_fixed_nearest;

#endif
