/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry of models, and reading their specs.  */

#include <config.h>
#include <stdio.h>
#include <string.h>
#include "experiments/workloads/model.h"
#include "numsys/spec.h"

static int
unknown (const char *name, numsys_error *error)
{
  const char *words[16];
  size_t n = 0;
  char near[64], list[200] = "";

  for (; model_types[n] != NULL; n++)
    {
      words[n] = model_types[n]->name;
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                n > 0 ? ", " : "", model_types[n]->usage);
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

int
model_shape (const char *spec, size_t features, size_t classes,
             net_shape *shape, numsys_error *error)
{
  const model_type *type;
  numsys_split split;
  size_t hidden;

  if (numsys_spec_split (spec, "model", &split, error) != 0)
    return -1;
  type = find (split.name);
  if (type == NULL)
    return unknown (split.name, error);
  if (split.count > 1 || (split.count == 1 && split.key[0] != NULL))
    {
      numsys_error_set (error, "model '%s' is not written as in %s", spec,
                        type->usage);
      return -1;
    }
  if (type->hidden (split.count == 0 ? NULL : split.value[0],
                    shape->width + 1, &hidden, error) != 0)
    return -1;
  shape->layers = hidden + 1;
  shape->width[0] = features;
  shape->width[hidden + 1] = classes;
  return 0;
}

const model_type *const model_types[] = {
  &model_mlp,
  &model_logistic,
  NULL,
};
