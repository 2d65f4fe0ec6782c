/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One way to round float32 numbers to any grid.  A family says where a
   magnitude lies on its grid; what a rounding makes of that, what the range
   makes of the result, and what is counted, is the same for all.  Not
   installed.

   The values of a grid are numbered by steps, upwards without gap above the
   first: of fixed point, |k|; of floating point, the exponent and significand
   fields of a code as one integer; of an LNS, the stored exponent.  Steps go on
   beyond the largest value as if the range were unbounded: rounding comes
   first, range after.  Steps below the first stand for zero.  */

#ifndef NUMSYS_FLOAT_PATH_H
#define NUMSYS_FLOAT_PATH_H

#include "numsys/type.h"

/* Where a magnitude lies. */
typedef struct numsys_spot
{
  int64_t below;   /* greatest step whose value does not exceed it */
  int hit;         /* whether it is that value */
  int side;        /* if not: against the middle that the rounding to nearest
                      takes; -1, 0 (a tie) or 1 */
  double lo, hi;   /* values of steps below and below + 1, lo 0 for zero */
} numsys_spot;

typedef enum numsys_beyond
{
  NUMSYS_BEYOND_SATURATE,   /* the largest value */
  NUMSYS_BEYOND_WRAP,       /* modulo 2^bits; infinity saturates */
  NUMSYS_BEYOND_SPECIAL     /* infinity, or NaN where there is none, unless
                               the rounding points towards zero */
} numsys_beyond;

typedef struct numsys_grid numsys_grid;

/* One system at one scale under one rounding.  First member of each family's
   grid. */
struct numsys_grid
{
  numsys_rounding rounding;
  unsigned random_bits;
  int64_t first;         /* the smallest magnitude */
  int64_t top[2];        /* the largest, by sign; below first: none */
  int clamps;            /* nonzero below the smallest is raised to it */
  int lacks_zero;
  int has_signed_zero;
  int has_infinity;
  numsys_beyond beyond;
  int wrap_bits;

  /* Finds a finite, nonzero magnitude. */
  void (*locate) (const numsys_grid *grid, float magnitude, numsys_spot *spot);

  /* Whether a stochastic rounding moves a magnitude that is no hit away from
     its lower neighbour; word is 32 random bits. */
  int (*leaves) (const numsys_grid *grid, float magnitude,
                 const numsys_spot *spot, uint32_t word);

  /* The value of a step from first to top. */
  float (*value) (const numsys_grid *grid, int64_t step);
};

/* What became of a number. */
typedef struct numsys_rounded
{
  numsys_class class;
  int negative;
  int64_t step;    /* below first: zero */
} numsys_rounded;

/* Counts if events is not NULL. */
numsys_rounded numsys_grid_round (const numsys_grid *grid, float x,
                                  uint32_t word, numsys_events *events);

/* The same for a magnitude found already; leaves is read by stochastic
   roundings only. */
numsys_rounded numsys_grid_settle (const numsys_grid *grid, int negative,
                                   const numsys_spot *spot, int leaves,
                                   numsys_events *events);

/* Finite results, and infinities and NaN. */
float numsys_grid_float (const numsys_grid *grid, numsys_rounded rounded);

/* Rounds x[0..n) to out[0..n); random as in numsys_float_path. */
void numsys_grid_quantize (const numsys_grid *grid, size_t n, const float x[],
                           const uint32_t random[], float out[],
                           numsys_events *events);

/* The step that largest is rounded to as a scale wants it, and whether that
   lies above the largest positive value. */
int64_t numsys_grid_above (const numsys_grid *grid, float largest);
int numsys_grid_overflows (const numsys_grid *grid, float largest);

/* Whether (2 u + 1) / 2^(R + 1) < (x - lo) / (hi - lo), u the top R bits of
   word; lo <= x <= hi, the differences exact. */
int numsys_draw_linear (double lo, double hi, double x, unsigned random_bits,
                        uint32_t word);

int numsys_rounding_is_stochastic (numsys_rounding rounding);

/* x 2^exponent, exact; |exponent| <= 1000. */
double numsys_scaled (double x, int64_t exponent);

/* x = c 2^exponent, c an integer of 24 bits, the highest set; x is positive
   and finite. */
uint32_t numsys_take_apart (float x, int64_t *exponent);

#endif
