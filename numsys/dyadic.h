/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grids of fixed and floating point on the float path: multiples of powers of
   two, at a scale that is a power of two or a real number.  Not installed.

   Fixed point is floating point that never leaves its first binade: step k is
   k units.  */

#ifndef NUMSYS_DYADIC_H
#define NUMSYS_DYADIC_H

#include "numsys/float_path.h"

/* What does not depend on scale or rounding. */
typedef struct numsys_dyadic
{
  int significand;    /* bits under the leading one; 62: fixed point */
  int64_t unit;       /* the smallest spacing is 2^unit */
  int64_t first;      /* as numsys_grid's, as all that follows */
  int64_t top[2];
  int has_signed_zero;
  int has_infinity;
  numsys_beyond beyond;
  int wrap_bits;
  unsigned width;     /* of a code that is twos complement, or below the sign */
  int is_complement;
  uint32_t infinity;  /* what codes these, below a sign; NaN is zero where it */
  uint32_t nan;       /* has no code */
} numsys_dyadic;

typedef struct numsys_dyadic_grid
{
  numsys_grid grid;
  int significand;
  int64_t unit;
  double top, largest;   /* real scale: the largest value in units, and its
                            float32; largest is 0 at power of two scales */
} numsys_dyadic_grid;

/* Scales at which every value is a float32, in steps of 2; none if least >
   most. */
typedef struct numsys_range
{
  int64_t least, most;
} numsys_range;

numsys_range numsys_dyadic_range (const numsys_dyadic *dyadic);

/* Real scales: bounds of `largest'; none if least > most. */
void numsys_dyadic_real_range (const numsys_dyadic *dyadic, float *least,
                               float *most);

void numsys_dyadic_grid_of (const numsys_dyadic *dyadic, numsys_scale scale,
                            numsys_rounding rounding, unsigned random_bits,
                            numsys_dyadic_grid *grid);

/* 2^exponent, which is a float32. */
float numsys_dyadic_power (int64_t exponent);

/* The value of a step, above the range of float32 too. */
double numsys_dyadic_value (const numsys_dyadic_grid *grid, int64_t step);

/* The code of a rounded number; NaN has no sign. */
uint32_t numsys_dyadic_code (const numsys_dyadic *dyadic,
                             numsys_rounded rounded);

/* How scales follow from largest magnitudes, for one rounding. */
typedef struct numsys_dyadic_scaling
{
  numsys_range range;
  int64_t top_exponent;   /* that of the largest value at scale 0 */
  uint32_t over;          /* of 2^e (1 + f / 2^23), those with f from here on
                             exceed a largest value of exponent e, once
                             rounded */
} numsys_dyadic_scaling;

void numsys_dyadic_scaling_of (const numsys_dyadic *dyadic,
                               numsys_rounding rounding,
                               numsys_dyadic_scaling *scaling);

/* As numsys_float_path's slot. */
numsys_scale numsys_dyadic_scale (const numsys_dyadic *dyadic,
                                  const numsys_dyadic_scaling *scaling,
                                  float largest, numsys_scale_step step);

#endif
