/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The constants with which a kernel rounds to a floating-point grid.  */

#include <config.h>
#include <math.h>
#include "numsys/float_kernel.h"
#include "numsys/kernels/bits.h"

/* Bits of the least float that is not below x, or that is above x. */
static uint32_t
bits_from (double x, int above)
{
  float nearest = (float) x;

  return numsys_bits_of (nearest) + (nearest < x || (above && nearest == x));
}

/* Shifting rounds while magnitudes stay below 2^22 spacings and the shifter is
   a float.  Codes of no significand bits have ties that the bits of a float do
   not tell. */
int
numsys_float_suits_kernel (const numsys_dyadic_grid *grid)
{
  return grid->grid.rounding == NUMSYS_NEAREST && grid->largest == 0
         && grid->significand >= 1 && grid->significand <= 22
         && grid->unit + 24 <= 127;
}

/* Where rounding with unbounded range leaves the top. */
static uint32_t
bits_over (const numsys_dyadic_grid *grid)
{
  int64_t top = grid->grid.top[0];
  uint32_t bits = bits_from ((numsys_dyadic_value (grid, top)
                              + numsys_dyadic_value (grid, top + 1)) / 2,
                             (top & 1) == 0);

  return bits < NUMSYS_INFINITY_BITS ? bits : NUMSYS_INFINITY_BITS;
}

static numsys_float_nearest
constants_of (const numsys_dyadic_grid *grid)
{
  const numsys_grid *base = &grid->grid;
  double first = numsys_dyadic_value (grid, base->first);
  double top = numsys_dyadic_value (grid, base->top[0]);
  numsys_float_nearest nearest = {
    .drop = 23 - (unsigned) grid->significand,
    .normal = numsys_bits_of (
      numsys_dyadic_power (grid->unit + grid->significand)),
    .shifter = 1.5f * numsys_dyadic_power (grid->unit + 23),
    .smallest = numsys_bits_of ((float) first),
    .small = bits_from (first / 2, 1),
    .over = bits_over (grid),
    .beyond = numsys_bits_of ((float) top),
  };

  if (nearest.normal < NUMSYS_LEAST_NORMAL_BITS)
    nearest.normal = NUMSYS_LEAST_NORMAL_BITS;
  if (grid->unit + grid->significand < -126)
    nearest.subnormals = NUMSYS_LEAST_NORMAL_BITS - 1;
  if (base->beyond == NUMSYS_BEYOND_SPECIAL)
    nearest.beyond
      = base->has_infinity ? NUMSYS_INFINITY_BITS : NUMSYS_NAN_BITS;
  nearest.infinite = base->has_infinity ? NUMSYS_INFINITY_BITS : nearest.beyond;
  return nearest;
}

static void
add_events (const numsys_dyadic_grid *grid, const numsys_counts *counts,
            numsys_events *events)
{
  events->flushed += counts->small;
  events->overflow += counts->over;
  events->nan += counts->nan;
  if (grid->grid.beyond != NUMSYS_BEYOND_SPECIAL)
    events->saturated += counts->over;
  else if (!grid->grid.has_infinity)
    events->nan += counts->over;
}

/* By kernel, and what that leaves one by one. */
void
numsys_float_by_kernel (const numsys_kernels *kernels,
                        const numsys_dyadic_grid *grid, size_t n,
                        const float x[], float out[], numsys_events *events)
{
  const numsys_float_nearest nearest = constants_of (grid);
  numsys_counts counts = { 0 };

  for (size_t i = 0; i < n; i++)
    {
      i += kernels->float_nearest (&nearest, n - i, x + i, out + i, &counts);
      if (i < n)
        numsys_grid_quantize (&grid->grid, 1, x + i, NULL, out + i, events);
    }
  add_events (grid, &counts, events);
}

int
numsys_float_columns_by_kernel (const numsys_kernels *kernels,
                                const numsys_dyadic_grid grid[], size_t rows,
                                size_t stride, const float x[], float out[],
                                numsys_events *events)
{
  numsys_float_nearest nearest[NUMSYS_COLUMNS];
  numsys_counts counts = { 0 };

  if (kernels->float_columns == NULL)
    return 0;
  for (size_t c = 0; c < NUMSYS_COLUMNS; c++)
    {
      if (!numsys_float_suits_kernel (&grid[c]))
        return 0;
      nearest[c] = constants_of (&grid[c]);
    }
  if (!kernels->float_columns (nearest, rows, stride, x, out, &counts))
    return 0;
  add_events (grid, &counts, events);
  return 1;
}
