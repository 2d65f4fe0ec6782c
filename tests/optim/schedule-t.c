/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schedules at their ends and corners, and against the C library's cosine. */

#include <config.h>
#include <math.h>
#include "optim/optim.h"
#include "tests/tap/tap.h"

static optim_schedule *
schedule_of (const char *spec)
{
  numsys_error error;
  optim_schedule *schedule = optim_schedule_new (spec, &error);

  if (schedule == NULL)
    bail_out ("%s", error.text);
  return schedule;
}

static void
check_at (const char *spec, uint64_t t, uint64_t steps, double wanted,
          double tolerance)
{
  optim_schedule *schedule = schedule_of (spec);

  is_near (wanted, optim_schedule_factor (schedule, t, steps), tolerance,
           "%s at %d of %d", spec, (int) t, (int) steps);
  optim_schedule_free (schedule);
}

static void
check_cosine (const char *spec, double begin)
{
  optim_schedule *schedule = schedule_of (spec);
  int wrong = 0;
  double last = 1;

  for (uint64_t t = (uint64_t) begin; t < 1000; t++)
    {
      const double seen = optim_schedule_factor (schedule, t, 1000);
      const double wanted
        = (1 + cos (acos (-1) * (t - begin) / (1000 - begin))) / 2;

      wrong += !(fabs (seen - wanted) < 1e-15) || seen > last;
      last = seen;
    }
  is_int (0, wrong, "%s follows a cosine", spec);
  optim_schedule_free (schedule);
}

int
main (void)
{
  plan (23);
  check_at ("constant", 0, 10, 1, 0);
  check_at ("constant", 9, 10, 1, 0);
  check_at ("constant:warm-up=0.2", 0, 100, 0, 0);
  check_at ("constant:warm-up=0.2", 5, 100, 0.25, 0);
  check_at ("constant:warm-up=0.2", 19, 100, 0.95, 0);
  check_at ("constant:warm-up=0.2", 20, 100, 1, 0);
  check_at ("step:every=0.3,factor=0.1", 0, 100, 1, 0);
  check_at ("step:every=0.3,factor=0.1", 29, 100, 1, 0);
  check_at ("step:every=0.3,factor=0.1", 30, 100, 0.1, 0);
  check_at ("step:every=0.3,factor=0.1", 59, 100, 0.1, 0);
  check_at ("step:every=0.3,factor=0.1", 60, 100, 0.01, 1e-17);
  check_at ("step:every=0.3,factor=0.1", 99, 100, 0.001, 1e-18);
  check_at ("step:every=0.5,factor=0.5,warm-up=0.1", 5, 100, 0.5, 0);
  check_at ("step:every=0.5,factor=0.5,warm-up=0.1", 10, 100, 1, 0);
  check_at ("cosine", 0, 100, 1, 0);
  check_at ("cosine", 50, 100, 0.5, 0);
  check_at ("cosine", 100, 100, 0, 0);
  check_at ("cosine:warm-up=0.1", 0, 100, 0, 0);
  check_at ("cosine:warm-up=0.1", 10, 100, 1, 0);
  check_at ("cosine:warm-up=1", 9, 10, 0.9, 0);
  check_at ("cosine", 0, 1, 1, 0);
  check_cosine ("cosine", 0);
  check_cosine ("cosine:warm-up=0.1", 100);
  return 0;
}
