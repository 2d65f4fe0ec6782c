/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grids of multiples of powers of two.  With m significand bits under the
   leading one, the steps k are k units up to 2^(m + 1), and above the spacing
   doubles with each further 2^m steps.

   Power of two scales are integer work.  At a real scale s = L / T, T the
   largest value in units and L its float32, a magnitude x is judged by the
   exact quotient x / s: x T is compared with L k.  Both sides are products of
   two 24-bit numbers, or of one and a 25-bit middle, so that doubles hold
   them exactly.  The value of a step is the float32 nearest to k L / T, here
   rounded to double first.  That is harmless: k L is no more than 48 bits wide
   and so is, or differs by 2^-49 of itself or more from, T times the middle of
   two floats, while the double is within 2^-53.  */

#include <config.h>
#include <math.h>
#include "numsys/dyadic.h"

/* No number of steps comes near this; a multiple of every wrapping period. */
#define STEPS_FAR (INT64_C (1) << 62)

/* A step in units. */
static double
units (int significand, int64_t step)
{
  int64_t binade = significand > 31 ? 0 : (step >> significand) - 1;

  if (binade <= 0)
    return (double) step;
  return numsys_scaled ((double) (step - (binade << significand)), binade);
}

/* The step of floor (c 2^e units), and whether nothing was cut off; far steps
   are right modulo 2^32. */
static int64_t
floor_step (int significand, uint32_t c, int64_t e, int *hit)
{
  int64_t leading = e + 31 - __builtin_clz (c);
  int64_t binade = significand < 32 && leading > significand
                     ? leading - significand : 0;
  int64_t drop = binade - e;

  if (drop <= 0 && -drop >= 38)
    {
      *hit = 1;
      return STEPS_FAR + (-drop < 64 ? (int64_t) ((uint64_t) c << -drop
                                                  & UINT32_MAX) : 0);
    }
  if (drop <= 0)
    {
      *hit = 1;
      return ((int64_t) c << -drop) + (binade << significand);
    }
  *hit = drop < 24 && (c & ((UINT32_C (1) << drop) - 1)) == 0;
  return (drop < 24 ? (int64_t) (c >> drop) : 0)
         + (binade == 0 ? 0 : binade << significand);
}

float
numsys_dyadic_power (int64_t exponent)
{
  return ldexpf (1, (int) exponent);
}

double
numsys_dyadic_value (const numsys_dyadic_grid *grid, int64_t step)
{
  double value = units (grid->significand, step);

  if (grid->largest == 0)
    return numsys_scaled (value, grid->unit);
  value = value * grid->largest / grid->top;
  /* Beyond float32, what a float of any exponent would be. */
  if (value > 0x1p127)
    return 0x1p127 * (float) (value / 0x1p127);
  return (float) value;
}

static float
value (const numsys_grid *grid, int64_t step)
{
  return (float) numsys_dyadic_value ((const numsys_dyadic_grid *) grid, step);
}

static int
sign_of (double x)
{
  return (x > 0) - (x < 0);
}

/* lo, hi and side, below and hit being known.  Below the first step lies
   zero. */
static void
complete (const numsys_dyadic_grid *grid, float magnitude, numsys_spot *spot)
{
  int64_t above = spot->below + 1;
  double middle;

  if (spot->below < grid->grid.first)
    {
      spot->below = 0;
      spot->hit = 0;
      above = grid->grid.first;
    }
  if (spot->hit)
    return;
  spot->lo = numsys_dyadic_value (grid, spot->below);
  spot->hi = numsys_dyadic_value (grid, above);
  if (grid->largest == 0)
    spot->side = sign_of (2.0 * magnitude - (spot->lo + spot->hi));
  else
    {
      middle = units (grid->significand, spot->below)
               + units (grid->significand, above);
      spot->side = sign_of (2.0 * magnitude * grid->top
                            - middle * grid->largest);
    }
}

static void
locate (const numsys_grid *base, float magnitude, numsys_spot *spot)
{
  const numsys_dyadic_grid *grid = (const numsys_dyadic_grid *) base;
  int64_t e;
  uint32_t c = numsys_take_apart (magnitude, &e);

  spot->below = floor_step (grid->significand, c, e - grid->unit, &spot->hit);
  complete (grid, magnitude, spot);
}

/* Whether a step does not exceed a magnitude, at a real scale; exact up to
   2^29 steps, beyond which no system has values. */
static int
reaches (const numsys_dyadic_grid *grid, float magnitude, int64_t step)
{
  return units (grid->significand, step) * grid->largest
         <= magnitude * grid->top;
}

static void
locate_real (const numsys_grid *base, float magnitude, numsys_spot *spot)
{
  const numsys_dyadic_grid *grid = (const numsys_dyadic_grid *) base;
  int e;
  double quotient = frexp (magnitude * grid->top / grid->largest, &e);
  uint32_t c = (uint32_t) ldexp (quotient, 24);
  int64_t below = floor_step (grid->significand, c, e - 24, &spot->hit);

  if (below < STEPS_FAR)
    {
      while (!reaches (grid, magnitude, below))
        below--;
      while (reaches (grid, magnitude, below + 1))
        below++;
      spot->hit = numsys_dyadic_value (grid, below) == magnitude;
      if (!spot->hit && numsys_dyadic_value (grid, below + 1) == magnitude)
        {
          below++;
          spot->hit = 1;
        }
    }
  spot->below = below;
  complete (grid, magnitude, spot);
}

static int
leaves (const numsys_grid *grid, float magnitude, const numsys_spot *spot,
        uint32_t word)
{
  return numsys_draw_linear (spot->lo, spot->hi, magnitude, grid->random_bits,
                             word);
}

void
numsys_dyadic_grid_of (const numsys_dyadic *dyadic, numsys_scale scale,
                       numsys_rounding rounding, unsigned random_bits,
                       numsys_dyadic_grid *grid)
{
  int is_real = scale.largest != 0;

  *grid = (numsys_dyadic_grid) {
    .grid = {
      .rounding = rounding,
      .random_bits = random_bits,
      .first = dyadic->first,
      .top = { dyadic->top[0], dyadic->top[1] },
      .has_signed_zero = dyadic->has_signed_zero,
      .has_infinity = dyadic->has_infinity,
      .beyond = dyadic->beyond,
      .wrap_bits = dyadic->wrap_bits,
      .locate = is_real ? locate_real : locate,
      .leaves = leaves,
      .value = value,
    },
    .significand = dyadic->significand,
    .unit = dyadic->unit + scale.steps,
    .top = units (dyadic->significand, dyadic->top[0]),
    .largest = scale.largest,
  };
}

/* The unit is no less than the smallest float32; with no subnormals, that
   holds for the spacing above the first step, which is the same.  */
numsys_range
numsys_dyadic_range (const numsys_dyadic *dyadic)
{
  int64_t most = dyadic->top[0] > dyadic->top[1] ? dyadic->top[0]
                                                 : dyadic->top[1];
  int exponent;

  frexp (units (dyadic->significand, most), &exponent);
  return (numsys_range) { -149 - dyadic->unit,
                          128 - exponent - dyadic->unit };
}

/* Spacings of at least 2^-148 keep values that are subnormal float32 numbers
   apart; elsewhere they are apart by more than one of float32's own spacings,
   as at most 23 bits of significand are allowed.  */
void
numsys_dyadic_real_range (const numsys_dyadic *dyadic, float *least,
                          float *most)
{
  double top = units (dyadic->significand, dyadic->top[0]);
  double other = units (dyadic->significand, dyadic->top[1]);
  double bound = top * 0x1p-148;

  *least = bound < 0x1p127 ? (float) bound : INFINITY;
  if (*least < bound)
    *least = nextafterf (*least, INFINITY);
  *most = other > top ? 0x1p127f : 0x1.fffffep+127f;
}

uint32_t
numsys_dyadic_code (const numsys_dyadic *dyadic, numsys_rounded rounded)
{
  const uint32_t step
    = rounded.step < dyadic->first ? 0 : (uint32_t) rounded.step;
  const uint32_t sign
    = rounded.negative ? UINT32_C (1) << (dyadic->width & 31) : 0;

  if (rounded.class == NUMSYS_NAN)
    return dyadic->nan;
  if (dyadic->is_complement)
    return (rounded.negative ? -step : step)
           & (UINT32_MAX >> (32 - dyadic->width));
  return sign | (rounded.class == NUMSYS_INFINITE ? dyadic->infinity : step);
}

static numsys_scale
real_scale (const numsys_dyadic *dyadic, float largest)
{
  numsys_scale scale = { 0, largest };
  float least, most;

  numsys_dyadic_real_range (dyadic, &least, &most);
  if (scale.largest < least)
    scale.largest = least;
  else if (scale.largest > most)
    scale.largest = most;
  return scale;
}

/* Of x > 0, the greatest e with 2^e <= x. */
static int
exponent_of (double x)
{
  int e;

  frexp (x, &e);
  return e - 1;
}

/* Whether (1 + fraction / 2^23) times the power of two that the top has at this
   scale overflows. */
static int
overflows (const numsys_dyadic *dyadic, numsys_rounding rounding,
           int top_exponent, uint32_t fraction)
{
  const numsys_scale scale = { -(int64_t) top_exponent - dyadic->unit, 0 };
  numsys_dyadic_grid grid;

  numsys_dyadic_grid_of (dyadic, scale, rounding, 32, &grid);
  return numsys_grid_overflows (&grid.grid,
                                1 + (float) fraction * 0x1p-23f);
}

void
numsys_dyadic_scaling_of (const numsys_dyadic *dyadic,
                          numsys_rounding rounding,
                          numsys_dyadic_scaling *scaling)
{
  const int top = exponent_of (units (dyadic->significand, dyadic->top[0]));
  uint32_t over = 0;

  for (uint32_t bit = UINT32_C (1) << 23; bit > 0; bit >>= 1)
    if (over + bit <= UINT32_C (1) << 23
        && !overflows (dyadic, rounding, top, over + bit - 1))
      over += bit;
  *scaling = (numsys_dyadic_scaling) {
    .range = numsys_dyadic_range (dyadic),
    .top_exponent = top + dyadic->unit,
    .over = over,
  };
}

/* The least scale at which `largest' does not overflow.  One that gives the top
   the exponent of largest is that or one less: a smaller one puts the top below
   a power of two that largest is not below. */
static int64_t
least_scale (const numsys_dyadic_scaling *scaling, float largest)
{
  int64_t exponent;
  const uint32_t c = numsys_take_apart (largest, &exponent);

  return exponent + 23 - scaling->top_exponent
         + ((c & UINT32_C (0x7fffff)) >= scaling->over);
}

numsys_scale
numsys_dyadic_scale (const numsys_dyadic *dyadic,
                     const numsys_dyadic_scaling *scaling, float largest,
                     numsys_scale_step step)
{
  const numsys_range range = scaling->range;
  numsys_scale scale = { range.least, 0 };

  if (!(largest > 0 && isfinite (largest)))
    {
      if (range.least < 0)
        scale.steps = range.most < 0 ? range.most : 0;
      return scale;
    }
  if (step == NUMSYS_STEP_REAL)
    return real_scale (dyadic, largest);
  scale.steps = least_scale (scaling, largest);
  if (scale.steps < range.least)
    scale.steps = range.least;
  if (scale.steps > range.most)
    scale.steps = range.most;
  return scale;
}
