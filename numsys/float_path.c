/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What roundings, ranges and counts do on the float path, one number at a
   time.  This defines the bits; kernels may only be faster.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "numsys/float_path.h"

int
numsys_rounding_is_stochastic (numsys_rounding rounding)
{
  return rounding == NUMSYS_STOCHASTIC || rounding == NUMSYS_STOCHASTIC_LOG;
}

double
numsys_scaled (double x, int64_t exponent)
{
  uint64_t bits = (uint64_t) (exponent + 1023) << 52;
  double power;

  memcpy (&power, &bits, sizeof power);
  return x * power;
}

uint32_t
numsys_take_apart (float x, int64_t *exponent)
{
  uint32_t bits, c;
  int shift;

  memcpy (&bits, &x, sizeof bits);
  c = bits & UINT32_C (0x7fffff);
  *exponent = (int64_t) (bits >> 23) - 150;
  if (bits >> 23 != 0)
    return c | UINT32_C (0x800000);
  shift = __builtin_clz (c) - 8;
  *exponent = -149 - shift;
  return c << shift;
}

/* Exact: p is the double nearest to the left side of left < right, so that
   p < right or p > right decides, and if p == right the sign of p's own error
   does.  Scaling by powers of two is exact, differences of float32 numbers
   being far above the smallest double.  */
int
numsys_draw_linear (double lo, double hi, double x, unsigned random_bits,
                    uint32_t word)
{
  double odd = 2.0 * (word >> (32 - random_bits)) + 1;
  double right = (x - lo) * 0x1p33;
  double gap = (hi - lo) * (double) (UINT64_C (1) << (32 - random_bits));
  double p = odd * gap;

  if (p != right)
    return p < right;
  return fma (odd, gap, -p) < 0;
}

/* Whether a magnitude that is no hit goes to the step above. */
static int
goes_away (const numsys_grid *grid, int negative, const numsys_spot *spot,
           int leaves)
{
  int is_odd = (int) (spot->below & 1);

  switch (grid->rounding)
    {
    case NUMSYS_UP:
      return !negative;
    case NUMSYS_DOWN:
      return negative;
    case NUMSYS_ZERO:
      return 0;
    case NUMSYS_ODD:
      return !is_odd;
    case NUMSYS_STOCHASTIC:
    case NUMSYS_STOCHASTIC_LOG:
      return leaves;
    default:
      if (spot->side != 0)
        return spot->side > 0;
      return grid->rounding == NUMSYS_NEAREST_AWAY || is_odd;
    }
}

/* IEEE 754: to the largest number only where the rounding points towards zero
   from above it.  The largest code being odd, rounding to odd does so too. */
static int
stays_finite (numsys_rounding rounding, int negative)
{
  return rounding == NUMSYS_ZERO || rounding == NUMSYS_ODD
         || rounding == (negative ? NUMSYS_UP : NUMSYS_DOWN);
}

static void
wrap (const numsys_grid *grid, numsys_rounded *rounded)
{
  uint64_t period = UINT64_C (1) << grid->wrap_bits;
  uint64_t code = (uint64_t) rounded->step;

  if (rounded->negative)
    code = -code;
  code &= period - 1;
  rounded->negative = code > (uint64_t) grid->top[0];
  rounded->step = (int64_t) (rounded->negative ? period - code : code);
}

/* rounded lies above the largest value, or is infinite. */
static void
overflow (const numsys_grid *grid, numsys_rounded *rounded,
          numsys_events *events)
{
  int is_infinite = rounded->class == NUMSYS_INFINITE;

  events->overflow++;
  if (grid->beyond == NUMSYS_BEYOND_WRAP && !is_infinite)
    wrap (grid, rounded);
  else if (grid->beyond == NUMSYS_BEYOND_SPECIAL
           && (is_infinite
               || !stays_finite (grid->rounding, rounded->negative)))
    {
      rounded->class = grid->has_infinity ? NUMSYS_INFINITE : NUMSYS_NAN;
      events->nan += !grid->has_infinity;
    }
  else
    {
      rounded->class = NUMSYS_FINITE;
      rounded->step = grid->top[rounded->negative];
      events->saturated++;
    }
}

/* Zero, or a nonzero number that came to nothing. */
static numsys_rounded
nothing (const numsys_grid *grid, int negative, numsys_events *events)
{
  numsys_rounded zero = { NUMSYS_FINITE, negative, grid->first - 1 };

  if (grid->lacks_zero)
    {
      zero.step = grid->first;
      events->raised++;
    }
  return zero;
}

numsys_rounded
numsys_grid_settle (const numsys_grid *grid, int negative,
                    const numsys_spot *spot, int leaves,
                    numsys_events *events)
{
  numsys_rounded rounded = { NUMSYS_FINITE, negative, spot->below };
  int is_under = spot->below < grid->first;
  int away = !spot->hit && goes_away (grid, negative, spot, leaves);

  if (is_under && grid->clamps)
    {
      events->raised += spot->below < grid->first - 1 || !away;
      rounded.step = grid->first;
    }
  else if (away)
    rounded.step = is_under ? grid->first : spot->below + 1;
  if (rounded.step < grid->first)
    {
      events->flushed++;
      return nothing (grid, negative, events);
    }
  if (rounded.step > grid->top[negative])
    overflow (grid, &rounded, events);
  return rounded;
}

numsys_rounded
numsys_grid_round (const numsys_grid *grid, float x, uint32_t word,
                   numsys_events *events)
{
  numsys_events ignored = { 0 };
  numsys_rounded rounded = { NUMSYS_FINITE, signbit (x) != 0, 0 };
  numsys_spot spot;
  int leaves;

  if (events == NULL)
    events = &ignored;
  if (isnan (x))
    {
      rounded.class = NUMSYS_NAN;
      events->nan++;
      return rounded;
    }
  if (isinf (x))
    {
      rounded.class = NUMSYS_INFINITE;
      if (!grid->has_infinity)
        overflow (grid, &rounded, events);
      return rounded;
    }
  if (x == 0)
    return nothing (grid, rounded.negative, events);
  grid->locate (grid, fabsf (x), &spot);
  leaves = !spot.hit && numsys_rounding_is_stochastic (grid->rounding)
           && grid->leaves (grid, fabsf (x), &spot, word);
  return numsys_grid_settle (grid, rounded.negative, &spot, leaves, events);
}

float
numsys_grid_float (const numsys_grid *grid, numsys_rounded rounded)
{
  float magnitude = 0;

  if (rounded.class == NUMSYS_NAN)
    return NAN;
  if (rounded.class == NUMSYS_INFINITE)
    magnitude = INFINITY;
  else if (rounded.step >= grid->first)
    magnitude = grid->value (grid, rounded.step);
  else if (!grid->has_signed_zero)
    return 0;
  return rounded.negative ? -magnitude : magnitude;
}

void
numsys_grid_quantize (const numsys_grid *grid, size_t n, const float x[],
                      const uint32_t random[], float out[],
                      numsys_events *events)
{
  for (size_t i = 0; i < n; i++)
    {
      uint32_t word = random == NULL ? 0 : random[i];

      out[i] = numsys_grid_float (grid,
                                  numsys_grid_round (grid, x[i], word,
                                                     events));
    }
}

int64_t
numsys_grid_above (const numsys_grid *grid, float largest)
{
  numsys_spot spot;

  grid->locate (grid, largest, &spot);
  switch (grid->rounding)
    {
    case NUMSYS_NEAREST:
    case NUMSYS_NEAREST_AWAY:
    case NUMSYS_NEAREST_LINEAR:
      return spot.below + (!spot.hit && goes_away (grid, 0, &spot, 0));
    default:
      return spot.below + !spot.hit;
    }
}

int
numsys_grid_overflows (const numsys_grid *grid, float largest)
{
  return numsys_grid_above (grid, largest) > grid->top[0];
}
