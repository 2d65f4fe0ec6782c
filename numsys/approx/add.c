/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addition on codes by an approximation: which of the two is larger, by how
   many steps, and what becomes of a result beyond the range.  */

#include <config.h>
#include "numsys/approx/parts.h"
#include "numsys/place.h"

/* The place of a + b, with unbounded range upwards. */
static numsys_place
combine (const numsys_approx *approx, const numsys_target *target,
         numsys_place a, numsys_place b, numsys_events *events)
{
  const int is_difference = a.negative != b.negative;
  numsys_place out;
  int64_t d, steps, rung;

  if (a.rung == 0 || b.rung == 0)
    return a.rung == 0 ? b : a;
  out = a.rung >= b.rung ? a : b;
  d = (int64_t) (out.rung - (a.rung >= b.rung ? b : a).rung);
  if (is_difference && d == 0)
    return (numsys_place) { NUMSYS_FINITE, 0, 0 };
  numsys_approx_apply (approx,
                       is_difference ? NUMSYS_APPROX_DIFFERENCE
                                     : NUMSYS_APPROX_SUM,
                       1, &d, &steps);
  rung = (int64_t) out.rung + (is_difference ? -steps : steps);
  if (rung >= 1)
    out.rung = (uint64_t) rung;
  else if (target->ladder->clamps (target->state))
    {
      out.rung = 1;
      events->raised++;
    }
  else
    {
      out.rung = 0;
      events->flushed++;
    }
  return out;
}

void
numsys_approx_add (const numsys_approx *approx, const numsys *system,
                   numsys_operation operation, size_t n, const uint32_t a[],
                   const uint32_t b[], uint32_t out[], numsys_events *events)
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const numsys_target target
    = numsys_target_of (ladder, numsys_state (system));
  numsys_events ignored = { 0 };

  if (events == NULL)
    events = &ignored;
  for (size_t i = 0; i < n; i++)
    {
      const numsys_place x = ladder->place (target.state, a[i]);
      numsys_place y = ladder->place (target.state, b[i]);

      if (operation == NUMSYS_SUBTRACT && y.rung != 0)
        y.negative = !y.negative;
      out[i] = numsys_place_code (combine (approx, &target, x, y, events),
                                  &target, NUMSYS_NEAREST, events);
    }
}
