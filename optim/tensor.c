/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule's memory of one tensor: moments, the bound wmax, tables.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "optim/type.h"

/* p_scale times the root mean square of w, the sum taken in double from the
   first element to the last. */
static float
bound_of (double p_scale, size_t n, const float w[])
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += (double) w[i] * w[i];
  return n == 0 ? 0 : (float) (p_scale * sqrt (sum / (double) n));
}

/* -1 when memory ran out. */
static int
make_tables (optim_tensor *tensor)
{
  const optim_type *type = tensor->type;
  size_t length;

  if (type->has_m)
    tensor->m = calloc (tensor->n + 1, sizeof *tensor->m);
  if (type->has_v)
    tensor->v = calloc (tensor->n + 1, sizeof *tensor->v);
  if ((type->has_m && tensor->m == NULL) || (type->has_v && tensor->v == NULL))
    return -1;
  if (type->reach == NULL)
    return 0;
  tensor->reach = type->reach (tensor->values);
  length = 2 * (size_t) tensor->reach + 1;
  tensor->factors = calloc (length, sizeof *tensor->factors);
  tensor->exponents = calloc (length, sizeof *tensor->exponents);
  tensor->moves = calloc (length, sizeof *tensor->moves);
  return tensor->factors == NULL || tensor->exponents == NULL
             || tensor->moves == NULL
           ? -1 : 0;
}

void
optim_tensor_free (optim_tensor *tensor)
{
  if (tensor == NULL)
    return;
  free (tensor->m);
  free (tensor->v);
  free (tensor->factors);
  free (tensor->exponents);
  free (tensor->moves);
  free (tensor->levels);
  free (tensor->magnitudes);
  free (tensor);
}

float
optim_tensor_bound (const optim_tensor *tensor)
{
  return tensor->bound;
}

optim_tensor *
optim_tensor_new (const optim *rule, size_t n, const float w[])
{
  optim_tensor *tensor = calloc (1, sizeof *tensor);

  if (tensor == NULL)
    return NULL;
  tensor->type = rule->type;
  memcpy (tensor->values, rule->values, sizeof tensor->values);
  tensor->n = n;
  tensor->power1 = tensor->power2 = 1;
  tensor->c.keep = 1;
  if (rule->type->is_bounded)
    tensor->bound = bound_of (rule->values[0], n, w);
  if (make_tables (tensor) != 0
      || (rule->type->start != NULL && rule->type->start (tensor, w) != 0))
    {
      optim_tensor_free (tensor);
      return NULL;
    }
  return tensor;
}
