/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run from its settings to its result.

   An epoch is every whole batch of the training part, in an order of its own;
   the examples that fill no batch wait for another epoch.  The curve has a
   point at the end of each epoch, or every so many steps, and at the end of
   the run; the test part is evaluated once, then.  A run stops as diverged
   when a loss, or at a point of the curve a weight, is not finite; what is
   measured of it is measured all the same.  */

#include <config.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>
#include "experiments/probes/plan.h"
#include "experiments/probes/probe.h"
#include "experiments/training/trainer.h"
#include "numsys/spec.h"

static double
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

/* Adds a point to the curve, done steps being done; -1 when memory ran out. */
static int
add_point (trainer *run, trainer_loop *at, uint64_t done, double lr,
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
    .truth_loss = at->truth_loss / (double) at->summed,
    .distance = result->status == TRAINING_DIVERGED
                || run->parts.truth == NULL
                  ? (double) NAN : run->parts.engine->distance (run),
  };
  trainer_evaluate (run, &run->validation, &point->validation_loss,
                    &point->validation_accuracy);
  at->loss = 0;
  at->truth_loss = 0;
  at->summed = 0;
  return 0;
}

/* Has the step measured if that is due. */
static void
watch (trainer *run, const trainer_loop *at, uint64_t step)
{
  const int is_due = run->probe != NULL
                     && probe_plan_is_due (&at->probes, step, at->epoch_steps,
                                           at->steps);

  if (run->shown != NULL && step == run->shown_step)
    trainer_set_watch (run, run->shown);
  else
    trainer_set_watch (run, !is_due ? NULL
                              : probe_watch (run->probe, step,
                                             (double) step
                                               / (double) at->epoch_steps));
}

/* Step t, and what is due after it.  0 to go on, 1 when the run is over, -1
   when memory ran out. */
static int
one_step (trainer *run, trainer_loop *at, uint64_t t, training_result *result)
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
  watch (run, at, t + 1);
  loss = trainer_step (run, (size_t) (batch * settings->batch), lr);
  result->steps = t + 1;
  at->loss += loss;
  at->truth_loss += run->truth_loss;
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
  trainer_loop at = trainer_loop_of (run->settings, run->train.count);
  int over = 0;

  if (run->probe != NULL
      && probe_plan_read (run->settings->probe, &at.probes, error) != 0)
    return -1;
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

/* The probe of a run, if its settings ask for one. */
static int
start_probe (trainer *run, numsys_error *error)
{
  const training_settings *settings = run->settings;
  numsys_error why = { "" };
  probe_plan plan;

  if (settings->probe == NULL)
    return 0;
  if (probe_plan_read (settings->probe, &plan, &why) == 0)
    {
      if (plan.when == PROBE_NEVER)
        return 0;
      run->probe = probe_new (&run->parts.all,
                              settings->probe_specs != NULL
                                ? settings->probe_specs : PROBE_NO_SPECS,
                              &why);
    }
  if (run->probe != NULL)
    return 0;
  numsys_error_set (error, "probes: %s", why.text);
  return -1;
}

static void
conclude (trainer *run, training_result *result)
{
  const training_point *last = &result->curve[result->points - 1];

  result->parameters = trainer_parameters (&run->parts.shape,
                                           &run->parts.function);
  result->has_examples = !trainer_is_objective (&run->parts);
  result->has_truth = run->parts.truth != NULL;
  result->distance = last->distance;
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
  if (run->probe != NULL)
    probe_finish (run->probe, result->probe_block);
  result->dragged = run->dragged;
  trainer_parts_tell (&run->parts, result->product);
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
    status = start_probe (&run, error);
  if (status == 0)
    status = train (&run, progress, closure, result, error);
  if (status == 0)
    conclude (&run, result);
  else
    training_result_free (result);
  probe_free (run.probe);
  trainer_clear (&run);
  result->seconds = now () - start;
  result->steps_per_second = (double) result->steps / result->seconds;
  return status;
}

static int
stop_after (void *closure, uint64_t done, uint64_t steps)
{
  (void) steps;
  return done == *(const uint64_t *) closure;
}

int
training_show (const training_settings *settings, const data_set *set,
               uint64_t step, const roles_watch *watch, numsys_error *error)
{
  const uint64_t steps = training_steps (settings, set);
  const step_watch shown = { .tensors = *watch };
  training_result result = { .status = TRAINING_FINISHED };
  trainer run;
  int status;

  if (step < 1 || step > steps)
    {
      numsys_error_set (error, "step %" PRIu64 ": the run has steps 1 to %"
                        PRIu64, step, steps);
      return -1;
    }
  status = trainer_init (&run, settings, set, error);
  run.shown = &shown;
  run.shown_step = step;
  if (status == 0)
    status = train (&run, stop_after, &step, &result, error);
  if (status == 0 && result.steps < step)
    {
      numsys_error_set (error, "step %" PRIu64 ": the run diverged at step %"
                        PRIu64, step, result.steps);
      status = -1;
    }
  training_result_free (&result);
  trainer_clear (&run);
  return status < 0 ? -1 : 0;
}

void
training_result_free (training_result *result)
{
  free (result->curve);
  for (size_t i = 0; i < sizeof result->probe_block
                             / sizeof result->probe_block[0]; i++)
    free (result->probe_block[i]);
  *result = (training_result) { .status = TRAINING_FINISHED };
}
