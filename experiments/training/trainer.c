/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What both engines share: the split of the data, batches, evaluation.  */

#include <config.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include "experiments/training/trainer.h"
#include "numsys/spec.h"

static size_t
limited (size_t n, uint64_t limit)
{
  return limit == 0 || limit > n ? n : (size_t) limit;
}

int
trainer_split (const training_settings *settings, const data_set *set,
               batches_part *train, batches_part *validation,
               batches_part *test, numsys_error *error)
{
  const size_t n = set->train.count;
  size_t rest;

  if (settings->validation >= n)
    {
      numsys_error_set (error, "validation=%" PRIu64 " leaves no example to "
                        "train on: the training part has %zu",
                        settings->validation, n);
      return -1;
    }
  rest = n - (size_t) settings->validation;
  *train = (batches_part) { &set->train, 0,
                            limited (rest, settings->train_limit) };
  *validation = (batches_part) { &set->train, rest, n - rest };
  *test = (batches_part) { &set->test, 0,
                           limited (set->test.count, settings->test_limit) };
  if (train->count < settings->batch)
    {
      numsys_error_set (error, "batch=%" PRIu64 " is more than the %zu "
                        "examples to train on", settings->batch, train->count);
      return -1;
    }
  return 0;
}

/* Room for a batch, and the initial weights.  -1 when memory ran out. */
static int
make_model (trainer *run)
{
  const training_settings *settings = run->settings;
  const size_t batch = (size_t) settings->batch;

  run->order = malloc (run->train.count * sizeof run->order[0]);
  run->label = malloc (batch);
  if (run->order == NULL || run->label == NULL)
    return -1;
  run->model.batch = batch;
  if (trainer_is_objective (&run->parts))
    return 0;
  if (net_init (&run->model, &run->parts.shape, batch) != 0)
    return -1;
  run->x = net_inputs (&run->model);
  init_weights (run->parts.init, settings->seed, settings->bias_init,
                &run->model);
  return 0;
}

int
trainer_init (trainer *run, const training_settings *settings,
              const data_set *set, numsys_error *error)
{
  trainer_parts *parts = &run->parts;

  *run = (trainer) { .settings = settings, .truth_loss = (double) NAN };
  if (trainer_parts_init (parts, settings, set->features, set->classes, error)
        != 0
      || trainer_split (settings, set, &run->train, &run->validation,
                        &run->test, error) != 0)
    return -1;
  if (make_model (run) != 0)
    {
      numsys_error_set (error, "no memory for the run");
      return -1;
    }
  return parts->engine->init (run, error);
}

void
trainer_clear (trainer *run)
{
  if (run->state != NULL)
    run->parts.engine->clear (run);
  net_clear (&run->model);
  trainer_parts_clear (&run->parts);
  free (run->order);
  free (run->label);
}

void
trainer_set_watch (trainer *run, const step_watch *watch)
{
  run->watch = watch;
  run->parts.all.watch = watch != NULL ? &watch->tensors : NULL;
}

double
trainer_step (trainer *run, size_t from, double lr)
{
  const size_t n = run->model.batch;

  batches_gather (&run->train, run->parts.shape.width[0], run->order, from, n,
                  run->x, run->label);
  return run->parts.engine->step (run, n, lr);
}

void
trainer_evaluate (trainer *run, const batches_part *part, double *loss,
                  double *accuracy)
{
  const size_t batch = run->model.batch;
  unsigned pass = 0;
  double sum = 0;
  size_t right = 0;

  for (size_t from = 0; from < part->count; from += batch)
    {
      const size_t left = part->count - from;
      const size_t n = left < batch ? left : batch;

      batches_gather (part, run->parts.shape.width[0], NULL, from, n, run->x,
                      run->label);
      sum += run->parts.engine->evaluate (run, ++pass, n, &right);
    }
  *loss = part->count == 0 ? (double) NAN : sum / (double) part->count;
  *accuracy = part->count == 0 || trainer_is_objective (&run->parts)
                ? (double) NAN
                : 100 * (double) right / (double) part->count;
}
