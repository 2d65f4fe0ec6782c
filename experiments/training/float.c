/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The float engine: float32 arrays, quantized where the roles say so.

   Stored weights lie on U's grid from the start.  U's scale is set there and
   then, once for each tensor: from the bound that the rule keeps its weights
   in, or else from the largest initial weight times a headroom.  It never
   follows the data, or one growing weight would drag all others; unless
   U-scale=data asks for just that: then the rule moves weights in float32, the
   scale comes from the largest of the moved ones, and all are rounded to it.

   Where rule, U and W allow, weights are stored as codes and nowhere else: a
   step moves exponents, and W is made of exponents.  Floats of them are made
   for who watches.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "experiments/training/trainer.h"
#include "experiments/workloads/loss.h"
#include "experiments/workloads/threads.h"
#include "numsys/spec.h"

typedef struct float_state
{
  optim_tensor *memory[2 * NET_MOST_LAYERS];   /* of each parameter */
  numsys_scale scale[2 * NET_MOST_LAYERS];     /* of each parameter in U */
  float *before, *again;   /* where scales follow the data: a parameter's
                              stored weights before a step, and those on its
                              new grid */
} float_state;

/* Puts the initial weights of a tensor on U's grid. */
static void
store_initial (trainer *run, unsigned i, float bound)
{
  const numsys_quantizer *U = run->parts.all.quantizer[TRAINING_U];
  const net_parameter *parameter = &run->model.parameter[i];
  const numsys_random random
    = roles_random (&run->parts.all, TRAINING_U, i);
  float_state *state = run->state;

  if (run->parts.follows_data)
    bound = numsys_largest (parameter->n, parameter->w);
  else if (bound == 0)
    bound = TRAINER_HEADROOM * numsys_largest (parameter->n, parameter->w);
  state->scale[i] = numsys_quantizer_scale (U, bound);
  numsys_quantize_at (U, state->scale[i], parameter->n, parameter->w, &random,
                      0, parameter->w, NULL);
}

/* Room to compare the largest parameter with what it was; -1 without memory. */
static int
make_room (const trainer *run, float_state *state)
{
  size_t most = 0;

  if (!run->parts.follows_data)
    return 0;
  for (unsigned i = 0; i < run->model.parameters; i++)
    if (run->model.parameter[i].n > most)
      most = run->model.parameter[i].n;
  state->before = calloc (most, sizeof *state->before);
  state->again = calloc (most, sizeof *state->again);
  return state->before == NULL || state->again == NULL ? -1 : 0;
}

/* Random words of the initial weights are those of step 0; the first step of
   training is 1. */
static int
init (trainer *run, numsys_error *error)
{
  float_state *state = calloc (1, sizeof *state);

  run->state = state;
  run->role = run->parts.all.counts;
  for (unsigned i = 0; state != NULL && i < run->model.parameters; i++)
    {
      const net_parameter *parameter = &run->model.parameter[i];

      state->memory[i] = optim_tensor_new (run->parts.rule, parameter->n,
                                           parameter->w);
      if (state->memory[i] == NULL)
        {
          numsys_error_set (error, "no memory for the optimizer");
          return -1;
        }
      if (run->parts.all.quantizer[TRAINING_U] != NULL)
        store_initial (run, i, optim_tensor_bound (state->memory[i]));
      if (trainer_keep_codes (run, state->memory[i], i, state->scale[i]) != 0)
        {
          numsys_error_set (error, "no memory for stored weights");
          return -1;
        }
    }
  if (state != NULL && make_room (run, state) == 0)
    return 0;
  numsys_error_set (error, "no memory for the run");
  return -1;
}

static void
clear (trainer *run)
{
  float_state *state = run->state;

  for (size_t i = 0; i < 2 * NET_MOST_LAYERS; i++)
    optim_tensor_free (state->memory[i]);
  free (state->before);
  free (state->again);
  free (state);
}

/* Chooses the scale anew from weights that a step moved, in float32, from
   those in state->before, and stores them.  A weight at the rule's own bound
   may have been held to it without an update: it is no swallowed one. */
static void
store_anew (trainer *run, unsigned i, const numsys_random *random)
{
  const numsys_quantizer *U = run->parts.all.quantizer[TRAINING_U];
  const net_parameter *parameter = &run->model.parameter[i];
  float_state *state = run->state;
  const float held = optim_tensor_bound (state->memory[i]);
  const float bound = held > 0 ? held : INFINITY;
  const size_t n = parameter->n;

  for (size_t j = 0; j < n; j++)
    state->again[j] = parameter->w[j] != state->before[j]
                      && fabsf (parameter->w[j]) < bound;
  state->scale[i] = numsys_quantizer_scale (U, numsys_largest (n,
                                                               parameter->w));
  numsys_quantize_at (U, state->scale[i], n, parameter->w, random, 0,
                      parameter->w, &run->counts.stored);
  for (size_t j = 0; j < n; j++)
    run->counts.swallowed += state->again[j] != 0
                             && parameter->w[j] == state->before[j];
  numsys_quantize_at (U, state->scale[i], n, state->before, random, 0,
                      state->again, NULL);
  for (size_t j = 0; j < n; j++)
    run->dragged += state->again[j] != state->before[j];
}

/* A parameter that its layer quantizes as it is stored. */
typedef struct weights
{
  const roles *all;
  dense *layer;
} weights;

static void
store (void *closure, size_t first, size_t n)
{
  const weights *to = closure;

  dense_store (to->layer, to->all, first, n);
}

/* Moves the weights of parameter i.  Threads cannot tell a layer of slices in
   order; the weights are quantized once all are stored, then. */
static void
move (trainer *run, unsigned i, double lr, optim_storage *storage)
{
  const roles *all = &run->parts.all;
  const net_parameter *parameter = &run->model.parameter[i];
  const float_state *state = run->state;

  if (run->watch != NULL)
    trainer_watched_step (run, state->memory[i], i, lr, storage);
  else if (threads_pay_for_numbers (all->threads, parameter->n))
    {
      const int is_told = storage->stored != NULL;

      storage->stored = NULL;
      trainer_shared_step (run, state->memory[i], i, lr, storage);
      if (is_told)
        dense_store_all (&run->model.layer[i / 2], all);
    }
  else
    trainer_lone_step (run, state->memory[i], i, lr, storage);
}

static void
update (trainer *run, double lr)
{
  roles *all = &run->parts.all;
  float_state *state = run->state;

  for (unsigned i = 0; i < run->model.parameters; i++)
    {
      const net_parameter *parameter = &run->model.parameter[i];
      const numsys_random random = roles_random (all, TRAINING_U, i);
      weights to = { all, &run->model.layer[i / 2] };
      optim_storage storage = {
        .U = run->parts.follows_data ? NULL : all->quantizer[TRAINING_U],
        .scale = state->scale[i],
        .M = all->quantizer[TRAINING_M],
        .V = all->quantizer[TRAINING_V],
        .random = &random,
        /* A layer's weights come before its biases. */
        .stored = i % 2 == 0 && !run->parts.follows_data ? store : NULL,
        .closure = &to,
      };

      if (run->parts.follows_data)
        memcpy (state->before, parameter->w,
                parameter->n * sizeof *state->before);
      move (run, i, lr, &storage);
      if (run->parts.follows_data)
        store_anew (run, i, &random);
      if (i % 2 == 0 && all->watch != NULL)
        dense_decode (&run->model.layer[i / 2]);
      roles_show (all, TRAINING_U, i, 1, parameter->n, 0, parameter->w,
                  &random);
      if (all->quantizer[TRAINING_U] != NULL)
        all->counts[TRAINING_U].values += parameter->n;
    }
  all->counts[TRAINING_U].events = run->counts.stored;
}

static const float *
forward (trainer *run, size_t n)
{
  net_prepare (&run->model, &run->parts.all);
  return net_forward (&run->model, &run->parts.all, &run->parts.product, n,
                      run->x);
}

static double
step (trainer *run, size_t n, double lr)
{
  const net *model = &run->model;
  const dense *last = &model->layer[model->layers - 1];
  size_t right = 0;
  double loss;

  run->parts.all.step++;
  loss = loss_softmax (n, last->out, forward (run, n), run->label, last->e,
                       &right) / (double) n;
  if (!isfinite (loss))
    return loss;
  net_backward (&run->model, &run->parts.all, &run->parts.product, n);
  update (run, lr);
  return loss;
}

static double
evaluate (trainer *run, unsigned pass, size_t n, size_t *right)
{
  const net *model = &run->model;
  double loss;

  run->parts.all.pass = pass;
  loss = loss_softmax (n, model->layer[model->layers - 1].out,
                       forward (run, n), run->label, NULL, right);
  run->parts.all.pass = 0;
  return loss;
}

/* Where there are codes floats are old, but all codes are finite. */
static int
is_finite (const trainer *run)
{
  for (size_t i = 0; i < run->model.parameters; i++)
    for (size_t j = 0; j < run->model.parameter[i].n; j++)
      if (!isfinite (run->model.parameter[i].w[j]))
        return 0;
  return 1;
}

const trainer_engine trainer_float = {
  .init = init,
  .clear = clear,
  .step = step,
  .evaluate = evaluate,
  .is_finite = is_finite,
};
