/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving values of an LNS by steps of 2^(1/gamma): an add on the stored
   exponent, which rounds only where a step is not whole.  Roundings of
   logarithms (all but nearest-linear and stochastic) compare the fraction of
   the step exactly; those two of values compare powers of it in double, with
   errors below 2^-40 of a gap.  */

#include <config.h>
#include <math.h>
#include "numsys/elementary.h"
#include "numsys/lns_path.h"

/* Beyond any number of codes. */
#define STEPS_FAR 0x1p40

static double
clamp (double steps)
{
  return steps < -STEPS_FAR ? -STEPS_FAR
                            : steps > STEPS_FAR ? STEPS_FAR : steps;
}

/* The nearest step to a value of the grid. */
static int64_t
step_of (const numsys_lns_view *view, float magnitude)
{
  numsys_spot spot;

  view->grid.locate (&view->grid, magnitude, &spot);
  return spot.below + (!spot.hit && spot.side > 0);
}

static int
sign_of (double x)
{
  return (x > 0) - (x < 0);
}

/* 2^(steps / gamma) - 1, to full relative precision for small results too:
   by the series, as steps never exceeds 1. */
static double
growth (double steps, double gamma)
{
  double y = steps / gamma * 0x1.62e42fefa39efp-1;

  if (y > 0x1p-10)
    return numsys_exp2 (steps / gamma) - 1;
  return y * (1 + y / 2 * (1 + y / 3 * (1 + y / 4)));
}

/* The place of e + steps, the fraction of a step being inexact only where it
   is next to 1. */
static numsys_spot
add_steps (const numsys_lns_view *view, int64_t e, double steps)
{
  double gamma = (double) view->octave->gamma;
  double whole = floor (steps), fraction = steps - whole;
  numsys_spot spot = { .below = e + (int64_t) whole, .hit = steps == whole };

  spot.side = sign_of (fraction - 0.5);
  if (view->octave->is_linear)
    spot.side = sign_of (2 * growth (fraction, gamma) - growth (1, gamma));
  if (spot.below < view->grid.first && !view->grid.clamps)
    numsys_lns_flush (view,
                      sign_of ((double) (e - view->grid.first) + steps
                               + gamma), &spot);
  return spot;
}

/* Whether the draw moves e + steps away from the step below it. */
static int
leaves (const numsys_lns_view *view, int64_t e, double steps, uint32_t word)
{
  const numsys_grid *grid = &view->grid;
  double gamma = (double) view->octave->gamma;
  double threshold = (2.0 * (word >> (32 - grid->random_bits)) + 1)
                     / (double) (UINT64_C (2) << grid->random_bits);
  double whole = floor (steps), fraction = steps - whole;
  double below = (double) (e - grid->first) + whole;

  if (grid->rounding == NUMSYS_STOCHASTIC_LOG)
    {
      if (below < -1 && !grid->clamps)
        return 0;
      /* Exact: either side of the comparison is. */
      return whole == -1 ? threshold - 1 < steps : threshold < fraction;
    }
  if (below < 0 && !grid->clamps)
    return threshold < numsys_exp2 ((below + fraction) / gamma);
  return threshold * growth (1, gamma) < growth (fraction, gamma);
}

/* A value of the grid, not zero, moved. */
static numsys_rounded
shift_step (const numsys_lns_view *view, int negative, int64_t e, float by,
            uint32_t word, numsys_events *events)
{
  const numsys_grid *grid = &view->grid;
  const double steps = clamp (by);
  numsys_spot spot;

  if (isnan (by))
    return numsys_grid_round (grid, by, 0, events);
  spot = add_steps (view, e, steps);
  return numsys_grid_settle (grid, negative, &spot,
                             leaves (view, e, steps, word), events);
}

static float
shift_one (const numsys_lns_view *view, float x, float by, uint32_t word,
           numsys_events *events)
{
  const numsys_grid *grid = &view->grid;

  if (x == 0 || !isfinite (x))
    return numsys_grid_float (grid, numsys_grid_round (grid, x, 0, events));
  return numsys_grid_float (grid, shift_step (view, signbit (x) != 0,
                                              step_of (view, fabsf (x)), by,
                                              word, events));
}

void
numsys_lns_shift (const void *plan, numsys_scale scale, size_t n,
                  const float x[], const float steps[],
                  const uint32_t random[], float out[], numsys_events *events)
{
  numsys_lns_view view;
  numsys_lns_moves moves;
  int is_short;

  numsys_lns_view_init (plan, scale, n, &view);
  is_short = numsys_lns_moves_init (&view, &moves);
  for (size_t i = 0; i < n; i++)
    {
      if (is_short)
        i += numsys_lns_move (plan, &moves, n - i, x + i, steps + i,
                              random == NULL ? NULL : random + i, out + i,
                              events);
      if (i < n)
        out[i] = shift_one (&view, x[i], steps[i],
                            random == NULL ? 0 : random[i], events);
    }
  numsys_lns_view_clear (&view);
}

static uint32_t
shift_code (const numsys_lns_plan *plan, uint32_t code, float by,
            uint32_t word, numsys_events *events)
{
  const numsys_lns_view *view = &plan->plain;
  const numsys_rounded from = numsys_lns_rounded_of (plan, &view->grid, code);

  if (from.step < view->grid.first)
    return numsys_lns_code_of_zero (plan);
  return numsys_lns_code_of (plan, &view->grid,
                             shift_step (view, from.negative, from.step, by,
                                         word, events));
}

void
numsys_lns_shift_codes (const void *vplan, size_t n, const uint32_t codes[],
                        const float steps[], const uint32_t random[],
                        uint32_t out[], numsys_events *events)
{
  const numsys_lns_plan *plan = vplan;
  numsys_lns_steps constants;
  const int is_short = numsys_lns_steps_init (plan, &constants);

  for (size_t i = 0; i < n; i++)
    {
      if (is_short)
        i += numsys_lns_step (plan, &constants, n - i, codes + i, steps + i,
                              random == NULL ? NULL : random + i, out + i,
                              events);
      if (i < n)
        out[i] = shift_code (plan, codes[i], steps[i],
                             random == NULL ? 0 : random[i], events);
    }
}
