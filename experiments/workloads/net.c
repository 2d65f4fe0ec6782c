/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A net of dense layers in one arena.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "experiments/workloads/net.h"

enum { alignment = 64 };   /* bytes: a cache line, a vector */

/* The arrays of a layer, each described once: places them in arena, unless it
   is NULL, and tells how many floats they take. */
static size_t
lay_out_layer (dense *layer, size_t batch, float *arena)
{
  const size_t in = layer->in, out = layer->out;
  const struct { float **view; size_t length; } arrays[] = {
    { &layer->weight, out * in },
    { &layer->bias, out },
    { &layer->weight_gradient, out * in },
    { &layer->bias_gradient, out },
    { &layer->y, batch * out },
    { &layer->e, batch * out },
    { &layer->x_room, batch * in },
  };
  const size_t line = alignment / sizeof (float);
  size_t used = 0;

  for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++)
    {
      if (arena != NULL)
        *arrays[i].view = arena + used;
      used += (arrays[i].length + line - 1) / line * line;
    }
  return used;
}

static size_t
lay_out (net *model, float *arena)
{
  size_t used = 0;

  for (size_t l = 0; l < model->layers; l++)
    used += lay_out_layer (&model->layer[l], model->batch,
                           arena == NULL ? NULL : arena + used);
  return used;
}

/* The parameters, as one list for optimizers. */
static void
list_parameters (net *model)
{
  for (size_t l = 0; l < model->layers; l++)
    {
      const dense *layer = &model->layer[l];

      model->parameter[model->parameters++]
        = (net_parameter) { layer->weight, layer->weight_gradient,
                            layer->in * layer->out };
      model->parameter[model->parameters++]
        = (net_parameter) { layer->bias, layer->bias_gradient, layer->out };
    }
}

int
net_init (net *model, const net_shape *shape, size_t batch)
{
  size_t length;

  *model = (net) { .layers = shape->layers, .batch = batch };
  for (size_t l = 0; l < shape->layers; l++)
    model->layer[l] = (dense) { .in = shape->width[l],
                                .out = shape->width[l + 1],
                                .index = (unsigned) l };
  length = lay_out (model, NULL);
  model->arena = aligned_alloc (alignment, length * sizeof (float));
  if (model->arena == NULL)
    return -1;
  memset (model->arena, 0, length * sizeof (float));
  lay_out (model, model->arena);
  list_parameters (model);
  return 0;
}

void
net_clear (net *model)
{
  for (size_t l = 0; l < model->layers; l++)
    {
      product_reading_clear (&model->layer[l].x_read);
      product_reading_clear (&model->layer[l].w_read);
      product_reading_clear (&model->layer[l].e_read);
      dense_drop_codes (&model->layer[l]);
    }
  free (model->arena);
  *model = (net) { .layers = 0 };
}

float *
net_inputs (const net *model)
{
  return model->layer[0].x_room;
}

size_t
net_parameters (const net_shape *shape)
{
  size_t n = 0;

  for (size_t l = 0; l < shape->layers; l++)
    n += (shape->width[l] + 1) * shape->width[l + 1];
  return n;
}

void
net_prepare (net *model, roles *all)
{
  for (size_t l = 0; l < model->layers; l++)
    dense_prepare (&model->layer[l], all);
}

static void
relu (size_t n, float x[])
{
  for (size_t i = 0; i < n; i++)
    x[i] = x[i] < 0 ? 0 : x[i];
}

/* e where y is above zero, else 0. */
static void
relu_gradient (size_t n, const float y[], float e[])
{
  for (size_t i = 0; i < n; i++)
    e[i] = y[i] > 0 ? e[i] : 0;
}

const float *
net_forward (net *model, roles *all, const products *product, size_t batch,
             const float x[])
{
  for (size_t l = 0; l < model->layers; l++)
    {
      dense *layer = &model->layer[l];

      dense_forward (layer, all, product, batch, x);
      if (l + 1 < model->layers)
        relu (batch * layer->out, layer->y);
      x = layer->y;
    }
  return x;
}

void
net_backward (net *model, roles *all, const products *product,
              size_t batch)
{
  for (size_t l = model->layers; l-- > 0;)
    {
      dense *below = l == 0 ? NULL : &model->layer[l - 1];

      dense_backward (&model->layer[l], all, product, batch,
                      below == NULL ? NULL : below->e);
      if (below != NULL)
        relu_gradient (batch * below->out, below->y, below->e);
    }
}
