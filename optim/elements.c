/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory and operations of the element form.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "optim/elements.h"

void
optim_elements_apply (optim_elements *e, numsys_operation operation,
                      const void *a, const void *b, void *out)
{
  numsys_context context = e->context;

  context.first += e->calls * e->n;
  e->calls++;
  numsys_apply (e->system, operation, &context, e->n, a, b, NULL, out,
                e->events);
}

void
optim_elements_set_wide (optim_elements *e, const void *value, void *out,
                         size_t i)
{
  numsys_convert (optim_wide_system (e->wide), e->system, &e->nearest, 1,
                  value, numsys_element (e->system, out, i), e->events);
}

/* Element i of out = element from of in. */
static void
copy (optim_elements *e, const void *in, size_t from, void *out, size_t i)
{
  numsys_events none = { 0, 0, 0, 0, 0 };

  numsys_convert (e->system, e->system, &e->nearest, 1,
                  numsys_element (e->system, in, from),
                  numsys_element (e->system, out, i), &none);
}

void
optim_elements_fill_wide (optim_elements *e, const void *value, void *out)
{
  if (e->n > 0)
    optim_elements_set_wide (e, value, out, 0);
  for (size_t i = 1; i < e->n; i++)
    copy (e, out, 0, out, i);
}

void
optim_elements_fill (optim_elements *e, double value, void *out)
{
  if (e->n > 0)
    numsys_encode (e->system, &e->nearest, 1, &value, out, e->events);
  for (size_t i = 1; i < e->n; i++)
    copy (e, out, 0, out, i);
}

void
optim_elements_scale (optim_elements *e, double c, const void *a, void *out)
{
  optim_elements_fill (e, c, e->c);
  optim_elements_apply (e, NUMSYS_MULTIPLY, e->c, a, out);
}

void
optim_elements_blend (optim_elements *e, double beta, const void *x, void *y)
{
  optim_elements_scale (e, beta, y, y);
  optim_elements_scale (e, 1 - beta, x, e->b);
  optim_elements_apply (e, NUMSYS_ADD, y, e->b, y);
}

int
optim_elements_sign (const optim_elements *e, const void *w, size_t i)
{
  double x;

  numsys_decode (e->system, 1, numsys_element (e->system, w, i), &x);
  return (x > 0) - (x < 0);
}

void
optim_elements_hold (optim_elements *e, void *w)
{
  for (size_t i = 0; e->is_bounded && i < e->n; i++)
    {
      const void *element = numsys_element (e->system, w, i);
      const void *below = numsys_element (e->system, e->limits, 1);
      signed char order;

      numsys_compare (e->system, 1, element, e->limits, &order);
      if (order == 1)
        copy (e, e->limits, 0, w, i);
      numsys_compare (e->system, 1, element, below, &order);
      if (order == -1)
        copy (e, e->limits, 1, w, i);
    }
}

/* Every array that a step needs; -1 when memory ran out. */
static int
make_arrays (optim_elements *e)
{
  void **const arrays[] = { &e->m, &e->v, &e->a, &e->b, &e->c, &e->d };

  for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++)
    {
      *arrays[i] = numsys_elements_new (e->system, e->n);
      if (*arrays[i] == NULL)
        return -1;
    }
  e->limits = numsys_elements_new (e->system, 2);
  e->x = calloc (e->n + 1, sizeof *e->x);
  e->wide = optim_wide_new (e->system);
  if (e->limits == NULL || e->x == NULL || e->wide == NULL)
    return -1;
  if (e->type->reach == NULL)
    return 0;
  e->reach = e->type->reach (e->values);
  e->factors = numsys_elements_new (e->system, 2 * (size_t) e->reach + 1);
  return e->factors == NULL ? -1 : 0;
}

/* wmax and -wmax; -1 when memory ran out. */
static int
find_limits (optim_elements *e, const void *w)
{
  const void *rms;

  if (!e->type->is_bounded || e->values[0] == 0)
    return 0;
  rms = optim_wide_rms (e->wide, e->values[0], e->system, e->n, w);
  if (rms == NULL)
    return -1;
  e->is_bounded = 1;
  optim_elements_set_wide (e, rms, e->limits, 0);
  rms = optim_wide_of (e->wide, optim_wide_system (e->wide), rms, 1);
  optim_elements_set_wide (e, rms, e->limits, 1);
  return 0;
}

optim_elements *
optim_elements_new (const optim *rule, const numsys *system,
                    const numsys_context *context, size_t n, const void *w)
{
  optim_elements *e = calloc (1, sizeof *e);
  numsys_events events = { 0, 0, 0, 0, 0 };

  if (e == NULL)
    return NULL;
  e->type = rule->type;
  memcpy (e->values, rule->values, sizeof e->values);
  e->system = system;
  e->context = *context;
  e->nearest = numsys_context_of (NUMSYS_NEAREST);
  e->n = n;
  e->events = &events;
  if (make_arrays (e) != 0 || find_limits (e, w) != 0
      || (e->type->element_start != NULL && e->type->element_start (e, w) != 0))
    {
      optim_elements_free (e);
      return NULL;
    }
  e->events = NULL;
  return e;
}

void
optim_elements_free (optim_elements *e)
{
  if (e == NULL)
    return;
  void *const arrays[] = { e->m, e->v, e->a, e->b, e->c, e->d };

  for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++)
    if (arrays[i] != NULL)
      numsys_elements_free (e->system, e->n, arrays[i]);
  if (e->limits != NULL)
    numsys_elements_free (e->system, 2, e->limits);
  if (e->factors != NULL)
    numsys_elements_free (e->system, 2 * (size_t) e->reach + 1, e->factors);
  optim_wide_free (e->wide);
  free (e->x);
  free (e->levels);
  free (e);
}

void
optim_elements_step (optim_elements *memory, double lr, const void *g, void *w,
                     numsys_events *events)
{
  numsys_events unwanted = { 0, 0, 0, 0, 0 };

  memory->events = events != NULL ? events : &unwanted;
  memory->type->element_step (memory, lr, g, w);
  memory->events = NULL;
}
