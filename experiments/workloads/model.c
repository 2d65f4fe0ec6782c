/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry of models, and reading their specs.  */

#include <config.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "experiments/workloads/model.h"
#include "numsys/spec.h"

/* QUADRATIC:DIMENSION,condition=..., with its presets. */
static void
append_objective (const objective_type *type, char list[], size_t room)
{
  size_t used = strlen (list);

  used += (size_t) snprintf (list + used, room - used, ", %s:%" PRId64,
                             type->name, type->params[0].preset);
  for (const numsys_param *param = type->params + 1;
       param->key != NULL && used < room; param++)
    used += (size_t) snprintf (list + used, room - used, ",%s=%" PRId64,
                               param->key, param->preset);
}

static int
unknown (const char *name, numsys_error *error)
{
  const char *words[16];
  size_t n = 0;
  char near[64], list[200] = "";

  for (const model_type *const *type = model_types; *type != NULL; type++)
    {
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                n > 0 ? ", " : "", (*type)->usage);
      words[n++] = (*type)->name;
    }
  for (const objective_type *const *type = objective_types; *type != NULL;
       type++)
    {
      append_objective (*type, list, sizeof list);
      words[n++] = (*type)->name;
    }
  numsys_nearest_word (name, n, words, near);
  numsys_error_set (error, "unknown model '%s'%s (models: %s)", name, near,
                    list);
  return -1;
}

static const model_type *
find (const char *name)
{
  for (const model_type *const *type = model_types; *type != NULL; type++)
    if (strcmp ((*type)->name, name) == 0)
      return *type;
  return NULL;
}

static const objective_type *
find_objective (const char *name)
{
  for (const objective_type *const *type = objective_types; *type != NULL;
       type++)
    if (strcmp ((*type)->name, name) == 0)
      return *type;
  return NULL;
}

static int
read_net (const model_type *type, const char *spec, const numsys_split *split,
          net_shape *shape, numsys_error *error)
{
  size_t hidden;

  if (split->count > 1 || (split->count == 1 && split->key[0] != NULL))
    {
      numsys_error_set (error, "model '%s' is not written as in %s", spec,
                        type->usage);
      return -1;
    }
  if (type->hidden (split->count == 0 ? NULL : split->value[0],
                    shape->width + 1, &hidden, error) != 0)
    return -1;
  shape->layers = hidden + 1;
  return 0;
}

int
model_read (const char *spec, size_t features, size_t classes,
            net_shape *shape, objective *of, numsys_error *error)
{
  const model_type *type;
  numsys_split split;

  *shape = (net_shape) { .layers = 0 };
  *of = (objective) { .type = NULL };
  if (numsys_spec_split (spec, "model", &split, error) != 0)
    return -1;
  of->type = find_objective (split.name);
  if (of->type != NULL)
    return numsys_params_read (split.name, of->type->params, &split,
                               of->values, error);
  type = find (split.name);
  if (type == NULL)
    return unknown (split.name, error);
  if (read_net (type, spec, &split, shape, error) != 0)
    return -1;
  shape->width[0] = features;
  shape->width[shape->layers] = classes;
  return 0;
}

const model_type *const model_types[] = {
  &model_mlp,
  &model_logistic,
  NULL,
};
