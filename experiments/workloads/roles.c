/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quantizers of a run's roles.  */

#include <config.h>
#include "experiments/workloads/roles.h"
#include "experiments/workloads/threads.h"
#include "numsys/spec.h"

/* Purposes of random words below this one belong to initial weights and to
   the order of the data (init.h). */
enum { first_purpose = 16 };

const char *const training_role_names[TRAINING_ROLES] = {
  "W", "A", "E", "G", "U", "M", "V",
};

const char *const training_role_meanings[TRAINING_ROLES] = {
  "weights, as products read them",
  "activations, the net's inputs included",
  "activation gradients (errors)",
  "weight gradients",
  "stored weights",
  "first moments of the optimizer",
  "second moments of the optimizer",
};

int
roles_init (roles *all, const char *const spec[TRAINING_ROLES], uint64_t seed,
            numsys_error *error)
{
  *all = (roles) { .seed = seed };
  for (int i = 0; i < TRAINING_ROLES; i++)
    {
      numsys_error why = { "" };

      if (spec[i] == NULL)
        continue;
      all->quantizer[i] = numsys_quantizer_new (spec[i], &why);
      if (all->quantizer[i] == NULL)
        {
          numsys_error_set (error, "role %s: %s", training_role_names[i],
                            why.text);
          roles_clear (all);
          return -1;
        }
      if (numsys_quantizer_is_identity (all->quantizer[i]))
        {
          numsys_quantizer_free (all->quantizer[i]);
          all->quantizer[i] = NULL;
        }
    }
  return 0;
}

void
roles_clear (roles *all)
{
  for (int i = 0; i < TRAINING_ROLES; i++)
    numsys_quantizer_free (all->quantizer[i]);
  *all = (roles) { .seed = 0 };
}

numsys_random
roles_random (const roles *all, training_role role, unsigned index)
{
  return numsys_random_of (all->seed, first_purpose + (unsigned) role,
                           all->pass * ROLES_TENSORS + index, all->step);
}

/* W, A and E have a tensor a layer, others two: of weights and of biases. */
static unsigned
tensors_a_layer (training_role role)
{
  return role == TRAINING_W || role == TRAINING_A || role == TRAINING_E ? 1
                                                                        : 2;
}

void
roles_show (const roles *all, training_role role, unsigned index, size_t rows,
            size_t columns, int channel_axis, const float x[],
            const numsys_random *random)
{
  const unsigned each = tensors_a_layer (role);
  const roles_tensor tensor = {
    .role = role,
    .layer = index / each,
    .is_bias = index % each != 0,
    .rows = rows,
    .columns = columns,
    .channel_axis = channel_axis,
    .x = x,
    .quantizer = all->quantizer[role],
    .random = random,
  };

  if (all->watch != NULL && all->pass == 0)
    all->watch->see (all->watch->closure, &tensor);
}

numsys_scale
roles_scale (const roles *all, training_role role, size_t n, const float x[])
{
  const numsys_quantizer *quantizer = all->quantizer[role];

  if (!all->wants_scales || quantizer == NULL
      || numsys_quantizer_scaling (quantizer) != NUMSYS_SCALE_TENSOR)
    return (numsys_scale) { 0, 0 };
  return numsys_quantizer_scale (quantizer, numsys_largest (n, x));
}

void
roles_note (roles *all, training_role role, unsigned index, size_t rows,
            size_t columns, int channel_axis, const float x[],
            const numsys_events *events)
{
  training_role_counts *counts = &all->counts[role];
  const numsys_random random = roles_random (all, role, index);

  roles_show (all, role, index, rows, columns, channel_axis, x, &random);
  if (all->pass != 0)
    return;
  counts->values += rows * columns;
  numsys_events_add (&counts->events, events);
}

const float *
roles_quantize (roles *all, training_role role, unsigned index, size_t rows,
                size_t columns, int channel_axis, const float x[], float out[])
{
  const numsys_quantizer *quantizer = all->quantizer[role];
  training_role_counts *counts = &all->counts[role];
  numsys_random random;

  if (quantizer == NULL && all->watch == NULL)
    return x;
  random = roles_random (all, role, index);
  roles_show (all, role, index, rows, columns, channel_axis, x, &random);
  if (quantizer == NULL)
    return x;
  threads_quantize (all->threads, quantizer, rows, columns, channel_axis, x,
                    &random, out, all->pass == 0 ? &counts->events : NULL);
  if (all->pass == 0)
    counts->values += rows * columns;
  return out;
}
