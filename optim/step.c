/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step of the float form: from a rule's proposals to stored weights.

   Without shifts: the new weight is computed in float32 as optim/type.h says,
   one rounding an operation (additive: keep w, then minus d; real and
   integer: w times the factor), held to +-wmax, then brought to U's grid.
   With shifts (a multiplicative rule on an LNS grid): the change of gamma
   log2 |w| is computed in double, rounded to float32, and added to the stored
   exponent by numsys_quantize_shift, a fraction of a step by U's rounding; the
   bound then applies to the stored exponent (storage.c).  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "optim/loops.h"
#include "optim/step.h"

static const double log2e = 0x1.71547652b82fep+0;
static const optim_storage plain;   /* float32 itself */

void
optim_span_changes (const optim_span *s, const float proposal[], float out[])
{
  const optim_tensor *tensor = s->tensor;
  const double unit = s->gamma * (tensor->type->base_e ? log2e : 1);

  if (tensor->type->kind == OPTIM_REAL && !s->shifts)
    optim_factors (tensor->type->base_e, s->n, proposal, out);
  else if (tensor->type->kind == OPTIM_REAL)
    for (size_t i = 0; i < s->n; i++)
      out[i] = (float) (unit * proposal[i]);
  else if (s->shifts && tensor->c.decay == 0)
    tensor->loops->moves (s->n, s->gamma, tensor->lr, proposal, out);
  else
    tensor->loops->look_up (s->n,
                            (s->shifts ? tensor->moves : tensor->factors)
                              + tensor->reach, proposal, out);
}

/* New weights in float32. */
static void
propose (const optim_span *s, const float w[], const float proposal[],
         float fresh[])
{
  const optim_tensor *tensor = s->tensor;
  float factor[OPTIM_SLICE];

  switch (tensor->type->kind)
    {
    case OPTIM_ADDITIVE:
      tensor->loops->additive (s->n, tensor->c.keep, w, proposal, fresh);
      break;
    case OPTIM_LEVELS:
      for (size_t i = 0; i < s->n; i++)
        fresh[i] = w[i] == 0 ? w[i]
                   : copysignf (tensor->magnitudes
                                  [tensor->levels[s->first + i]], w[i]);
      break;
    default:
      optim_span_changes (s, proposal, factor);
      tensor->loops->multiplied (s->n, w, factor, fresh);
      break;
    }
  tensor->loops->held (s->n, s->limit, fresh);
}

void
optim_tally_add (const optim_tally *tally, optim_counts *counts)
{
  counts->updates += tally->updates;
  counts->swallowed += tally->swallowed;
  counts->flips += tally->flips;
  counts->bounded += tally->bounded;
}

static void
count (const optim_span *s, const float proposal[], const float w[],
       const float fresh[], optim_counts *counts)
{
  const optim_constants *c = &s->tensor->c;
  const int decays = c->keep != 1 || c->decay != 0;
  const optim_tally tally = s->tensor->loops->count (s->n, decays, s->limit,
                                                     proposal, w, fresh);

  optim_tally_add (&tally, counts);
}

/* Tells of a slice.  exact is what was to be stored; with shifts it is made
   here. */
static void
show (const optim_span *s, const float proposal[], const float steps[],
      const float w[], float exact[], const float stored[])
{
  const optim_watch *watch = s->storage->watch;
  const optim_constants *c = &s->tensor->c;
  const optim_slice seen = {
    .first = s->first,
    .n = s->n,
    .before = w,
    .exact = exact,
    .stored = stored,
    .steps = s->shifts ? steps : NULL,
    .gamma = s->gamma,
    .proposal = proposal,
    .decays = c->keep != 1 || c->decay != 0,
    .limit = s->limit,
  };

  if (s->shifts)
    {
      float factor[OPTIM_SLICE];

      for (size_t i = 0; i < s->n; i++)
        exact[i] = (float) (steps[i] / s->gamma);
      optim_factors (0, s->n, exact, factor);
      s->tensor->loops->multiplied (s->n, w, factor, exact);
      s->tensor->loops->held (s->n, s->limit, exact);
    }
  watch->slice (watch->closure, &seen);
}

void
optim_span_propose (const optim_span *s, const float g[], const float w[],
                    float proposal[])
{
  const optim_type *type = s->tensor->type;

  if (type->moments != NULL && !s->has_moments)
    type->moments (s->tensor, s->first, s->n, g, w);
  type->update (s->tensor, s->first, s->n, g, w, proposal);
}

void
optim_span_step_floats (const optim_span *s, const float g[], void *weights,
                        optim_counts *counts)
{
  float *w = weights;
  const optim_storage *storage = s->storage;
  const int is_watched = storage->watch != NULL
                         && storage->watch->slice != NULL;
  float proposal[OPTIM_SLICE], fresh[OPTIM_SLICE];
  float steps[OPTIM_SLICE], exact[OPTIM_SLICE];

  optim_span_propose (s, g, w, proposal);
  if (s->shifts)
    {
      optim_span_changes (s, proposal, steps);
      numsys_quantize_shift (storage->U, storage->scale, s->n, w, steps,
                             storage->random, s->first, fresh,
                             &counts->stored);
      s->tensor->loops->held (s->n, s->limit, fresh);
    }
  else
    {
      propose (s, w, proposal, fresh);
      if (is_watched)
        memcpy (exact, fresh, s->n * sizeof *exact);
      if (storage->U != NULL && !numsys_quantizer_is_identity (storage->U))
        numsys_quantize_at (storage->U, storage->scale, s->n, fresh,
                            storage->random, s->first, fresh,
                            &counts->stored);
    }
  count (s, proposal, w, fresh, counts);
  if (is_watched)
    show (s, proposal, steps, w, exact, fresh);
  memcpy (w, fresh, s->n * sizeof *w);
}

/* Constants and tables of the tensor's next step. */
static void
begin (optim_tensor *tensor, double lr)
{
  tensor->t++;
  tensor->loops = optim_loops_best ();
  tensor->lr = lr;
  tensor->c.lr = (float) lr;
  if (tensor->type->constants != NULL)
    tensor->type->constants (tensor, lr);
  if (tensor->type->kind == OPTIM_INTEGER)
    optim_factor_tables (tensor, lr);
}

/* Steps of U's grid in an octave. */
static double
gamma_of (const optim_storage *storage)
{
  const numsys *system = numsys_quantizer_system (storage->U);

  return (double) numsys_type_of (system)->ladder->gamma (
    numsys_state (system));
}

/* The table of moves, where factors come from a table that has a decay. */
static void
make_moves (optim_tensor *tensor, const optim_storage *storage)
{
  double gamma;

  if (tensor->c.decay == 0 || tensor->moves == NULL
      || !optim_storage_shifts (tensor, storage))
    return;
  gamma = gamma_of (storage);
  for (int i = 0; i <= 2 * tensor->reach; i++)
    tensor->moves[i] = (float) (gamma * tensor->exponents[i]);
}

/* Whether all moments are stored before the first weight moves. */
static int
stores_moments (const optim_storage *storage)
{
  return storage->M != NULL || storage->V != NULL
         || (storage->watch != NULL && storage->watch->moments != NULL);
}

void
optim_step_begin (optim_tensor *tensor, double lr,
                  const optim_storage *storage, size_t n, const float g[],
                  const float w[])
{
  storage = storage != NULL ? storage : &plain;
  begin (tensor, lr);
  make_moves (tensor, storage);
  if (!stores_moments (storage))
    return;
  if (tensor->type->moments != NULL)
    tensor->type->moments (tensor, 0, n, g, w);
  optim_storage_moments (tensor, storage);
}

optim_span
optim_span_of (optim_tensor *tensor, const optim_storage *storage,
               size_t first, size_t n)
{
  optim_span s = { .tensor = tensor, .first = first, .n = n };

  s.storage = storage != NULL ? storage : &plain;
  s.shifts = optim_storage_shifts (tensor, s.storage);
  s.limit = optim_storage_limit (tensor, s.storage);
  s.gamma = s.shifts ? gamma_of (s.storage) : 0;
  s.has_moments = stores_moments (s.storage);
  return s;
}

void
optim_step_spans (const optim_span *whole, size_t size, const float g[],
                  void *w, optim_counts *counts, optim_span_step *step)
{
  const optim_storage *storage = whole->storage;
  const size_t end = whole->first + whole->n;
  optim_counts unwanted = { .updates = 0 };
  optim_span s = *whole;

  for (; s.first < end; s.first += s.n)
    {
      s.n = end - s.first < OPTIM_SLICE ? end - s.first : OPTIM_SLICE;
      step (&s, g + s.first, (char *) w + s.first * size,
            counts != NULL ? counts : &unwanted);
      if (storage->stored != NULL)
        storage->stored (storage->closure, s.first, s.n);
    }
}

void
optim_step_part (optim_tensor *tensor, const optim_storage *storage,
                 size_t first, size_t n, const float g[], float w[],
                 optim_counts *counts)
{
  const optim_span whole = optim_span_of (tensor, storage, first, n);

  optim_step_spans (&whole, sizeof *w, g, w, counts, optim_span_step_floats);
}

void
optim_step (optim_tensor *tensor, double lr, const optim_storage *storage,
            size_t n, const float g[], float w[], optim_counts *counts)
{
  optim_step_begin (tensor, lr, storage, n, g, w);
  optim_step_part (tensor, storage, 0, n, g, w, counts);
}
