/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Float32 to smaller floating point times a power of two or a real number.  */

#include <config.h>
#include <math.h>
#include "numsys/dyadic_path.h"
#include "numsys/families.h"
#include "numsys/float_kernel.h"
#include "numsys/spec.h"

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

/* The code of NaN. */
static uint32_t
nan_of (const numsys_float_state *state, uint32_t infinity)
{
  switch (state->specials)
    {
    case NUMSYS_SPECIALS_IEEE:
      return infinity + (UINT32_C (1) << (state->significand - 1));
    case NUMSYS_SPECIALS_NAN:
      return (uint32_t) top_of (state) + 1;
    default:
      return 0;
    }
}

numsys_dyadic
numsys_float_dyadic (const numsys_float_state *state)
{
  const int64_t top = top_of (state);
  const uint32_t infinity = ((UINT32_C (1) << state->exponent) - 1)
                            << state->significand;

  return (numsys_dyadic) {
    .significand = state->significand,
    .unit = 1 - state->bias - state->significand,
    .first = state->subnormals ? 1 : INT64_C (1) << state->significand,
    .top = { top, top },
    .has_signed_zero = 1,
    .has_infinity = state->specials == NUMSYS_SPECIALS_IEEE,
    .beyond = state->saturates ? NUMSYS_BEYOND_SATURATE
                               : NUMSYS_BEYOND_SPECIAL,
    .width = (unsigned) (state->exponent + state->significand),
    .infinity = infinity,
    .nan = nan_of (state, infinity),
  };
}

/* exponent <= 8 and significand <= 23 hold. */
static int
fits (const numsys_float_state *state, numsys_scale_step step)
{
  numsys_dyadic dyadic = numsys_float_dyadic (state);
  numsys_range range = numsys_dyadic_range (&dyadic);
  float least, most;

  numsys_dyadic_real_range (&dyadic, &least, &most);
  return range.least <= range.most
         && (step != NUMSYS_STEP_REAL || least <= most);
}

static int
fits_unscaled (const numsys_float_state *state)
{
  numsys_dyadic dyadic = numsys_float_dyadic (state);
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
float_plan_init (void *plan, const void *state, numsys_rounding rounding,
                 unsigned random_bits)
{
  const numsys_dyadic dyadic = numsys_float_dyadic (state);

  numsys_dyadic_plan_init (plan, &dyadic, rounding, random_bits);
  return 0;
}

static void
float_quantize (const void *vplan, numsys_scale scale, size_t n,
                const float x[], const uint32_t random[], float out[],
                numsys_events *events)
{
  const numsys_dyadic_plan *plan = vplan;
  numsys_dyadic_grid grid;

  numsys_dyadic_plan_grid (plan, scale, &grid);
  if (n >= NUMSYS_DYADIC_FEW && numsys_float_suits_kernel (&grid))
    numsys_float_by_kernel (plan->kernels, &grid, n, x, out, events);
  else
    numsys_dyadic_plan_quantize (plan, scale, n, x, random, out, events);
}

static int
float_columns (const void *vplan, const numsys_scale scale[], size_t rows,
               size_t stride, const float x[], float out[],
               numsys_events *events)
{
  const numsys_dyadic_plan *plan = vplan;
  numsys_dyadic_grid grid[NUMSYS_COLUMNS];

  for (size_t c = 0; c < NUMSYS_COLUMNS; c++)
    numsys_dyadic_plan_grid (plan, scale[c], &grid[c]);
  return numsys_float_columns_by_kernel (plan->kernels, grid, rows, stride, x,
                                         out, events);
}

const numsys_float_path numsys_float_float_path = {
  .check = float_check,
  .plan_size = sizeof (numsys_dyadic_plan),
  .plan = float_plan_init,
  .unplan = numsys_dyadic_unplan,
  .scale = numsys_dyadic_plan_scale,
  .quantize = float_quantize,
  .quantize_columns = float_columns,
  .encode = numsys_dyadic_plan_encode,
  .decode = numsys_dyadic_plan_decode,
};
