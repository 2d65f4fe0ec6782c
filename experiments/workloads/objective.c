/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry of objectives, and what all of them share.  */

#include <config.h>
#include "experiments/workloads/objective.h"

size_t
objective_length (const objective *of)
{
  return (size_t) of->values[0];
}

void *
objective_at (const objective_elements *e, const void *elements, size_t i)
{
  return numsys_element (e->system, elements, i);
}

void
objective_apply (const objective_elements *e, numsys_operation operation,
                 size_t n, const void *a, const void *b, void *out,
                 numsys_events *events)
{
  numsys_apply (e->system, operation, &e->context, n, a, b, NULL, out,
                events);
}

void
objective_apply_one (const objective_elements *e, numsys_operation operation,
                     size_t n, const void *a, const void *b, void *out,
                     numsys_events *events)
{
  for (size_t i = 0; i < n; i++)
    objective_apply (e, operation, 1, objective_at (e, a, i), b,
                     objective_at (e, out, i), events);
}

/* Places the arrays in the arena. */
static void
lay_out (objective_elements *e)
{
  const objective_type *type = e->of.type;
  size_t used = 0;

  e->w = objective_at (e, e->arena, used), used += e->n;
  e->g = objective_at (e, e->arena, used), used += e->n;
  e->value = objective_at (e, e->arena, used), used += 1;
  for (size_t k = 0; k < type->constants; k++, used += e->n)
    e->constant[k] = objective_at (e, e->arena, used);
  for (size_t k = 0; k < type->works; k++, used += e->n)
    e->work[k] = objective_at (e, e->arena, used);
}

static void
set (objective_elements *e, void *array, size_t i, double x)
{
  numsys_events ignored = { 0, 0, 0, 0, 0 };

  numsys_encode (e->system, &e->context, 1, &x, objective_at (e, array, i),
                 &ignored);
}

int
objective_init (objective_elements *e, const objective *of,
                const numsys *system)
{
  const objective_type *type = of->type;

  *e = (objective_elements) {
    .of = *of,
    .system = system,
    .context = numsys_context_of (NUMSYS_NEAREST),
    .n = objective_length (of),
  };
  e->elements = (2 + type->constants + type->works) * e->n + 1;
  e->arena = numsys_elements_new (system, e->elements);
  if (e->arena == NULL)
    return -1;
  lay_out (e);
  for (size_t i = 0; i < e->n; i++)
    {
      set (e, e->w, i, type->start (of->values, i));
      for (size_t k = 0; k < type->constants; k++)
        set (e, e->constant[k], i, type->constant (of->values, k, i));
    }
  return 0;
}

void
objective_clear (objective_elements *e)
{
  if (e->arena != NULL)
    numsys_elements_free (e->system, e->elements, e->arena);
  *e = (objective_elements) { .arena = NULL };
}

const objective_type *const objective_types[] = {
  &objective_quadratic,
  &objective_rosenbrock,
  NULL,
};
