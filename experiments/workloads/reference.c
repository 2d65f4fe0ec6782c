/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A net in the elements of one system: its memory and its parameters.  */

#include <config.h>
#include <stdlib.h>
#include "experiments/workloads/reference.h"

/* An array of elements within a model. */
typedef struct view
{
  void **place;
  size_t length;
} view;

/* Places n views in the arena from element `used' on, unless there is no arena
   yet; returns the first element after them. */
static size_t
place (const reference *model, size_t used, size_t n, const view views[])
{
  for (size_t i = 0; i < n; i++)
    {
      if (model->arena != NULL)
        *views[i].place = numsys_element (model->system, model->arena, used);
      used += views[i].length;
    }
  return used;
}

static size_t
lay_out_layer (const reference *model, size_t used, reference_layer *layer)
{
  const size_t in = layer->in, out = layer->out, batch = model->batch;
  const view views[] = {
    { &layer->weight, out * in },
    { &layer->bias, out },
    { &layer->weight_gradient, out * in },
    { &layer->bias_gradient, out },
    { &layer->y, batch * out },
    { &layer->e, batch * out },
    { &layer->weight_t, in * out },
    { &layer->x_t, in * batch },
    { &layer->e_t, out * batch },
  };

  return place (model, used, sizeof views / sizeof views[0], views);
}

/* All arrays of a model: how many elements they take. */
static size_t
lay_out (reference *model)
{
  const reference_layer *last = &model->layer[model->layers - 1];
  const view views[] = {
    { &model->x, model->batch * model->layer[0].in },
    { &model->work, last->out },
    { &model->loss, model->batch },
    { &model->sum, 1 },
    { &model->mean, 1 },
    { &model->count, 1 },
    { &model->one, 1 },
    { &model->zero, 1 },
  };
  size_t used = place (model, 0, sizeof views / sizeof views[0], views);

  for (size_t l = 0; l < model->layers; l++)
    used = lay_out_layer (model, used, &model->layer[l]);
  return used;
}

int
reference_init (reference *model, const numsys *system,
                const net_shape *shape, size_t batch)
{
  size_t widest = 0;

  *model = (reference) {
    .system = system,
    .context = numsys_context_of (NUMSYS_NEAREST),
    .layers = shape->layers,
    .batch = batch,
  };
  for (size_t l = 0; l < shape->layers; l++)
    {
      model->layer[l] = (reference_layer) { .in = shape->width[l],
                                            .out = shape->width[l + 1] };
      if (shape->width[l + 1] > widest)
        widest = shape->width[l + 1];
    }
  model->elements = lay_out (model);
  model->arena = numsys_elements_new (system, model->elements);
  model->input = malloc (batch * shape->width[0] * sizeof model->input[0]);
  model->sign = malloc (batch * widest);
  if (model->arena == NULL || model->input == NULL || model->sign == NULL)
    return -1;
  lay_out (model);
  return 0;
}

void
reference_clear (reference *model)
{
  if (model->arena != NULL)
    numsys_elements_free (model->system, model->elements, model->arena);
  free (model->input);
  free (model->sign);
  *model = (reference) { .system = NULL };
}

void *
reference_parameter (const reference *model, size_t i)
{
  const reference_layer *layer = &model->layer[i / 2];

  return i % 2 == 0 ? layer->weight : layer->bias;
}

void *
reference_gradient (const reference *model, size_t i)
{
  const reference_layer *layer = &model->layer[i / 2];

  return i % 2 == 0 ? layer->weight_gradient : layer->bias_gradient;
}

size_t
reference_length (const reference *model, size_t i)
{
  const reference_layer *layer = &model->layer[i / 2];

  return i % 2 == 0 ? layer->in * layer->out : layer->out;
}

void
reference_set (reference *model, const net *from)
{
  numsys_events ignored = { 0, 0, 0, 0, 0 };

  for (size_t i = 0; i < from->parameters; i++)
    {
      void *to = reference_parameter (model, i);

      for (size_t j = 0; j < from->parameter[i].n; j++)
        {
          const double w = from->parameter[i].w[j];

          numsys_encode (model->system, &model->context, 1, &w,
                         numsys_element (model->system, to, j), &ignored);
        }
    }
}
