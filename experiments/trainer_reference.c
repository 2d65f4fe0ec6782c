/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference engine: forward, backward and optimizer wholly in the elements
   of one system (experiments/workloads/reference.h), each operation rounded
   once to nearest.  Events are counted under the role of what was made: A
   forward, E and G backward, U updates.  What the float form counts of updates
   (swallowed, flips) is not counted here.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include "experiments/trainer.h"
#include "experiments/workloads/reference.h"
#include "numsys/spec.h"

typedef struct reference_state
{
  reference model;
  optim_elements *memory[2 * NET_MOST_LAYERS];   /* of each parameter */
} reference_state;

static int
init (trainer *run, numsys_error *error)
{
  const trainer_parts *parts = &run->parts;
  reference_state *state = calloc (1, sizeof *state);
  int status;

  run->state = state;
  run->role = run->parts.all.counts;
  status = state == NULL
             ? -1 : reference_init (&state->model, parts->system,
                                    &parts->shape, run->model.batch);
  if (status == 0)
    reference_set (&state->model, &run->model);
  for (size_t i = 0; status == 0 && i < run->model.parameters; i++)
    {
      state->memory[i]
        = optim_elements_new (parts->rule, parts->system,
                              &state->model.context,
                              reference_length (&state->model, i),
                              reference_parameter (&state->model, i));
      status = state->memory[i] != NULL ? 0 : -1;
    }
  if (status != 0)
    numsys_error_set (error, "no memory for the run");
  return status;
}

static void
clear (trainer *run)
{
  reference_state *state = run->state;

  for (size_t i = 0; i < 2 * NET_MOST_LAYERS; i++)
    optim_elements_free (state->memory[i]);
  reference_clear (&state->model);
  free (state);
}

/* Mean loss of the first n examples, and the gradient of their logits. */
static double
forward (trainer *run, size_t n, size_t *right,
         const reference_events *events)
{
  reference *model = &((reference_state *) run->state)->model;
  double loss;

  reference_forward (model, n, run->x, events);
  numsys_decode (model->system, 1,
                 reference_loss (model, n, run->label, right, events), &loss);
  return loss;
}

static double
step (trainer *run, size_t n, double lr)
{
  reference_state *state = run->state;
  training_role_counts *role = run->role;
  const reference_events events = {
    &role[TRAINING_A].events, &role[TRAINING_E].events,
    &role[TRAINING_G].events,
  };
  size_t right = 0;
  const double loss = forward (run, n, &right, &events);

  if (!isfinite (loss))
    return loss;
  reference_backward (&state->model, n, &events);
  for (size_t i = 0; i < run->model.parameters; i++)
    optim_elements_step (state->memory[i], lr,
                         reference_gradient (&state->model, i),
                         reference_parameter (&state->model, i),
                         &role[TRAINING_U].events);
  return loss;
}

static double
evaluate (trainer *run, unsigned pass, size_t n, size_t *right)
{
  numsys_events ignored = { 0, 0, 0, 0, 0 };
  const reference_events events = { &ignored, &ignored, &ignored };

  (void) pass;
  return (double) n * forward (run, n, right, &events);
}

static int
is_finite (const trainer *run)
{
  const reference *model = &((const reference_state *) run->state)->model;

  for (size_t i = 0; i < run->model.parameters; i++)
    for (size_t j = 0; j < reference_length (model, i); j++)
      {
        double w;

        numsys_decode (model->system, 1,
                       numsys_element (model->system,
                                       reference_parameter (model, i), j),
                       &w);
        if (!isfinite (w))
          return 0;
      }
  return 1;
}

const trainer_engine trainer_reference = {
  .init = init,
  .clear = clear,
  .step = step,
  .evaluate = evaluate,
  .is_finite = is_finite,
};
