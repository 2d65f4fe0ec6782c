/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The short way to move values of an LNS: the stored exponent looked up in the
   tables of the octave, an add, and the new value looked up.  For the grids
   that have tables and clamp, and normal numbers on both sides; lns_shift.c does
   everything else, and any of this the same.  Of codes only the add is left,
   for all grids that clamp.  */

#include <config.h>
#include "numsys/choice.h"
#include "numsys/lns_path.h"

/* Exponents that kernels count in 32 bits. */
static const int64_t most_exponent = INT64_C (1) << 29;

/* The sign bit of codes that kernels move. */
static const uint32_t most_sign = UINT32_C (1) << 28;

/* Gaps between values are too unlike below this for the terms there are: they
   leave out less than (ln 2 / gamma)^6 / 7!. */
enum { LEAST_GAMMA = 4 };

/* (2^(f / gamma) - 1) / (2^(1 / gamma) - 1) as a series in f. */
static void
set_growth (int64_t gamma, double growth[NUMSYS_GROWTH_TERMS])
{
  const double rate = 0x1.62e42fefa39efp-1 / (double) gamma;
  double term = 1, sum = 0;

  for (int i = 0; i < NUMSYS_GROWTH_TERMS; i++)
    {
      term *= rate / (i + 1);
      growth[i] = term;
      sum += term;
    }
  for (int i = 0; i < NUMSYS_GROWTH_TERMS; i++)
    growth[i] /= sum;
}

/* 0 where kernels cannot decide. */
static int
set_fraction (numsys_rounding rounding, unsigned random_bits, int64_t gamma,
              numsys_lns_fraction *fraction)
{
  const int is_linear
    = rounding == NUMSYS_STOCHASTIC || rounding == NUMSYS_NEAREST_LINEAR;

  if (is_linear && gamma < LEAST_GAMMA)
    return 0;
  *fraction = (numsys_lns_fraction) {
    .is_nearest
      = rounding == NUMSYS_NEAREST || rounding == NUMSYS_NEAREST_AWAY,
    .ties_away = rounding == NUMSYS_NEAREST_AWAY,
    .choice = numsys_choice_of (rounding, random_bits),
    .is_linear = is_linear,
  };
  if (is_linear)
    set_growth (gamma, fraction->growth);
  return 1;
}

int
numsys_lns_moves_init (const numsys_lns_view *view, numsys_lns_moves *moves)
{
  const numsys_lns_grid *octave = view->octave;
  const int64_t least = view->grid.first - view->offset;
  const int64_t most = view->grid.top[0] - view->offset;
  numsys_lns_fraction fraction;

  if (octave->memory == NULL || octave->start != 0 || octave->slot != 0
      || !view->grid.clamps
      || least < -most_exponent || most > most_exponent
      || !set_fraction (view->grid.rounding, view->grid.random_bits,
                        octave->gamma, &fraction))
    return 0;
  *moves = (numsys_lns_moves) {
    .fraction = fraction,
    .index_bits = octave->index_bits,
    .first = octave->first,
    .threshold = octave->threshold,
    .value = octave->value,
    .gamma = (int32_t) octave->gamma,
    .parity = (int32_t) (view->offset & 1),
    .least = (int32_t) least,
    .most = (int32_t) most,
    .smallest = numsys_lns_value_bits (view, view->grid.first),
    .largest = numsys_lns_value_bits (view, view->grid.top[0]),
  };
  return 1;
}

int
numsys_lns_steps_init (const numsys_lns_plan *plan, numsys_lns_steps *steps)
{
  const numsys_grid *grid = &plan->plain.grid;
  const uint32_t half = UINT32_C (1) << (plan->state.bits - 1);
  numsys_lns_fraction fraction;

  if (!grid->clamps || half > most_sign
      || !set_fraction (plan->rounding, plan->random_bits, plan->state.gamma,
                        &fraction))
    return 0;
  *steps = (numsys_lns_steps) {
    .fraction = fraction,
    .sign = half,
    .least = (int32_t) grid->first,
    .most = (int32_t) grid->top[0],
    .zero = numsys_lns_code_of_zero (plan),
  };
  return 1;
}

/* What is raised and what saturates. */
static void
add_counts (const numsys_counts *counts, numsys_events *events)
{
  events->raised += counts->small;
  events->overflow += counts->over;
  events->saturated += counts->over;
}

size_t
numsys_lns_move (const numsys_lns_plan *plan, const numsys_lns_moves *moves,
                 size_t n, const float x[], const float steps[],
                 const uint32_t words[], float out[], numsys_events *events)
{
  numsys_counts counts = { 0 };
  size_t done = 0, some;

  do
    {
      some = plan->kernels->lns_move (moves, n - done, x + done, steps + done,
                                      words == NULL ? NULL : words + done,
                                      out + done, &counts);
      done += some;
    }
  while (some > 0);
  add_counts (&counts, events);
  return done;
}

size_t
numsys_lns_step (const numsys_lns_plan *plan, const numsys_lns_steps *constants,
                 size_t n, const uint32_t codes[], const float steps[],
                 const uint32_t words[], uint32_t out[], numsys_events *events)
{
  numsys_counts counts = { 0 };
  size_t done = 0, some;

  do
    {
      some = plan->kernels->lns_step (constants, n - done, codes + done,
                                      steps + done,
                                      words == NULL ? NULL : words + done,
                                      out + done, &counts);
      done += some;
    }
  while (some > 0);
  add_counts (&counts, events);
  return done;
}
