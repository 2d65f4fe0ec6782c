/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roundings to an LNS by kernel, on the grids that have tables and clamp: the
   constants, and the loop about a kernel.  */

#include <config.h>
#include <stdlib.h>
#include "numsys/choice.h"
#include "numsys/lns_path.h"

/* Exponents that kernels count in 32 bits. */
static const int64_t most_exponent = INT64_C (1) << 29;

/* Under 2^-125 a value is the neighbour of floats that are not normal. */
static const uint32_t least_bits = UINT32_C (0x01000000);

/* Bins that kernels keep in registers. */
enum { LEAST_BITS = 4, MOST_BITS = 7 };

/* Bins with at most one value each, the octave's first not counted; 0 if some
   have more. */
static int
pack_floors (const numsys_lns_grid *octave, unsigned bits, uint32_t packed[])
{
  const uint32_t one = (uint32_t) NUMSYS_MANTISSA_ONE;
  uint32_t i = 0;

  for (uint32_t bin = 0; bin < UINT32_C (1) << bits; bin++)
    {
      uint32_t end = (bin + 1) << (23 - bits);
      uint32_t next = (uint32_t) octave->value[i + 1];
      int has_one = i + 1 < octave->gamma && next < end;

      packed[bin] = (i << 23) + (has_one ? one - next : 0);
      i += (unsigned) has_one;
      if (i + 1 < octave->gamma && (uint32_t) octave->value[i + 1] < end)
        return 0;
    }
  return 1;
}

void
numsys_lns_floors_init (numsys_lns_plan *plan)
{
  const numsys_lns_grid *octave = &plan->octave;
  unsigned bits = LEAST_BITS;
  uint32_t *packed;

  plan->floor_packed = NULL;
  while (bits <= MOST_BITS && INT64_C (1) << bits <= octave->gamma)
    bits++;
  if (octave->memory == NULL || octave->start != 0 || bits > MOST_BITS)
    return;
  packed = calloc ((size_t) 1 << MOST_BITS, sizeof *packed);
  while (packed != NULL && bits <= MOST_BITS
         && !pack_floors (octave, bits, packed))
    bits++;
  if (bits > MOST_BITS)
    {
      free (packed);
      packed = NULL;
    }
  plan->floor_bits = bits;
  plan->floor_packed = packed;
}

/* Nearest by the tables of thresholds, wherever these lie: those between values
   need tables in registers, and can tie where gamma is 1. */
static int
is_nearest (const numsys_lns_plan *plan)
{
  return plan->rounding == NUMSYS_NEAREST
         || plan->rounding == NUMSYS_NEAREST_AWAY
         || plan->rounding == NUMSYS_NEAREST_LINEAR;
}

/* Flushing by halves of values, as linear roundings do, is not for here. */
static int
flushes_middles (const numsys_lns_plan *plan)
{
  return plan->rounding == NUMSYS_NEAREST
         || plan->rounding == NUMSYS_NEAREST_AWAY;
}

static int
suits (const numsys_lns_plan *plan, const numsys_lns_view *view)
{
  const numsys_lns_grid *octave = view->octave;

  return octave->memory != NULL && octave->start == 0 && octave->slot == 0
         && (view->grid.clamps || flushes_middles (plan))
         && view->grid.first - view->offset >= -most_exponent
         && view->grid.top[0] - view->offset <= most_exponent
         && numsys_lns_value_bits (view, view->grid.first) >= least_bits
         && (plan->rounding != NUMSYS_NEAREST_LINEAR
             || (octave->gamma > 1 && octave->packed != NULL
                 && octave->index_bits <= MOST_BITS));
}

int
numsys_lns_rounding_init (const numsys_lns_plan *plan,
                          const numsys_lns_view *view,
                          numsys_lns_rounding *out)
{
  const numsys_lns_grid *octave = view->octave;
  const uint32_t half = UINT32_C (1) << (plan->state.bits - 1);

  if (!suits (plan, view))
    return 0;
  *out = (numsys_lns_rounding) {
    .choice = numsys_choice_of (plan->rounding, plan->random_bits),
    .is_nearest = is_nearest (plan),
    .is_log = plan->rounding == NUMSYS_STOCHASTIC_LOG,
    .gamma = (int32_t) octave->gamma,
    .index_bits = octave->index_bits,
    .first = octave->first,
    .threshold = octave->threshold,
    .value = octave->value,
    .packed = octave->packed,
    .floor_bits = plan->floor_bits,
    .floor_packed = plan->floor_packed,
    .least = (int32_t) (view->grid.first - view->offset),
    .most = (int32_t) (view->grid.top[0] - view->offset),
    .smallest = numsys_lns_value_bits (view, view->grid.first),
    .largest = numsys_lns_value_bits (view, view->grid.top[0]),
    .parity = (int32_t) (view->offset & 1),
    .has_zero = !view->grid.lacks_zero,
    .offset = (uint32_t) view->offset,
    .sign_code = half,
    .zero_code = plan->state.zero == NUMSYS_ZERO_FLAG ? 2 * half : 0,
    .flushes = !view->grid.clamps,
  };
  return 1;
}

void
numsys_lns_round (const numsys_lns_plan *plan, const numsys_lns_view *view,
                  const numsys_lns_rounding *rounding, size_t n,
                  const float x[], const uint32_t words[], float out[],
                  numsys_events *events)
{
  numsys_counts counts = { 0 };

  for (size_t i = 0; i < n; i++)
    {
      i += plan->kernels->lns_round (rounding, n - i, x + i,
                                     words == NULL ? NULL : words + i, out + i,
                                     &counts);
      if (i < n)
        numsys_grid_quantize (&view->grid, 1, x + i,
                              words == NULL ? NULL : words + i, out + i,
                              events);
    }
  events->raised += counts.small;
  events->overflow += counts.over;
  events->saturated += counts.over;
}
