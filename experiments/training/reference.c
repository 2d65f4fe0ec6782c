/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference engine: forward, backward and optimizer wholly in the elements
   of one system (trajectory.h), each operation rounded once to nearest.  With
   a truth the same run goes on beside it in that system.  Events are counted
   under the role of what was made: A forward, E and G backward, U updates;
   those of the truth are not.  What the float form counts of updates
   (swallowed, flips) is not counted here.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include "experiments/training/trajectory.h"
#include "numsys/spec.h"

typedef struct reference_state
{
  trajectory path, truth;       /* truth.system NULL: there is none */
} reference_state;

static int
init (trainer *run, numsys_error *error)
{
  const trainer_parts *parts = &run->parts;
  reference_state *state = calloc (1, sizeof *state);

  run->state = state;
  run->role = run->parts.all.counts;
  if (state != NULL
      && trajectory_init (&state->path, run, parts->system) == 0
      && (parts->truth == NULL
          || trajectory_init (&state->truth, run, parts->truth) == 0))
    return 0;
  numsys_error_set (error, "no memory for the run");
  return -1;
}

static void
clear (trainer *run)
{
  reference_state *state = run->state;

  trajectory_clear (&state->path);
  trajectory_clear (&state->truth);
  free (state);
}

/* The same step in the truth; its loss. */
static double
true_step (trainer *run, size_t n, double lr)
{
  numsys_events ignored = { 0, 0, 0, 0, 0 };
  const reference_events events = { &ignored, &ignored, &ignored };
  trajectory *truth = &((reference_state *) run->state)->truth;
  size_t right = 0;
  double loss;

  if (truth->system == NULL)
    return (double) NAN;
  loss = trajectory_loss (truth, run, n, &right, &events);
  trajectory_move (truth, n, lr, &events, &ignored);
  return loss;
}

static double
step (trainer *run, size_t n, double lr)
{
  trajectory *path = &((reference_state *) run->state)->path;
  training_role_counts *role = run->role;
  const reference_events events = {
    &role[TRAINING_A].events, &role[TRAINING_E].events,
    &role[TRAINING_G].events,
  };
  size_t right = 0;
  const double loss = trajectory_loss (path, run, n, &right, &events);

  run->truth_loss = true_step (run, n, lr);
  if (isfinite (loss))
    trajectory_move (path, n, lr, &events, &role[TRAINING_U].events);
  return loss;
}

static double
evaluate (trainer *run, unsigned pass, size_t n, size_t *right)
{
  numsys_events ignored = { 0, 0, 0, 0, 0 };
  const reference_events events = { &ignored, &ignored, &ignored };
  trajectory *path = &((reference_state *) run->state)->path;

  (void) pass;
  return (double) n * trajectory_loss (path, run, n, right, &events);
}

static int
is_finite (const trainer *run)
{
  return trajectory_is_finite (&((const reference_state *) run->state)->path);
}

static double
distance (const trainer *run)
{
  const reference_state *state = run->state;

  return state->truth.system == NULL
           ? (double) NAN : trajectory_distance (&state->path, &state->truth);
}

const trainer_engine trainer_reference = {
  .init = init,
  .clear = clear,
  .step = step,
  .evaluate = evaluate,
  .is_finite = is_finite,
  .distance = distance,
};
