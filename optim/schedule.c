/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Learning rates over a run: a factor of the rate at step t of T.

   With a warm-up of W = warm-up T steps the factor is t / W while t < W.
   After it, and from t = 0 without one:
     constant  1
     step      factor^k once k every T steps of the whole run are behind
     cosine    (1 + cos (pi (t - W) / (T - W))) / 2, 0 at t = T

   Computed in double with our own cosine.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/elementary.h"
#include "optim/type.h"

#define WARM_UP                                                               \
  { "warm-up", 0, 0, 1, "share of all steps that raise the rate from 0", 0 }

static const optim_param constant_params[] = {
  WARM_UP,
  { NULL, 0, 0, 0, NULL, 0 },
};

static const optim_param step_params[] = {
  { "every", 0.3, 1e-4, 1, "share of all steps between two drops", 0 },
  { "factor", 0.1, 0, 1, "what a drop multiplies the rate by", 0 },
  WARM_UP,
  { NULL, 0, 0, 0, NULL, 0 },
};

enum { every, factor, warm_up_of_step };

static double
constant_at (const double values[], double t, double begin, double steps)
{
  (void) values;
  (void) t;
  (void) begin;
  (void) steps;
  return 1;
}

static double
step_at (const double values[], double t, double begin, double steps)
{
  double y = 1;

  (void) begin;
  for (int k = 1; k * values[every] * steps <= t; k++)
    y *= values[factor];
  return y;
}

static double
cosine_at (const double values[], double t, double begin, double steps)
{
  (void) values;
  return (1 + numsys_cos (0x1.921fb54442d18p+1 * (t - begin)
                          / (steps - begin)))
         / 2;
}

static const struct optim_shape
{
  const char *name;
  const optim_param *params;
  int warm_up;   /* which parameter that is */
  double (*at) (const double values[], double t, double begin, double steps);
} shapes[] = {
  { "constant", constant_params, 0, constant_at },
  { "step", step_params, warm_up_of_step, step_at },
  { "cosine", constant_params, 0, cosine_at },
};

enum { shape_count = sizeof shapes / sizeof shapes[0] };

struct optim_schedule
{
  const struct optim_shape *shape;
  double values[OPTIM_MOST_PARAMS];
  char spec[256];
};

static const struct optim_shape *
find (const char *name, numsys_error *error)
{
  const char *names[shape_count];

  for (size_t i = 0; i < shape_count; i++)
    {
      names[i] = shapes[i].name;
      if (strcmp (names[i], name) == 0)
        return &shapes[i];
    }
  optim_unknown_name ("schedule", name, shape_count, names, error);
  return NULL;
}

void
optim_schedule_free (optim_schedule *schedule)
{
  free (schedule);
}

const char *
optim_schedule_spec (const optim_schedule *schedule)
{
  return schedule->spec;
}

double
optim_schedule_factor (const optim_schedule *schedule, uint64_t t,
                       uint64_t steps)
{
  const struct optim_shape *shape = schedule->shape;
  const double begin = schedule->values[shape->warm_up] * (double) steps;

  if ((double) t < begin)
    return (double) t / begin;
  return shape->at (schedule->values, (double) t, begin, (double) steps);
}

optim_schedule *
optim_schedule_new (const char *spec, numsys_error *error)
{
  numsys_split split;
  const struct optim_shape *shape;
  optim_schedule *schedule;

  if (numsys_spec_split (spec, "schedule", &split, error) != 0)
    return NULL;
  shape = find (split.name, error);
  if (shape == NULL)
    return NULL;
  schedule = calloc (1, sizeof *schedule);
  if (schedule == NULL)
    {
      numsys_error_set (error, "no memory for schedule '%s'", spec);
      return NULL;
    }
  schedule->shape = shape;
  if (optim_values_read (&split, shape->params, schedule->values, error) != 0)
    {
      free (schedule);
      return NULL;
    }
  optim_values_print (shape->name, shape->params, schedule->values,
                      sizeof schedule->spec, schedule->spec);
  return schedule;
}
