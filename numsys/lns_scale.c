/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scales of an LNS: which ones keep all values normal float32 numbers, and
   which one suits the data.  */

#include <config.h>
#include <inttypes.h>
#include <math.h>
#include "numsys/lns_path.h"
#include "numsys/spec.h"

/* Least gap between values of an octave, 2^(1 / gamma) - 1 > ln 2 / gamma, must
   exceed one of float32's own gaps, 2^-23. */
#define MOST_GAMMA INT64_C (5814539)

/* Values lie in [2^-126, 2^128). */
#define LEAST_OCTAVE INT64_C (-126)
#define END_OCTAVE INT64_C (128)

static int64_t
floor_divide (int64_t a, int64_t b)
{
  return a / b - (a % b < 0);
}

static int64_t
first_step (const numsys_lns_state *state)
{
  return state->zero == NUMSYS_ZERO_CODE ? 1 : 0;
}

static int64_t
top_step (const numsys_lns_state *state)
{
  return (INT64_C (1) << (state->bits - 1)) - 1;
}

/* Least and most multiples of `unit' that are scales in range. */
static void
bounds (const numsys_lns_state *state, int64_t unit, int64_t *least,
        int64_t *most)
{
  *least = state->bias - first_step (state) + LEAST_OCTAVE * state->gamma;
  *most = state->bias - top_step (state) + END_OCTAVE * state->gamma - 1;
  *least = -floor_divide (-*least, unit);
  *most = floor_divide (*most, unit);
}

static int64_t
unit_of (const numsys_lns_state *state, numsys_scale_step step)
{
  return step == NUMSYS_STEP_POW2 ? state->gamma : 1;
}

/* Octaves from the first to the largest value, rounded up. */
static int64_t
octaves (const numsys_lns_state *state)
{
  return -floor_divide (first_step (state) - top_step (state), state->gamma);
}

int
numsys_lns_check (const void *vstate, numsys_scale_step step, int is_scaled,
                  numsys_error *error)
{
  const numsys_lns_state *state = vstate;
  int64_t unit = unit_of (state, step), least, most;

  bounds (state, unit, &least, &most);
  if (state->gamma > MOST_GAMMA)
    numsys_error_set (error, "lns: gamma=%" PRId64 " puts values closer "
                      "together than float32 numbers; training allows up to "
                      "gamma=%" PRId64, state->gamma, MOST_GAMMA);
  else if (least > most
           || (step == NUMSYS_STEP_REAL
               && octaves (state) >= END_OCTAVE - LEAST_OCTAVE - 1))
    numsys_error_set (error, "lns: bits=%d with gamma=%" PRId64 " spans "
                      "2^%" PRId64 " or more, but training works in float32, "
                      "whose normal numbers span 2^%" PRId64 ": take fewer "
                      "bits or a larger gamma", state->bits, state->gamma,
                      floor_divide (top_step (state) - first_step (state),
                                    state->gamma), END_OCTAVE - LEAST_OCTAVE);
  else if (!is_scaled && (least > 0 || most < 0))
    numsys_error_set (error, "lns: bias=%" PRId64 " puts values beyond normal "
                      "float32 numbers; without a scale, training allows "
                      "%" PRId64 "..%" PRId64, state->bias,
                      state->bias - most * unit, state->bias - least * unit);
  else
    return 0;
  return -1;
}

static numsys_scale
real_scale (const numsys_lns_state *state, float largest)
{
  float least = ldexpf (1, (int) (LEAST_OCTAVE + octaves (state)));

  return (numsys_scale) { 0, largest < least ? least : largest };
}

/* The step on the endless grid that largest is rounded to as a scale wants it.
   To nearest, where it lies between values does not matter.  */
static int64_t
step_above (const numsys_lns_plan *plan, float largest)
{
  int64_t exponent;
  uint32_t mantissa;

  if (plan->rounding != NUMSYS_NEAREST && plan->rounding != NUMSYS_NEAREST_AWAY)
    return numsys_grid_above (&plan->endless.grid, largest);
  mantissa = numsys_take_apart (largest, &exponent);
  return (exponent + 23) * plan->state.gamma + plan->endless.offset
         + numsys_lns_grid_nearest (&plan->octave, mantissa);
}

/* The least multiple of `unit' from which on `largest' does not overflow, in
   units: at any scale the grid is the same but for the numbers of its steps, so
   largest rounds to as many steps above the top less the scale.  A tie, which
   goes to the even step, is the exception.  What flushes has steps below the
   first too, here.  */
static int64_t
least_scale (const numsys_lns_plan *plan, float largest, int64_t unit)
{
  numsys_scale scale = { 0, 0 };
  numsys_lns_view view;
  int64_t steps = step_above (plan, largest) - plan->endless.grid.top[0];

  scale.steps = -floor_divide (-steps, unit);
  if (plan->rounding != NUMSYS_NEAREST_LINEAR)
    return scale.steps;
  for (steps = scale.steps - 1; ; steps++)
    {
      scale.steps = steps * unit;
      numsys_lns_view_init (plan, scale, 1, &view);
      view.grid.clamps = 1;
      if (!numsys_grid_overflows (&view.grid, largest))
        return steps;
    }
}

numsys_scale
numsys_lns_scale (const void *vplan, float largest, numsys_scale_step step)
{
  const numsys_lns_plan *plan = vplan;
  int64_t unit = unit_of (&plan->state, step), least, most, wanted;
  numsys_scale scale = { 0, 0 };

  bounds (&plan->state, unit, &least, &most);
  if (!(largest > 0 && isfinite (largest)))
    {
      scale.steps = (least > 0 ? least : most < 0 ? most : 0) * unit;
      return scale;
    }
  if (step == NUMSYS_STEP_REAL)
    return real_scale (&plan->state, largest);
  wanted = least_scale (plan, largest, unit);
  wanted = wanted < least ? least : wanted > most ? most : wanted;
  scale.steps = wanted * unit;
  return scale;
}
