/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model and its rule in the elements of one system.  */

#include <config.h>
#include <math.h>
#include "experiments/training/trajectory.h"

static int
init_net (trajectory *path, const trainer *run)
{
  const trainer_parts *parts = &run->parts;

  if (reference_init (&path->net, path->system, &parts->shape,
                      run->model.batch) != 0)
    return -1;
  reference_set (&path->net, &run->model);
  path->arrays = run->model.parameters;
  for (size_t i = 0; i < path->arrays; i++)
    {
      path->length[i] = reference_length (&path->net, i);
      path->w[i] = reference_parameter (&path->net, i);
      path->g[i] = reference_gradient (&path->net, i);
    }
  return 0;
}

static int
init_function (trajectory *path, const objective *of)
{
  if (objective_init (&path->function, of, path->system) != 0)
    return -1;
  path->arrays = 1;
  path->length[0] = path->function.n;
  path->w[0] = path->function.w;
  path->g[0] = path->function.g;
  return 0;
}

int
trajectory_init (trajectory *path, const trainer *run, const numsys *system)
{
  const trainer_parts *parts = &run->parts;
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);

  *path = (trajectory) { .system = system };
  if ((trainer_is_objective (parts)
         ? init_function (path, &parts->function)
         : init_net (path, run)) != 0)
    return -1;
  for (size_t i = 0; i < path->arrays; i++)
    {
      path->memory[i] = optim_elements_new (parts->rule, system, &context,
                                            path->length[i], path->w[i]);
      if (path->memory[i] == NULL)
        return -1;
    }
  return 0;
}

void
trajectory_clear (trajectory *path)
{
  for (size_t i = 0; i < TRAJECTORY_MOST_ARRAYS; i++)
    optim_elements_free (path->memory[i]);
  reference_clear (&path->net);
  objective_clear (&path->function);
  *path = (trajectory) { .system = NULL };
}

double
trajectory_loss (trajectory *path, const trainer *run, size_t n,
                 size_t *right, const reference_events *events)
{
  const void *loss = path->function.value;
  double x;

  if (loss != NULL)
    path->function.of.type->evaluate (&path->function, events->A, events->G);
  else
    {
      reference_forward (&path->net, n, run->x, events);
      loss = reference_loss (&path->net, n, run->label, right, events);
    }
  numsys_decode (path->system, 1, loss, &x);
  return x;
}

void
trajectory_move (trajectory *path, size_t n, double lr,
                 const reference_events *events, numsys_events *U)
{
  if (path->function.value == NULL)
    reference_backward (&path->net, n, events);
  for (size_t i = 0; i < path->arrays; i++)
    optim_elements_step (path->memory[i], lr, path->g[i], path->w[i], U);
}

int
trajectory_is_finite (const trajectory *path)
{
  for (size_t i = 0; i < path->arrays; i++)
    for (size_t j = 0; j < path->length[i]; j++)
      {
        double w;

        numsys_decode (path->system, 1,
                       numsys_element (path->system, path->w[i], j), &w);
        if (!isfinite (w))
          return 0;
      }
  return 1;
}
