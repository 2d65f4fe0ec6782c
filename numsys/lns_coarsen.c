/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of an LNS to the nearest values of another whose gamma divides its own:
   a shift of the exponent, where both are powers of two.

   A value half-way between two exponents is 2^((2 j + 1) / (2 gamma)), which is
   no float; its float decides, as it does where codes are decoded and rounded,
   and in every octave alike.  Any other value is a whole float away from there
   at least.  */

#include <config.h>
#include "numsys/lns_path.h"

/* Values of an octave in a register. */
enum { MOST_SLOTS = 16 };

/* Of codes that kernels shift. */
enum { MOST_BITS = 29 };

static int
is_power_of_two (int64_t x)
{
  return (x & (x - 1)) == 0;
}

/* Exponents of float32 times a gamma that has tables fit into 32 bits. */
int
numsys_lns_takes_codes (const void *vplan, const void *vfrom)
{
  const numsys_lns_plan *plan = vplan, *from = vfrom;
  const int64_t gamma = plan->state.gamma;

  return (plan->rounding == NUMSYS_NEAREST
          || plan->rounding == NUMSYS_NEAREST_AWAY)
         && gamma <= MOST_SLOTS && is_power_of_two (gamma)
         && is_power_of_two (from->state.gamma) && from->state.gamma >= gamma
         && from->state.bits <= MOST_BITS && !plan->state.flushes
         && plan->state.zero != NUMSYS_ZERO_NONE
         && plan->octave.start == 0
         && plan->octave.memory != NULL && from->octave.memory != NULL;
}

/* Bit i: the value half-way over slot i is rounded up. */
static uint32_t
ties_of (const numsys_lns_grid *octave, const numsys_lns_grid *from)
{
  const int64_t ratio = from->gamma / octave->gamma;
  uint32_t ties = 0;

  for (int64_t i = 0; ratio > 1 && i < octave->gamma; i++)
    if (numsys_lns_grid_value (from, i * ratio + ratio / 2)
        >= numsys_lns_grid_middle (octave, i))
      ties |= UINT32_C (1) << i;
  return ties;
}

void
numsys_lns_quantize_codes (const void *vplan, numsys_scale scale,
                           const void *vfrom, numsys_scale from_scale,
                           size_t n, const uint32_t codes[], float out[],
                           numsys_events *events)
{
  const numsys_lns_plan *plan = vplan, *from = vfrom;
  const numsys_grid *grid = &plan->plain.grid, *from_grid = &from->plain.grid;
  const int64_t offset = plan->plain.offset - scale.steps;
  numsys_lns_coarsening constants;
  numsys_counts counts = { 0 };

  constants = (numsys_lns_coarsening) {
    .sign = UINT32_C (1) << (from->state.bits - 1),
    .first = (int32_t) from_grid->first,
    .top = (int32_t) from_grid->top[0],
    .offset = (int32_t) (from_scale.steps - from->plain.offset),
    .shift = (unsigned) __builtin_ctzll (
      (uint64_t) (from->state.gamma / plan->state.gamma)),
    .ties = ties_of (&plan->octave, &from->octave),
    .octave_bits = (unsigned) __builtin_ctzll ((uint64_t) plan->state.gamma),
    .value = plan->octave.value,
    .least = (int32_t) (grid->first - offset),
    .most = (int32_t) (grid->top[0] - offset),
  };
  if (constants.shift > 0)
    constants.below_half = (INT32_C (1) << (constants.shift - 1)) - 1;
  plan->kernels->lns_coarsen (&constants, n, codes, out, &counts);
  events->raised += counts.small;
  events->overflow += counts.over;
  events->saturated += counts.over;
}

uint32_t
numsys_lns_largest_code (const void *vplan, size_t n, const uint32_t codes[])
{
  const numsys_lns_plan *plan = vplan;
  const uint32_t sign = UINT32_C (1) << (plan->state.bits - 1);
  const int32_t most = plan->kernels->lns_largest (
    sign, plan->state.zero == NUMSYS_ZERO_CODE, n, codes);

  return most < 0 ? numsys_lns_code_of_zero (plan) : (uint32_t) most;
}
