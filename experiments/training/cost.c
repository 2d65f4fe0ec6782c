/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a run is, and what it will cost.  */

#include <config.h>

#include <math.h>

#include "experiments/training/trainer.h"

/* Multiply-adds of floats that take as long as an operation of elements in
   the reference, in powers of ten. */
#define ELEMENT_COST 1e4

/* Operations on elements for each weight and step: of a rule, or of an
   objective's value and gradient and a rule. */
#define RULE_OPERATIONS 10

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
  objective function;
  net_shape shape;
  double points, cost;

  if (steps == 0
      || trainer_split (settings, set, &train, &validation, &test, &ignored)
           != 0
      || model_read (settings->model, set->features, set->classes, &shape,
                     &function, &ignored) != 0)
    return 0;
  points = ceil ((double) steps
                 / (double) trainer_loop_of (settings, train.count).every);
  cost = 3 * (double) settings->batch * (double) steps
         + points * (double) validation.count + (double) test.count;
  if (trainer_is_reference (settings->product))
    cost = ELEMENT_COST * (cost + RULE_OPERATIONS * (double) steps);
  return (double) trainer_parameters (&shape, &function) * cost;
}
