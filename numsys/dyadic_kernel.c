/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roundings to floating and fixed point by kernel: the constants, and the loop
   about a kernel.  Fixed point is floating point with all of float32's
   significand, held to one spacing by a floor that no value is above.  */

#include <config.h>
#include <math.h>
#include "numsys/choice.h"
#include "numsys/dyadic_kernel.h"
#include "numsys/kernels/bits.h"
#include "numsys/kernels/codes.h"

/* Significand bits of float32 under the leading one. */
enum { SIGNIFICAND = 23 };

/* What a number that is over becomes. */
static numsys_rounded
beyond (const numsys_grid *grid, int negative)
{
  const numsys_spot above = { .below = grid->top[negative] + 1, .hit = 1 };
  numsys_events ignored = { 0 };

  return numsys_grid_settle (grid, negative, &above, 0, &ignored);
}

int
numsys_dyadic_rounding_init (const numsys_dyadic *dyadic,
                             const numsys_dyadic_grid *grid,
                             numsys_dyadic_rounding *out)
{
  const numsys_grid *base = &grid->grid;
  const int drop = grid->significand > SIGNIFICAND
                     ? 0 : SIGNIFICAND - grid->significand;
  const int64_t floor = grid->unit + 150 - drop;

  if (grid->largest != 0 || base->first != 1 || grid->significand < 1
      || (floor < 1 && drop == 0))
    return 0;
  *out = (numsys_dyadic_rounding) {
    .choice = numsys_choice_of (base->rounding, base->random_bits),
    .drop = (unsigned) drop,
    .floor = (int32_t) (floor < 1 ? 1 : floor),
    .code_floor = (int32_t) floor,
    .wraps = base->beyond == NUMSYS_BEYOND_WRAP,
    .has_signed_zero = base->has_signed_zero,
    .width = dyadic->width,
    .is_complement = dyadic->is_complement,
  };
  for (int i = 0; i < 2; i++)
    {
      const numsys_rounded over = beyond (base, i);

      out->largest[i] = numsys_bits_of (
        (float) numsys_dyadic_value (grid, base->top[i]));
      out->beyond[i] = numsys_bits_of (numsys_grid_float (base, over));
      out->beyond_code[i] = numsys_dyadic_code (dyadic, over);
    }
  return 1;
}

void
numsys_dyadic_count (const numsys_dyadic_rounding *rounding,
                     const numsys_counts *counts, numsys_events *events)
{
  const uint64_t over[2] = { counts->over - counts->under, counts->under };

  events->flushed += counts->small;
  events->overflow += counts->over;
  for (int i = 0; i < 2; i++)
    {
      const float beyond = numsys_float_of (rounding->beyond[i]);

      if (isnan (beyond))
        events->nan += over[i];
      else if (!isinf (beyond))
        events->saturated += over[i];
    }
}

void
numsys_dyadic_round (const numsys_kernels *kernels,
                     const numsys_dyadic_rounding *rounding,
                     const numsys_dyadic_grid *grid, size_t n,
                     const float x[], const uint32_t random[], float out[],
                     numsys_events *events)
{
  numsys_counts counts = { 0 };

  for (size_t i = 0; i < n; i++)
    {
      const uint32_t *words = random == NULL ? NULL : random + i;

      i += kernels->dyadic_round (rounding, n - i, x + i, words, out + i,
                                  &counts);
      if (i < n)
        numsys_grid_quantize (&grid->grid, 1, x + i,
                              random == NULL ? NULL : random + i, out + i,
                              events);
    }
  numsys_dyadic_count (rounding, &counts, events);
}

void
numsys_dyadic_encode (const numsys_kernels *kernels,
                      const numsys_dyadic_rounding *rounding,
                      const numsys_dyadic *dyadic,
                      const numsys_dyadic_grid *grid, size_t n,
                      const float x[], const uint32_t random[], size_t size,
                      void *codes, numsys_events *events)
{
  numsys_counts counts = { 0 };

  for (size_t i = 0; i < n; i++)
    {
      if (rounding != NULL)
        i += kernels->dyadic_encode (rounding, n - i, x + i,
                                     random == NULL ? NULL : random + i, size,
                                     (char *) codes + i * size, &counts);
      if (i < n)
        numsys_code_store (
          codes, size, i,
          numsys_dyadic_code (
            dyadic, numsys_grid_round (&grid->grid, x[i],
                                       random == NULL ? 0 : random[i],
                                       events)));
    }
  if (rounding != NULL)
    numsys_dyadic_count (rounding, &counts, events);
}

int
numsys_dyadic_codes_init (const numsys_dyadic *dyadic,
                          const numsys_dyadic_grid *grid,
                          numsys_dyadic_codes *out)
{
  *out = (numsys_dyadic_codes) {
    .width = dyadic->width,
    .is_complement = dyadic->is_complement,
    .kept = (unsigned) grid->significand,
    .unit = (int32_t) grid->unit,
    .first = (uint32_t) grid->grid.first,
    .top = (uint32_t) grid->grid.top[0],
    .has_infinity = grid->grid.has_infinity,
  };
  return grid->largest == 0 && grid->significand >= 1;
}

int
numsys_dyadic_decode (const numsys_kernels *kernels,
                      const numsys_dyadic *dyadic,
                      const numsys_dyadic_grid *grid, size_t n, size_t size,
                      const void *codes, float out[])
{
  numsys_dyadic_codes plan;

  if (!numsys_dyadic_codes_init (dyadic, grid, &plan))
    return 0;
  kernels->dyadic_decode (&plan, n, size, codes, out);
  return 1;
}
