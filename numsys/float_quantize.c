/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Float32 to smaller floating point times a power of two or a real number.  */

#include <config.h>
#include <math.h>
#include "numsys/dyadic.h"
#include "numsys/dyadic_kernel.h"
#include "numsys/families.h"
#include "numsys/float_kernel.h"
#include "numsys/kernels/codes.h"
#include "numsys/spec.h"

/* Fewer numbers are not worth a kernel's constants. */
enum { FEW = 16 };

typedef struct float_plan
{
  numsys_float_state state;
  numsys_rounding rounding;
  unsigned random_bits;
  const numsys_kernels *kernels;
  numsys_dyadic dyadic;
  numsys_dyadic_scaling scaling;
} float_plan;

/* The code of the largest magnitude. */
static int64_t
top_of (const numsys_float_state *state)
{
  int64_t codes = INT64_C (1) << (state->exponent + state->significand);

  switch (state->specials)
    {
    case NUMSYS_SPECIALS_IEEE:
      return codes - (INT64_C (1) << state->significand) - 1;
    case NUMSYS_SPECIALS_NAN:
      return codes - 2;
    default:
      return codes - 1;
    }
}

static numsys_dyadic
dyadic_of (const numsys_float_state *state)
{
  int64_t top = top_of (state);

  return (numsys_dyadic) {
    .significand = state->significand,
    .unit = 1 - state->bias - state->significand,
    .first = state->subnormals ? 1 : INT64_C (1) << state->significand,
    .top = { top, top },
    .has_signed_zero = 1,
    .has_infinity = state->specials == NUMSYS_SPECIALS_IEEE,
    .beyond = state->saturates ? NUMSYS_BEYOND_SATURATE
                               : NUMSYS_BEYOND_SPECIAL,
  };
}

/* exponent <= 8 and significand <= 23 hold. */
static int
fits (const numsys_float_state *state, numsys_scale_step step)
{
  numsys_dyadic dyadic = dyadic_of (state);
  numsys_range range = numsys_dyadic_range (&dyadic);
  float least, most;

  numsys_dyadic_real_range (&dyadic, &least, &most);
  return range.least <= range.most
         && (step != NUMSYS_STEP_REAL || least <= most);
}

static int
fits_unscaled (const numsys_float_state *state)
{
  numsys_dyadic dyadic = dyadic_of (state);
  numsys_range range = numsys_dyadic_range (&dyadic);

  return range.least <= 0 && range.most >= 0;
}

static int
float_check (const void *vstate, numsys_scale_step step, int is_scaled,
             numsys_error *error)
{
  const numsys_float_state *state = vstate;
  int most = step == NUMSYS_STEP_REAL ? 22 : 23;

  if (state->significand > most)
    numsys_error_set (error, "float: significand=%d has values that float32 "
                      "cannot tell apart%s; training allows up to "
                      "significand=%d", state->significand,
                      most == 22 ? " at real scales" : "", most);
  else if (state->exponent > 8 || !fits (state, step))
    numsys_error_set (error, "float: exponent=%d with significand=%d spans "
                      "more than float32%s, in which training works; take a "
                      "smaller exponent or significand", state->exponent,
                      state->significand,
                      step == NUMSYS_STEP_REAL ? " does at real scales" : "");
  else if (!is_scaled && !fits_unscaled (state))
    numsys_error_set (error, "float: bias=%d puts values beyond float32's "
                      "range; scale them (scale=tensor) or change the bias",
                      state->bias);
  else
    return 0;
  return -1;
}

static int
float_plan_init (void *vplan, const void *vstate, numsys_rounding rounding,
                 unsigned random_bits)
{
  const numsys_float_state *state = vstate;
  float_plan *plan = vplan;

  *plan = (float_plan) {
    .state = *state,
    .rounding = rounding,
    .random_bits = random_bits,
    .kernels = numsys_kernels_best (),
    .dyadic = dyadic_of (state),
  };
  numsys_dyadic_scaling_of (&plan->dyadic, rounding, &plan->scaling);
  return 0;
}

static void
float_unplan (void *plan)
{
  (void) plan;
}

static numsys_scale
float_scale (const void *vplan, float largest, numsys_scale_step step)
{
  const float_plan *plan = vplan;

  return numsys_dyadic_scale (&plan->dyadic, &plan->scaling, largest, step);
}

static void
grid_of (const float_plan *plan, numsys_scale scale, numsys_dyadic_grid *grid)
{
  numsys_dyadic_grid_of (&plan->dyadic, scale, plan->rounding,
                         plan->random_bits, grid);
}

static int
rounding_of (const float_plan *plan, const numsys_dyadic_grid *grid,
             numsys_dyadic_rounding *rounding)
{
  return numsys_dyadic_rounding_init (
    grid, (unsigned) (plan->state.exponent + plan->state.significand), 0, rounding);
}

static void
float_quantize (const void *vplan, numsys_scale scale, size_t n,
                const float x[], const uint32_t random[], float out[],
                numsys_events *events)
{
  const float_plan *plan = vplan;
  numsys_dyadic_rounding rounding;
  numsys_dyadic_grid grid;

  grid_of (plan, scale, &grid);
  if (n >= FEW && numsys_float_suits_kernel (&grid))
    numsys_float_by_kernel (plan->kernels, &grid, n, x, out, events);
  else if (n >= FEW && rounding_of (plan, &grid, &rounding))
    numsys_dyadic_round (plan->kernels, &rounding, &grid, n, x, random, out,
                         events);
  else
    numsys_grid_quantize (&grid.grid, n, x, random, out, events);
}

static int
float_columns (const void *vplan, const numsys_scale scale[], size_t rows,
               size_t stride, const float x[], float out[],
               numsys_events *events)
{
  const float_plan *plan = vplan;
  numsys_dyadic_grid grid[NUMSYS_COLUMNS];

  for (size_t c = 0; c < NUMSYS_COLUMNS; c++)
    grid_of (plan, scale[c], &grid[c]);
  return numsys_float_columns_by_kernel (plan->kernels, grid, rows, stride, x,
                                         out, events);
}

/* As the ladder's code; NaN is zero where it has no code. */
static uint32_t
code_of (const void *vplan, numsys_rounded rounded)
{
  const float_plan *plan = vplan;
  const numsys_float_state *state = &plan->state;
  int width = state->exponent + state->significand;
  uint32_t ones = ((UINT32_C (1) << state->exponent) - 1)
                  << state->significand;
  uint32_t sign = rounded.negative ? UINT32_C (1) << width : 0;

  if (rounded.class == NUMSYS_INFINITE)
    return sign | ones;
  if (rounded.class == NUMSYS_FINITE)
    return sign
           | (rounded.step < plan->dyadic.first ? 0
                                                : (uint32_t) rounded.step);
  switch (state->specials)
    {
    case NUMSYS_SPECIALS_IEEE:
      return ones + (UINT32_C (1) << (state->significand - 1));
    case NUMSYS_SPECIALS_NAN:
      return (uint32_t) plan->dyadic.top[0] + 1;
    default:
      return 0;
    }
}

static void
float_encode (const void *vplan, numsys_scale scale, size_t n,
              const float x[], const uint32_t random[], size_t size, void *codes,
              numsys_events *events)
{
  const float_plan *plan = vplan;
  numsys_dyadic_rounding rounding;
  numsys_dyadic_grid grid;
  int has_kernel;

  grid_of (plan, scale, &grid);
  has_kernel = n >= FEW && rounding_of (plan, &grid, &rounding);
  numsys_dyadic_encode (plan->kernels, has_kernel ? &rounding : NULL, &grid,
                        code_of, plan, n, x, random, size, codes,
                        events);
}

/* Beyond the largest magnitude lie infinity, if any, and NaN. */
static void
float_decode (const void *vplan, numsys_scale scale, size_t n,
              size_t size, const void *codes, float out[])
{
  const float_plan *plan = vplan;
  int width = plan->state.exponent + plan->state.significand;
  numsys_dyadic_grid grid;

  grid_of (plan, scale, &grid);
  for (size_t i = 0; i < n; i++)
    {
      const uint32_t code = numsys_code_load (codes, size, i);
      numsys_rounded rounded = { NUMSYS_FINITE, code >> width & 1,
                                 code & ((UINT32_C (1) << width) - 1) };

      if (plan->dyadic.has_infinity && rounded.step == grid.grid.top[0] + 1)
        rounded.class = NUMSYS_INFINITE;
      else if (rounded.step > grid.grid.top[0])
        rounded.class = NUMSYS_NAN;
      out[i] = numsys_grid_float (&grid.grid, rounded);
    }
}

static int
float_decode_many (const void *vplan, numsys_scale scale, size_t n,
                   size_t size, const void *codes, float out[])
{
  const float_plan *plan = vplan;
  numsys_dyadic_grid grid;

  grid_of (plan, scale, &grid);
  return numsys_dyadic_decode (
    plan->kernels, &grid, (unsigned) (plan->state.exponent + plan->state.significand),
    0, n, size, codes, out);
}

const numsys_float_path numsys_float_float_path = {
  .check = float_check,
  .plan_size = sizeof (float_plan),
  .plan = float_plan_init,
  .unplan = float_unplan,
  .scale = float_scale,
  .quantize = float_quantize,
  .quantize_columns = float_columns,
  .encode = float_encode,
  .decode = float_decode,
  .decode_many = float_decode_many,
};
