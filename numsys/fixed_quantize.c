/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Float32 to fixed point: k 2^(scale - fraction), or a real multiple of k.  */

#include <config.h>
#include "numsys/dyadic.h"
#include "numsys/dyadic_kernel.h"
#include "numsys/families.h"
#include "numsys/kernels/codes.h"
#include "numsys/kernels/kernels.h"
#include "numsys/spec.h"

/* Fewer numbers are not worth a kernel's constants. */
enum { FEW = 16 };

typedef struct fixed_plan
{
  int bits;
  numsys_rounding rounding;
  unsigned random_bits;
  const numsys_kernels *kernels;
  numsys_dyadic dyadic;
  numsys_dyadic_scaling scaling;
} fixed_plan;

static numsys_dyadic
dyadic_of (const numsys_fixed_state *state)
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
  };
}

static int
fixed_check (const void *vstate, numsys_scale_step step, int is_scaled,
             numsys_error *error)
{
  const numsys_fixed_state *state = vstate;
  numsys_dyadic dyadic = dyadic_of (state);
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
fixed_plan_init (void *vplan, const void *vstate, numsys_rounding rounding,
                 unsigned random_bits)
{
  const numsys_fixed_state *state = vstate;
  fixed_plan *plan = vplan;

  *plan = (fixed_plan) {
    .bits = state->bits,
    .rounding = rounding,
    .random_bits = random_bits,
    .kernels = numsys_kernels_best (),
    .dyadic = dyadic_of (state),
  };
  numsys_dyadic_scaling_of (&plan->dyadic, rounding, &plan->scaling);
  return 0;
}

static void
fixed_unplan (void *plan)
{
  (void) plan;
}

static numsys_scale
fixed_scale (const void *vplan, float largest, numsys_scale_step step)
{
  const fixed_plan *plan = vplan;

  return numsys_dyadic_scale (&plan->dyadic, &plan->scaling, largest, step);
}

static void
grid_of (const fixed_plan *plan, numsys_scale scale, numsys_dyadic_grid *grid)
{
  numsys_dyadic_grid_of (&plan->dyadic, scale, plan->rounding,
                         plan->random_bits, grid);
}

/* Whether unit and its inverse are normal floats, and what else a kernel
   needs. */
static int
suits_kernel (const fixed_plan *plan, const numsys_dyadic_grid *grid)
{
  return plan->rounding == NUMSYS_NEAREST
         && plan->dyadic.beyond == NUMSYS_BEYOND_SATURATE
         && grid->largest == 0 && grid->unit >= -126 && grid->unit <= 126;
}

static numsys_fixed_nearest
constants_of (const fixed_plan *plan, const numsys_dyadic_grid *grid)
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
quantize_by_kernel (const fixed_plan *plan, const numsys_dyadic_grid *grid,
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
  const fixed_plan *plan = vplan;
  numsys_fixed_nearest nearest[NUMSYS_COLUMNS];
  numsys_counts counts = { 0 };
  numsys_dyadic_grid grid;

  if (plan->kernels->fixed_columns == NULL)
    return 0;
  for (size_t c = 0; c < NUMSYS_COLUMNS; c++)
    {
      grid_of (plan, scale[c], &grid);
      if (!suits_kernel (plan, &grid))
        return 0;
      nearest[c] = constants_of (plan, &grid);
    }
  if (!plan->kernels->fixed_columns (nearest, rows, stride, x, out, &counts))
    return 0;
  add_events (&counts, events);
  return 1;
}

static int
rounding_of (const fixed_plan *plan, const numsys_dyadic_grid *grid,
             numsys_dyadic_rounding *rounding)
{
  return numsys_dyadic_rounding_init (
    grid, (unsigned) (plan->bits), 1, rounding);
}

static void
fixed_quantize (const void *vplan, numsys_scale scale, size_t n,
                const float x[], const uint32_t random[], float out[],
                numsys_events *events)
{
  const fixed_plan *plan = vplan;
  numsys_dyadic_rounding rounding;
  numsys_dyadic_grid grid;

  grid_of (plan, scale, &grid);
  if (n >= FEW && suits_kernel (plan, &grid))
    quantize_by_kernel (plan, &grid, n, x, out, events);
  else if (n >= FEW && rounding_of (plan, &grid, &rounding))
    numsys_dyadic_round (plan->kernels, &rounding, &grid, n, x, random, out,
                         events);
  else
    numsys_grid_quantize (&grid.grid, n, x, random, out, events);
}

/* NaN has no code and becomes zero. */
static uint32_t
code_of (const void *vplan, numsys_rounded rounded)
{
  const fixed_plan *plan = vplan;
  uint32_t k = (uint32_t) rounded.step;

  if (rounded.class != NUMSYS_FINITE)
    return 0;
  return (rounded.negative ? -k : k) & (UINT32_MAX >> (32 - plan->bits));
}

static void
fixed_encode (const void *vplan, numsys_scale scale, size_t n,
              const float x[], const uint32_t random[], size_t size, void *codes,
              numsys_events *events)
{
  const fixed_plan *plan = vplan;
  numsys_dyadic_rounding rounding;
  numsys_dyadic_grid grid;
  int has_kernel;

  grid_of (plan, scale, &grid);
  has_kernel = n >= FEW && rounding_of (plan, &grid, &rounding);
  numsys_dyadic_encode (plan->kernels, has_kernel ? &rounding : NULL, &grid,
                        code_of, plan, n, x, random, size, codes,
                        events);
}

static void
fixed_decode (const void *vplan, numsys_scale scale, size_t n,
              size_t size, const void *codes, float out[])
{
  const fixed_plan *plan = vplan;
  uint32_t mask = UINT32_MAX >> (32 - plan->bits);
  numsys_dyadic_grid grid;

  grid_of (plan, scale, &grid);
  for (size_t i = 0; i < n; i++)
    {
      uint32_t k = numsys_code_load (codes, size, i) & mask;
      numsys_rounded rounded = { NUMSYS_FINITE, k > grid.grid.top[0], k };

      if (rounded.negative)
        rounded.step = -k & mask;
      out[i] = numsys_grid_float (&grid.grid, rounded);
    }
}

static int
fixed_decode_many (const void *vplan, numsys_scale scale, size_t n,
                   size_t size, const void *codes, float out[])
{
  const fixed_plan *plan = vplan;
  numsys_dyadic_grid grid;

  grid_of (plan, scale, &grid);
  return numsys_dyadic_decode (
    plan->kernels, &grid, (unsigned) plan->bits,
    1, n, size, codes, out);
}

const numsys_float_path numsys_fixed_float_path = {
  .check = fixed_check,
  .plan_size = sizeof (fixed_plan),
  .plan = fixed_plan_init,
  .unplan = fixed_unplan,
  .scale = fixed_scale,
  .quantize = fixed_quantize,
  .quantize_columns = fixed_columns,
  .encode = fixed_encode,
  .decode = fixed_decode,
  .decode_many = fixed_decode_many,
};
