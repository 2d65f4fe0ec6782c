/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Float32 to fixed point: k 2^(scale - fraction), or a real multiple of k.  */

#include <config.h>
#include "numsys/dyadic_path.h"
#include "numsys/families.h"
#include "numsys/spec.h"

numsys_dyadic
numsys_fixed_dyadic (const numsys_fixed_state *state)
{
  int64_t half = INT64_C (1) << (state->bits - 1);

  return (numsys_dyadic) {
    .significand = 62,
    .unit = -state->fraction,
    .first = 1,
    .top = { state->is_signed ? half - 1 : 2 * half - 1,
             state->is_signed ? half : 0 },
    .beyond = state->wraps ? NUMSYS_BEYOND_WRAP : NUMSYS_BEYOND_SATURATE,
    .wrap_bits = state->bits,
    .width = (unsigned) state->bits,
    .is_complement = 1,
  };
}

static int
fixed_check (const void *vstate, numsys_scale_step step, int is_scaled,
             numsys_error *error)
{
  const numsys_fixed_state *state = vstate;
  numsys_dyadic dyadic = numsys_fixed_dyadic (state);
  numsys_range range = numsys_dyadic_range (&dyadic);
  int most = step == NUMSYS_STEP_REAL && !state->is_signed ? 23 : 24;

  if (state->bits > most)
    numsys_error_set (error, "fixed: bits=%d has integers that float32 cannot "
                      "tell apart%s; training allows up to bits=%d",
                      state->bits, most == 23 ? " at real scales" : "", most);
  else if (!is_scaled && (range.least > 0 || range.most < 0))
    numsys_error_set (error, "fixed: fraction=%d puts values beyond float32's "
                      "range; scale them (scale=tensor) or change the "
                      "fraction", state->fraction);
  else
    return 0;
  return -1;
}

static int
fixed_plan_init (void *plan, const void *state, numsys_rounding rounding,
                 unsigned random_bits)
{
  const numsys_dyadic dyadic = numsys_fixed_dyadic (state);

  numsys_dyadic_plan_init (plan, &dyadic, rounding, random_bits);
  return 0;
}

/* Whether unit and its inverse are normal floats, and what else a kernel
   needs. */
static int
suits_kernel (const numsys_dyadic_plan *plan, const numsys_dyadic_grid *grid)
{
  return plan->rounding == NUMSYS_NEAREST
         && plan->dyadic.beyond == NUMSYS_BEYOND_SATURATE
         && grid->largest == 0 && grid->unit >= -126 && grid->unit <= 126;
}

static numsys_fixed_nearest
constants_of (const numsys_dyadic_plan *plan, const numsys_dyadic_grid *grid)
{
  return (numsys_fixed_nearest) {
    .unit = numsys_dyadic_power (grid->unit),
    .inverse = numsys_dyadic_power (-grid->unit),
    .least = -(float) plan->dyadic.top[1],
    .most = (float) plan->dyadic.top[0],
  };
}

static void
add_events (const numsys_counts *counts, numsys_events *events)
{
  events->flushed += counts->small;
  events->overflow += counts->over;
  events->saturated += counts->over;
  events->nan += counts->nan;
}

static void
quantize_by_kernel (const numsys_dyadic_plan *plan, const numsys_dyadic_grid *grid,
                    size_t n, const float x[], float out[],
                    numsys_events *events)
{
  const numsys_fixed_nearest nearest = constants_of (plan, grid);
  numsys_counts counts = { 0 };

  plan->kernels->fixed_nearest (&nearest, n, x, out, &counts);
  add_events (&counts, events);
}

static int
fixed_columns (const void *vplan, const numsys_scale scale[], size_t rows,
               size_t stride, const float x[], float out[],
               numsys_events *events)
{
  const numsys_dyadic_plan *plan = vplan;
  numsys_fixed_nearest nearest[NUMSYS_COLUMNS];
  numsys_counts counts = { 0 };
  numsys_dyadic_grid grid;

  if (plan->kernels->fixed_columns == NULL)
    return 0;
  for (size_t c = 0; c < NUMSYS_COLUMNS; c++)
    {
      numsys_dyadic_plan_grid (plan, scale[c], &grid);
      if (!suits_kernel (plan, &grid))
        return 0;
      nearest[c] = constants_of (plan, &grid);
    }
  if (!plan->kernels->fixed_columns (nearest, rows, stride, x, out, &counts))
    return 0;
  add_events (&counts, events);
  return 1;
}

static void
fixed_quantize (const void *vplan, numsys_scale scale, size_t n,
                const float x[], const uint32_t random[], float out[],
                numsys_events *events)
{
  const numsys_dyadic_plan *plan = vplan;
  numsys_dyadic_grid grid;

  numsys_dyadic_plan_grid (plan, scale, &grid);
  if (n >= NUMSYS_DYADIC_FEW && suits_kernel (plan, &grid))
    quantize_by_kernel (plan, &grid, n, x, out, events);
  else
    numsys_dyadic_plan_quantize (plan, scale, n, x, random, out, events);
}

const numsys_float_path numsys_fixed_float_path = {
  .check = fixed_check,
  .plan_size = sizeof (numsys_dyadic_plan),
  .plan = fixed_plan_init,
  .unplan = numsys_dyadic_unplan,
  .scale = numsys_dyadic_plan_scale,
  .quantize = fixed_quantize,
  .quantize_columns = fixed_columns,
  .encode = numsys_dyadic_plan_encode,
  .decode = numsys_dyadic_plan_decode,
};
