/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where float32 numbers lie on the grid of an LNS at one scale.  */

#include <config.h>
#include <math.h>
#include "numsys/elementary.h"
#include "numsys/lns_path.h"

/* magnitude = mantissa 2^(octave - 23), the mantissa of [1, 2). */
static uint32_t
take_apart (float magnitude, int64_t *octave)
{
  uint32_t mantissa = numsys_take_apart (magnitude, octave);

  *octave += 23;
  return mantissa;
}

double
numsys_lns_value (const numsys_lns_view *view, int64_t step)
{
  numsys_lns_spot spot = numsys_lns_spot_of (view, step);

  return numsys_scaled (
    (double) numsys_lns_grid_value (view->octave, spot.slot),
    spot.octave - 23);
}

void
numsys_lns_flush (const numsys_lns_view *view, int against_half,
                  numsys_spot *spot)
{
  int is_last = spot->below == view->grid.first - 1 && !spot->hit;

  if (view->octave->is_linear)
    spot->side = against_half;
  else if (!is_last)
    spot->side = -1;
  spot->below = view->grid.first - 1;
  spot->hit = 0;
  spot->lo = 0;
}

/* The sign of a magnitude against half the first value.  The float of that
   value decides unless the magnitude is half of it.  */
static int
against_half (const numsys_lns_view *view, float magnitude)
{
  const numsys_lns_grid *octave = view->octave;
  double twice = 2.0 * magnitude;
  double first = numsys_lns_value (view, view->grid.first);
  int64_t exponent, k;
  uint32_t mantissa;

  if (twice != first)
    return twice > first ? 1 : -1;
  mantissa = take_apart (magnitude, &exponent);
  k = view->grid.first - view->offset - octave->slot;
  return numsys_lns_compare (mantissa, (int) exponent + 1, octave->anchor, k,
                             octave->gamma);
}

static void
locate (const numsys_grid *grid, float magnitude, numsys_spot *spot)
{
  const numsys_lns_view *view = (const numsys_lns_view *) grid;
  const numsys_lns_grid *octave = view->octave;
  int64_t exponent;
  uint32_t mantissa = take_apart (magnitude, &exponent);
  int64_t nearest = exponent * octave->gamma + view->offset
                    + numsys_lns_grid_nearest (octave, mantissa);
  double value = numsys_lns_value (view, nearest);

  spot->hit = value == magnitude;
  spot->below = value <= magnitude ? nearest : nearest - 1;
  spot->side = value <= magnitude ? -1 : 1;
  if (octave->is_linear || grid->rounding == NUMSYS_STOCHASTIC)
    {
      spot->lo = numsys_lns_value (view, spot->below);
      spot->hi = numsys_lns_value (view, spot->below + 1);
      /* Only here can there be a tie: values are those of mantissas. */
      if (octave->is_linear && octave->gamma == 1
          && 2.0 * magnitude == spot->lo + spot->hi)
        spot->side = 0;
    }
  if (spot->below < grid->first && !grid->clamps)
    {
      spot->hi = numsys_lns_value (view, grid->first);
      numsys_lns_flush (view,
                        octave->is_linear ? against_half (view, magnitude) : 0,
                        spot);
    }
}

/* p = gamma log2 (x / anchor) - k is within gamma 2^-50: the quotient and its
   logarithm are within 2^-52 each, and the product below gamma. */
static int
leaves_log (const numsys_grid *grid, float magnitude, const numsys_spot *spot,
            uint32_t word)
{
  const numsys_lns_view *view = (const numsys_lns_view *) grid;
  const numsys_lns_grid *octave = view->octave;
  const numsys_lns_wide one = (numsys_lns_wide) 1 << (grid->random_bits + 1);
  uint64_t odd = 2 * (uint64_t) (word >> (32 - grid->random_bits)) + 1;
  double threshold = (double) odd / (double) one;
  int64_t exponent, k = spot->below - view->offset - octave->slot;
  uint32_t mantissa = take_apart (magnitude, &exponent);
  double p = numsys_log2 ((double) mantissa / octave->anchor)
               * (double) octave->gamma
             - (double) (k - exponent * octave->gamma);

  if (fabs (p - threshold) > (double) octave->gamma * 0x1p-49)
    return p > threshold;
  return numsys_lns_compare (mantissa, (int) exponent, octave->anchor,
                             k * one + odd, octave->gamma * one) > 0;
}

static int
leaves (const numsys_grid *grid, float magnitude, const numsys_spot *spot,
        uint32_t word)
{
  if (grid->rounding == NUMSYS_STOCHASTIC_LOG)
    return leaves_log (grid, magnitude, spot, word);
  return numsys_draw_linear (spot->lo, spot->hi, magnitude, grid->random_bits,
                             word);
}

static float
value (const numsys_grid *grid, int64_t step)
{
  return (float) numsys_lns_value ((const numsys_lns_view *) grid, step);
}

/* The octave of a real scale: its anchor is the largest value. */
static void
anchor_at (const numsys_lns_plan *plan, float largest, size_t n,
           numsys_lns_view *view)
{
  int64_t exponent;
  uint32_t anchor = take_apart (largest, &exponent);
  int with_tables = 4 * n >= (size_t) plan->state.gamma;

  numsys_lns_grid_init (&view->own, plan->state.gamma, anchor,
                        plan->octave.is_linear, with_tables);
  view->octave = &view->own;
  view->offset = view->grid.top[0] - exponent * plan->state.gamma
                 - view->own.slot;
}

void
numsys_lns_view_init (const numsys_lns_plan *plan, numsys_scale scale,
                      size_t n, numsys_lns_view *view)
{
  const numsys_lns_state *state = &plan->state;
  int64_t top = (INT64_C (1) << (state->bits - 1)) - 1;

  *view = (numsys_lns_view) {
    .grid = {
      .rounding = plan->rounding,
      .random_bits = plan->random_bits,
      .first = state->zero == NUMSYS_ZERO_CODE ? 1 : 0,
      .top = { top, top },
      .clamps = !state->flushes,
      .lacks_zero = state->zero == NUMSYS_ZERO_NONE,
      .beyond = NUMSYS_BEYOND_SATURATE,
      .locate = locate,
      .leaves = leaves,
      .value = value,
    },
    .octave = &plan->octave,
    .offset = state->bias - scale.steps,
  };
  if (scale.largest != 0)
    anchor_at (plan, scale.largest, n, view);
}

void
numsys_lns_view_clear (numsys_lns_view *view)
{
  numsys_lns_grid_clear (&view->own);
}
