/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a run, from its settings.  */

#include <config.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "experiments/training/trainer.h"
#include "numsys/spec.h"

/* The sentence for a name that is none of words[0..n). */
static int
unknown (const char *what, const char *name, size_t n,
         const char *const words[], numsys_error *error)
{
  char near[64], list[200] = "";

  for (size_t i = 0; i < n; i++)
    snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
              i > 0 ? ", " : "", words[i]);
  numsys_nearest_word (name, n, words, near);
  numsys_error_set (error, "unknown %s '%s'%s (%ss: %s)", what, name, near,
                    what, list);
  return -1;
}

/* An objective has no examples, and a net must have some. */
static int
check_data (const trainer_parts *parts, const training_settings *settings,
            numsys_error *error)
{
  const int is_none = settings->data != NULL
                      && strcmp (settings->data, "none") == 0;

  if (settings->data == NULL || is_none == trainer_is_objective (parts))
    return 0;
  if (is_none)
    numsys_error_set (error, "model %s learns from examples, but data = none "
                      "has none", settings->model);
  else
    numsys_error_set (error, "model %s is an objective and has no examples: "
                      "data must be none, not %s", settings->model,
                      settings->data);
  return -1;
}

static int
read_init (trainer_parts *parts, const char *name, numsys_error *error)
{
  const char *words[16];
  size_t n = 0;

  parts->init = init_find (name);
  if (parts->init != NULL)
    return 0;
  for (; init_types[n] != NULL; n++)
    words[n] = init_types[n]->name;
  return unknown ("init", name, n, words, error);
}

static int
read_u_scale (trainer_parts *parts, const char *word, numsys_error *error)
{
  static const char *const words[] = { "initial", "data" };

  if (word == NULL)
    word = words[0];
  parts->follows_data = strcmp (word, words[1]) == 0;
  if (parts->follows_data || strcmp (word, words[0]) == 0)
    return 0;
  return unknown ("U-scale", word, 2, words, error);
}

/* Roles that the engine, or the stored weights, cannot take. */
static int
check_roles (const trainer_parts *parts, numsys_error *error)
{
  const numsys_quantizer *U = parts->all.quantizer[TRAINING_U];
  numsys_scaling scaling;

  for (int i = 0; parts->system != NULL && i < TRAINING_ROLES; i++)
    if (parts->all.quantizer[i] != NULL)
      {
        numsys_error_set (error, "role %s: %s, but product reference "
                          "computes in %s alone, so every role must be fp32",
                          training_role_names[i],
                          numsys_quantizer_spec (parts->all.quantizer[i]),
                          numsys_spec (parts->system));
        return -1;
      }
  scaling = U == NULL ? NUMSYS_SCALE_NONE : numsys_quantizer_scaling (U);
  if (parts->follows_data && scaling == NUMSYS_SCALE_NONE)
    {
      numsys_error_set (error, "U-scale = data, but U = %s has no scale that "
                        "could follow the data",
                        U == NULL ? "fp32" : numsys_quantizer_spec (U));
      return -1;
    }
  if (scaling == NUMSYS_SCALE_NONE || scaling == NUMSYS_SCALE_TENSOR)
    return 0;
  numsys_error_set (error, "role U: %s, but each stored tensor has one "
                    "scale: scale=tensor or scale=none",
                    numsys_quantizer_spec (U));
  return -1;
}

static int
check_numbers (const training_settings *settings, numsys_error *error)
{
  const struct { const char *name; double value; } numbers[] = {
    { "lr", settings->lr }, { "bias_init", settings->bias_init },
  };
  const struct { const char *name; uint64_t value, most; } counts[] = {
    { "epochs", settings->epochs, 1000000 },
    { "batch", settings->batch, 1000000 },
  };

  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
    if (!isfinite (numbers[i].value) || numbers[i].value < 0)
      {
        numsys_error_set (error, "%s=%g is not a finite number from 0 up",
                          numbers[i].name, numbers[i].value);
        return -1;
      }
  for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
    if (counts[i].value < 1 || counts[i].value > counts[i].most)
      {
        numsys_error_set (error, "%s=%" PRIu64 " is not a whole number from 1 "
                          "to %" PRIu64, counts[i].name, counts[i].value,
                          counts[i].most);
        return -1;
      }
  return 0;
}

static int
read_rule (trainer_parts *parts, const training_settings *settings,
           numsys_error *error)
{
  parts->rule = optim_new (settings->optimizer, error);
  if (parts->rule != NULL)
    parts->schedule = optim_schedule_new (settings->schedule, error);
  return parts->schedule != NULL ? 0 : -1;
}

int
trainer_parts_init (trainer_parts *parts, const training_settings *settings,
                    size_t features, size_t classes, numsys_error *error)
{
  *parts = (trainer_parts) { .engine = NULL };
  if (check_numbers (settings, error) == 0
      && model_read (settings->model, features, classes, &parts->shape,
                     &parts->function, error) == 0
      && check_data (parts, settings, error) == 0
      && read_init (parts, settings->init, error) == 0
      && roles_init (&parts->all, settings->role, settings->seed, error) == 0
      && trainer_read_products (parts, settings, error) == 0
      && read_u_scale (parts, settings->U_scale, error) == 0
      && check_roles (parts, error) == 0
      && read_rule (parts, settings, error) == 0)
    {
      parts->all.threads = parts->product.threads = settings->threads;
      return 0;
    }
  trainer_parts_clear (parts);
  return -1;
}

int
trainer_is_objective (const trainer_parts *parts)
{
  return parts->function.type != NULL;
}

size_t
trainer_parameters (const net_shape *shape, const objective *function)
{
  return function->type != NULL ? objective_length (function)
                                : net_parameters (shape);
}

void
trainer_parts_tell (const trainer_parts *parts,
                    char out[PRODUCTS][TRAINING_TOLD])
{
  const products *product = &parts->product;

  for (int i = 0; i < PRODUCTS; i++)
    {
      out[i][0] = '\0';
      if (product->type[i] != NULL && product->type[i]->tell != NULL)
        product->type[i]->tell (product->state[i], out[i], TRAINING_TOLD);
    }
}

void
trainer_parts_clear (trainer_parts *parts)
{
  products_clear (&parts->product);
  roles_clear (&parts->all);
  numsys_free (parts->system);
  numsys_free (parts->truth);
  optim_free (parts->rule);
  optim_schedule_free (parts->schedule);
  *parts = (trainer_parts) { .engine = NULL };
}
