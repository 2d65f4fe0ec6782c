/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A net in the elements of one system: forward and backward.  */

#include <config.h>
#include "experiments/workloads/reference.h"

static void *
at (const reference *model, const void *elements, size_t i)
{
  return numsys_element (model->system, elements, i);
}

/* Element a becomes element b, exactly. */
static void
copy (const reference *model, const void *b, void *a)
{
  numsys_events ignored = { 0, 0, 0, 0, 0 };

  numsys_convert (model->system, model->system, &model->context, 1, b, a,
                  &ignored);
}

/* out (columns, rows) = x (rows, columns)' */
static void
transpose (const reference *model, size_t rows, size_t columns, const void *x,
           void *out)
{
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++)
      copy (model, at (model, x, i * columns + j),
            at (model, out, j * rows + i));
}

/* out (m, n) = a (m, k) b (n, k)' */
static void
multiply (const reference *model, size_t m, size_t n, size_t k, const void *a,
          const void *b, void *out, numsys_events *events)
{
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++)
      numsys_dot (model->system, &model->context, k, at (model, a, i * k),
                  at (model, b, j * k), at (model, out, i * n + j), events);
}

/* x = 0 where y is not above zero. */
static void
mask (const reference *model, size_t n, const void *y, void *x)
{
  for (size_t i = 0; i < n; i++)
    numsys_compare (model->system, 1, at (model, y, i), model->zero,
                    &model->sign[i]);
  for (size_t i = 0; i < n; i++)
    if (model->sign[i] <= 0)
      copy (model, model->zero, at (model, x, i));
}

static void
forward_layer (const reference *model, reference_layer *layer, size_t n,
               const void *x, numsys_events *events)
{
  layer->x = x;
  multiply (model, n, layer->out, layer->in, x, layer->weight, layer->y,
            events);
  for (size_t i = 0; i < n; i++)
    {
      void *row = at (model, layer->y, i * layer->out);

      numsys_apply (model->system, NUMSYS_ADD, &model->context, layer->out,
                    row, layer->bias, NULL, row, events);
    }
}

void
reference_forward (reference *model, size_t n, const float x[],
                   const reference_events *events)
{
  const size_t features = model->layer[0].in;
  const void *from = model->x;

  for (size_t i = 0; i < n * features; i++)
    model->input[i] = x[i];
  numsys_encode (model->system, &model->context, n * features, model->input,
                 model->x, events->A);
  for (size_t l = 0; l < model->layers; l++)
    {
      reference_layer *layer = &model->layer[l];

      forward_layer (model, layer, n, from, events->A);
      if (l + 1 < model->layers)
        mask (model, n * layer->out, layer->y, layer->y);
      from = layer->y;
    }
}

/* Gradients of a layer's parameters from its e, and, unless below is NULL, the
   e of the layer below. */
static void
backward_layer (const reference *model, const reference_layer *layer,
                const reference_layer *below, size_t n,
                const reference_events *events)
{
  const size_t in = layer->in, out = layer->out;

  transpose (model, n, out, layer->e, layer->e_t);
  transpose (model, n, in, layer->x, layer->x_t);
  multiply (model, out, in, n, layer->e_t, layer->x_t, layer->weight_gradient,
            events->G);
  for (size_t j = 0; j < out; j++)
    numsys_dot (model->system, &model->context, n,
                at (model, layer->e_t, j * n), NULL,
                at (model, layer->bias_gradient, j), events->G);
  if (below == NULL)
    return;
  transpose (model, out, in, layer->weight, layer->weight_t);
  multiply (model, n, in, out, layer->e, layer->weight_t, below->e,
            events->E);
  mask (model, n * in, below->y, below->e);
}

void
reference_backward (reference *model, size_t n, const reference_events *events)
{
  for (size_t l = model->layers; l-- > 0;)
    backward_layer (model, &model->layer[l],
                    l == 0 ? NULL : &model->layer[l - 1], n, events);
}
