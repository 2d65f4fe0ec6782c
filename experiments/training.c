/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run from its settings to its result.

   An epoch is every whole batch of the training part, in an order of its own;
   the examples that fill no batch wait for another epoch.  The curve has a
   point at the end of each epoch, or every so many steps, and at the end of
   the run; the test part is evaluated once, then.  A run stops as diverged
   when a loss, or at a point of the curve a weight, is not finite; what is
   measured of it is measured all the same.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>
#include "experiments/trainer.h"
#include "numsys/spec.h"

/* Where a loop is. */
typedef struct loop
{
  uint64_t epoch_steps, steps, every;
  double loss;           /* sum since the last point of the curve */
  uint64_t summed;       /* steps in it */
} loop;

static double
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

static loop
loop_of (const training_settings *settings, size_t examples)
{
  const uint64_t epoch_steps = examples / settings->batch;

  return (loop) {
    .epoch_steps = epoch_steps,
    .steps = settings->epochs * epoch_steps,
    .every = settings->curve_every == 0 ? epoch_steps : settings->curve_every,
  };
}

/* Adds a point to the curve, done steps being done; -1 when memory ran out. */
static int
add_point (trainer *run, loop *at, uint64_t done, double lr,
           training_result *result)
{
  training_point *curve
    = realloc (result->curve, (result->points + 1) * sizeof curve[0]);
  training_point *point;

  if (curve == NULL)
    return -1;
  result->curve = curve;
  point = &curve[result->points++];
  *point = (training_point) {
    .step = done,
    .epoch = (double) done / (double) at->epoch_steps,
    .lr = lr,
    .train_loss = at->loss / (double) at->summed,
  };
  trainer_evaluate (run, &run->validation, &point->validation_loss,
                    &point->validation_accuracy);
  at->loss = 0;
  at->summed = 0;
  return 0;
}

/* Step t, and what is due after it.  0 to go on, 1 when the run is over, -1
   when memory ran out. */
static int
one_step (trainer *run, loop *at, uint64_t t, training_result *result)
{
  const training_settings *settings = run->settings;
  const double lr = settings->lr
                    * optim_schedule_factor (run->parts.schedule, t,
                                             at->steps);
  const uint64_t batch = t % at->epoch_steps;
  double loss;

  if (batch == 0)
    batches_order (settings->seed, (uint32_t) (t / at->epoch_steps),
                   run->train.count, run->order);
  loss = trainer_step (run, (size_t) (batch * settings->batch), lr);
  result->steps = t + 1;
  at->loss += loss;
  at->summed++;
  if (isfinite (loss) && (t + 1) % at->every != 0 && t + 1 < at->steps)
    return 0;
  if (!isfinite (loss) || !run->parts.engine->is_finite (run))
    result->status = TRAINING_DIVERGED;
  if (add_point (run, at, t + 1, lr, result) != 0)
    return -1;
  return result->status == TRAINING_DIVERGED || t + 1 == at->steps;
}

/* 0, or 1 when progress stopped the run, or -1 and a sentence. */
static int
train (trainer *run, training_progress progress, void *closure,
       training_result *result, numsys_error *error)
{
  loop at = loop_of (run->settings, run->train.count);
  int over = 0;

  for (uint64_t t = 0; over == 0; t++)
    {
      if (progress != NULL && progress (closure, t, at.steps) != 0)
        return 1;
      over = one_step (run, &at, t, result);
    }
  if (over < 0)
    numsys_error_set (error, "no memory for the training curve");
  return over < 0 ? -1 : 0;
}

static void
conclude (trainer *run, training_result *result)
{
  const training_point *last = &result->curve[result->points - 1];

  result->parameters = net_parameters (&run->parts.shape);
  result->train_loss = last->train_loss;
  result->validation_loss = last->validation_loss;
  result->validation_accuracy = last->validation_accuracy;
  trainer_evaluate (run, &run->test, &result->test_loss,
                    &result->test_accuracy);
  for (int i = 0; i < TRAINING_ROLES; i++)
    result->role[i] = run->role[i];
  result->updates = run->counts.updates;
  result->swallowed = run->counts.swallowed;
  result->flips = run->counts.flips;
  result->bounded = run->counts.bounded;
  result->dragged = run->dragged;
}

int
training_check (const training_settings *settings, numsys_error *error)
{
  trainer_parts parts;
  const int status = trainer_parts_init (&parts, settings, 1, 2, error);

  if (status == 0)
    trainer_parts_clear (&parts);
  return status;
}

int
training_run (const training_settings *settings, const data_set *set,
              training_progress progress, void *closure,
              training_result *result, numsys_error *error)
{
  const double start = now ();
  trainer run;
  int status;

  *result = (training_result) { .status = TRAINING_FINISHED };
  status = trainer_init (&run, settings, set, error);
  if (status == 0)
    status = train (&run, progress, closure, result, error);
  if (status == 0)
    conclude (&run, result);
  else
    training_result_free (result);
  trainer_clear (&run);
  result->seconds = now () - start;
  result->steps_per_second = (double) result->steps / result->seconds;
  return status;
}

void
training_result_free (training_result *result)
{
  free (result->curve);
  *result = (training_result) { .status = TRAINING_FINISHED };
}

uint64_t
training_steps (const training_settings *settings, const data_set *set)
{
  batches_part train, validation, test;
  numsys_error ignored;

  if (settings->batch == 0
      || trainer_split (settings, set, &train, &validation, &test, &ignored)
           != 0)
    return 0;
  return loop_of (settings, train.count).steps;
}

double
training_cost (const training_settings *settings, const data_set *set)
{
  const uint64_t steps = training_steps (settings, set);
  batches_part train, validation, test;
  numsys_error ignored;
  net_shape shape;
  double points;

  if (steps == 0
      || trainer_split (settings, set, &train, &validation, &test, &ignored)
           != 0
      || model_shape (settings->model, set->features, set->classes, &shape,
                      &ignored) != 0)
    return 0;
  points = ceil ((double) steps
                 / (double) loop_of (settings, train.count).every);
  return (double) net_parameters (&shape)
         * (3 * (double) settings->batch * (double) steps
            + points * (double) validation.count + (double) test.count);
}
