/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a run is, and what it will cost.  */

#include <config.h>

#include <math.h>

#include "experiments/trainer.h"

trainer_loop
trainer_loop_of (const training_settings *settings, size_t examples)
{
  const uint64_t epoch_steps = examples / settings->batch;

  return (trainer_loop) {
    .epoch_steps = epoch_steps,
    .steps = settings->epochs * epoch_steps,
    .every = settings->curve_every == 0 ? epoch_steps : settings->curve_every,
  };
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
  return trainer_loop_of (settings, train.count).steps;
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
                 / (double) trainer_loop_of (settings, train.count).every);
  return (double) net_parameters (&shape)
         * (3 * (double) settings->batch * (double) steps
            + points * (double) validation.count + (double) test.count);
}
