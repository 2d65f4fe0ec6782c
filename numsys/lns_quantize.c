/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Float32 to an LNS: +-2^((e - bias + scale) / gamma), or a real multiple of
   2^(e / gamma).  Middles of logarithms are irrational, so nearest has no ties
   and all of it goes to the kernels; other roundings mostly.  */

#include <config.h>
#include <stdlib.h>
#include "numsys/kernels/codes.h"
#include "numsys/lns_path.h"

/* Fewer numbers are not worth a kernel's constants. */
enum { FEW = 32 };

/* Exponents that kernels count in 32 bits. */
static const int64_t most_offset = INT64_C (1) << 29;

static int
lns_plan (void *vplan, const void *vstate, numsys_rounding rounding,
          unsigned random_bits)
{
  numsys_lns_plan *plan = vplan;

  plan->state = *(const numsys_lns_state *) vstate;
  plan->rounding = rounding;
  plan->random_bits = random_bits;
  plan->kernels = numsys_kernels_best ();
  numsys_lns_grid_init (&plan->octave, plan->state.gamma,
                        (uint32_t) NUMSYS_MANTISSA_ONE,
                        rounding == NUMSYS_NEAREST_LINEAR, 1);
  numsys_lns_view_init (plan, (numsys_scale) { 0, 0 }, 1, &plan->plain);
  plan->endless = plan->plain;
  plan->endless.grid.clamps = 1;
  numsys_lns_floors_init (plan);
  return plan->octave.memory == NULL
             && plan->state.gamma <= NUMSYS_TABLE_GAMMA
           ? -1 : 0;
}

static void
lns_unplan (void *vplan)
{
  numsys_lns_plan *plan = vplan;

  numsys_lns_grid_clear (&plan->octave);
  free (plan->floor_packed);
}

static numsys_lns_nearest
constants_of (const numsys_lns_plan *plan, const numsys_lns_view *view)
{
  const numsys_lns_grid *octave = view->octave;
  numsys_lns_nearest nearest = {
    .index_bits = octave->index_bits,
    .first = octave->first,
    .threshold = octave->threshold,
    .value = octave->value,
    .packed = octave->packed,
    .smallest = numsys_lns_value_bits (view, view->grid.first),
    .largest = numsys_lns_value_bits (view, view->grid.top[0]),
    .small = numsys_lns_middle_bits (view, view->grid.first - 1),
    .over = numsys_lns_middle_bits (view, view->grid.top[0]),
  };

  if (plan->state.flushes)
    nearest.zero = nearest.small;
  else
    nearest.zero = view->grid.lacks_zero ? 0 : 1;
  return nearest;
}

static void
add_events (const numsys_lns_plan *plan, const numsys_counts *counts,
            numsys_events *events)
{
  if (plan->state.flushes)
    events->flushed += counts->small;
  else
    events->raised += counts->small;
  events->overflow += counts->over;
  events->saturated += counts->over;
  events->nan += counts->nan;
}

static void
quantize_by_kernel (const numsys_lns_plan *plan, const numsys_lns_view *view,
                    size_t n, const float x[], float out[],
                    numsys_events *events)
{
  const numsys_lns_nearest nearest = constants_of (plan, view);
  numsys_counts counts = { 0 };

  plan->kernels->lns_nearest (&nearest, n, x, out, &counts);
  add_events (plan, &counts, events);
}

/* Thresholds in registers: other tables are gathered, and logarithms are
   faster. */
static int
is_small (const numsys_lns_grid *octave)
{
  return octave->packed != NULL && octave->index_bits <= 7;
}

static int
rounds_to_nearest (const numsys_lns_plan *plan)
{
  return plan->rounding == NUMSYS_NEAREST
         || plan->rounding == NUMSYS_NEAREST_AWAY;
}

/* Where columns share a table. */
static int
lns_columns (const void *vplan, const numsys_scale scale[], size_t rows,
             size_t stride, const float x[], float out[],
             numsys_events *events)
{
  const numsys_lns_plan *plan = vplan;
  numsys_lns_nearest nearest[NUMSYS_COLUMNS];
  numsys_counts counts = { 0 };
  numsys_lns_view view;

  if (plan->kernels->lns_columns == NULL || !rounds_to_nearest (plan)
      || scale[0].largest != 0 || plan->octave.memory == NULL
      || !is_small (&plan->octave))
    return 0;
  numsys_lns_view_init (plan, scale[0], rows, &view);
  for (size_t c = 0; c < NUMSYS_COLUMNS; c++)
    {
      if (scale[c].largest != 0)
        return 0;
      view.offset = plan->state.bias - scale[c].steps;
      nearest[c] = constants_of (plan, &view);
    }
  if (!plan->kernels->lns_columns (nearest, rows, stride, x, out, &counts))
    return 0;
  add_events (plan, &counts, events);
  return 1;
}

static void
lns_quantize (const void *vplan, numsys_scale scale, size_t n,
              const float x[], const uint32_t random[], float out[],
              numsys_events *events)
{
  const numsys_lns_plan *plan = vplan;
  numsys_lns_view view;
  numsys_lns_rounding rounding;

  numsys_lns_view_init (plan, scale, n, &view);
  if (rounds_to_nearest (plan) && n >= FEW && view.octave->memory != NULL
      && (is_small (view.octave)
          || !view.grid.clamps
          || !numsys_lns_rounding_init (plan, &view, &rounding)))
    quantize_by_kernel (plan, &view, n, x, out, events);
  else if (n >= FEW && view.grid.clamps
           && numsys_lns_rounding_init (plan, &view, &rounding))
    numsys_lns_round (plan, &view, &rounding, n, x, random, out, events);
  else
    numsys_grid_quantize (&view.grid, n, x, random, out, events);
  numsys_lns_view_clear (&view);
}

uint32_t
numsys_lns_code_of_zero (const numsys_lns_plan *plan)
{
  return plan->state.zero == NUMSYS_ZERO_FLAG
           ? UINT32_C (1) << plan->state.bits : 0;
}

uint32_t
numsys_lns_code_of (const numsys_lns_plan *plan, const numsys_grid *grid,
                    numsys_rounded rounded)
{
  if (rounded.class != NUMSYS_FINITE || rounded.step < grid->first)
    return numsys_lns_code_of_zero (plan);
  return (uint32_t) rounded.step
         + (rounded.negative ? UINT32_C (1) << (plan->state.bits - 1) : 0);
}

numsys_rounded
numsys_lns_rounded_of (const numsys_lns_plan *plan, const numsys_grid *grid,
                       uint32_t code)
{
  const uint32_t half = UINT32_C (1) << (plan->state.bits - 1);
  numsys_rounded rounded = { NUMSYS_FINITE, (code & half) != 0,
                             code & (half - 1) };

  if (plan->state.zero == NUMSYS_ZERO_FLAG && (code & 2 * half) != 0)
    rounded.step = grid->first - 1;
  return rounded;
}

/* One by one, or up to the first that a kernel takes. */
static void
lns_encode (const void *vplan, numsys_scale scale, size_t n, const float x[],
            const uint32_t random[], size_t size, void *codes,
            numsys_events *events)
{
  const numsys_lns_plan *plan = vplan;
  numsys_counts counts = { 0 };
  numsys_lns_rounding rounding;
  numsys_lns_view view;
  int has_kernel;

  numsys_lns_view_init (plan, scale, n, &view);
  has_kernel = n >= FEW && numsys_lns_rounding_init (plan, &view, &rounding);
  for (size_t i = 0; i < n; i++)
    {
      const uint32_t *words = random == NULL ? NULL : random + i;

      if (has_kernel)
        i += plan->kernels->lns_encode (&rounding, n - i, x + i, words,
                                        size, (char *) codes + i * size,
                                        &counts);
      if (i < n)
        numsys_code_store (
          codes, size, i,
          numsys_lns_code_of (plan, &view.grid,
                              numsys_grid_round (&view.grid, x[i],
                                                 random == NULL ? 0 : random[i],
                                                 events)));
    }
  add_events (plan, &counts, events);
  numsys_lns_view_clear (&view);
}

/* By kernel where there are tables, and values are normal floats; 0: nothing
   done. */
static int
decode_by_kernel (const numsys_lns_plan *plan, const numsys_lns_view *view,
                  size_t n, size_t size, const void *codes, float out[])
{
  const uint32_t half = UINT32_C (1) << (plan->state.bits - 1);
  const numsys_lns_codes decoding = {
    .gamma = (int32_t) plan->state.gamma,
    .value = view->octave->value == NULL
               ? NULL : view->octave->value - view->octave->start,
    .offset = (int32_t) view->offset,
    .first = (int32_t) view->grid.first,
    .flag = plan->state.zero == NUMSYS_ZERO_FLAG ? 2 * half : 0,
    .sign = half,
  };

  if (view->octave->memory == NULL || view->offset < -most_offset
      || view->offset > most_offset
      || numsys_lns_spot_of (view, view->grid.first).octave < -126)
    return 0;
  plan->kernels->lns_decode (&decoding, n, size, codes, out);
  return 1;
}

static void
lns_decode (const void *vplan, numsys_scale scale, size_t n,
            size_t size, const void *codes, float out[])
{
  const numsys_lns_plan *plan = vplan;
  numsys_lns_view view;

  numsys_lns_view_init (plan, scale, n, &view);
  if (n < FEW || !decode_by_kernel (plan, &view, n, size, codes, out))
    for (size_t i = 0; i < n; i++)
      out[i] = numsys_grid_float (
        &view.grid,
        numsys_lns_rounded_of (plan, &view.grid,
                               numsys_code_load (codes, size, i)));
  numsys_lns_view_clear (&view);
}

const numsys_float_path numsys_lns_float_path = {
  .check = numsys_lns_check,
  .plan_size = sizeof (numsys_lns_plan),
  .plan = lns_plan,
  .unplan = lns_unplan,
  .scale = numsys_lns_scale,
  .quantize = lns_quantize,
  .quantize_columns = lns_columns,
  .encode = lns_encode,
  .decode = lns_decode,
  .takes_codes = numsys_lns_takes_codes,
  .quantize_codes = numsys_lns_quantize_codes,
  .largest_code = numsys_lns_largest_code,
  .shift = numsys_lns_shift,
  .shift_codes = numsys_lns_shift_codes,
};
