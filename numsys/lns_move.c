/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The short way to move values of an LNS: the stored exponent looked up in the
   tables of the octave, an add, and the new value looked up.  For the grids
   that have tables and clamp, normal numbers on both sides, and steps that are
   whole or rounded to nearest; lns_shift.c does everything else, and any of
   this the same.  */

#include <config.h>
#include "numsys/lns_path.h"

/* Exponents that kernels count in 32 bits. */
static const int64_t most_exponent = INT64_C (1) << 29;

int
numsys_lns_moves_init (const numsys_lns_view *view, numsys_lns_moves *moves)
{
  const numsys_lns_grid *octave = view->octave;
  const int64_t least = view->grid.first - view->offset;
  const int64_t most = view->grid.top[0] - view->offset;

  if (octave->memory == NULL || octave->start != 0 || octave->slot != 0
      || !view->grid.clamps || least < -most_exponent || most > most_exponent)
    return 0;
  *moves = (numsys_lns_moves) {
    .index_bits = octave->index_bits,
    .first = octave->first,
    .threshold = octave->threshold,
    .value = octave->value,
    .gamma = (int32_t) octave->gamma,
    .parity = (int32_t) (view->offset & 1),
    .least = (int32_t) least,
    .most = (int32_t) most,
    .ties_away = view->grid.rounding == NUMSYS_NEAREST_AWAY,
    .whole_only = view->grid.rounding != NUMSYS_NEAREST
                  && view->grid.rounding != NUMSYS_NEAREST_AWAY,
  };
  return 1;
}

size_t
numsys_lns_move (const numsys_lns_plan *plan, const numsys_lns_moves *moves,
                 size_t n, const float x[], const float steps[], float out[],
                 numsys_events *events)
{
  numsys_counts counts = { 0 };
  size_t done = 0, some;

  do
    {
      some = plan->kernels->lns_move (moves, n - done, x + done, steps + done,
                                      out + done, &counts);
      done += some;
    }
  while (some > 0);
  events->raised += counts.small;
  events->overflow += counts.over;
  events->saturated += counts.over;
  return done;
}
