/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dense layer.  Every sum has a shape that depends on nothing but the
   operands' shapes: with a portable product, results are the same bits
   everywhere.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "experiments/workloads/dense.h"
#include "experiments/workloads/threads.h"

/* Which axis channels lie along. */
enum
{
  channels_are_rows = 0,
  channels_are_columns = 1
};

static int
shares_scale (const numsys_quantizer *quantizer)
{
  const numsys_scaling scaling = numsys_quantizer_scaling (quantizer);

  return scaling == NUMSYS_SCALE_NONE || scaling == NUMSYS_SCALE_TENSOR;
}

/* The whole of W shares a scale, and it is not the one that was taken. */
static void
store_again (dense *layer, const numsys_quantizer *W)
{
  dense_stored *stored = &layer->stored;
  const numsys_scale scale = numsys_quantizer_scale (W, stored->largest);

  if (scale.steps == stored->scale.steps
      && scale.largest == stored->scale.largest)
    return;
  stored->scale = scale;
  stored->events = (numsys_events) { .nan = 0 };
  numsys_quantize_at (W, scale, layer->out * layer->in, layer->weight, NULL, 0,
                      layer->weight_gradient, &stored->events);
}

void
dense_store (dense *layer, const roles *all, size_t first, size_t n)
{
  const numsys_quantizer *W = all->quantizer[TRAINING_W];
  const float *w = layer->weight;
  float *out = layer->weight_gradient;
  dense_stored *stored = &layer->stored;

  if (W == NULL || numsys_quantizer_is_stochastic (W))
    return;
  if (first == 0)
    *stored = (dense_stored) { .scale = stored->scale };
  if (shares_scale (W))
    {
      numsys_quantize_at (W, stored->scale, n, w + first, NULL, 0, out + first,
                          &stored->events);
      stored->largest = fmaxf (stored->largest, numsys_largest (n, w + first));
      stored->done += n;
      if (stored->done == layer->out * layer->in)
        store_again (layer, W);
    }
  else
    {
      const size_t rows = (first + n - stored->done) / layer->in;

      numsys_quantize (W, rows, layer->in, channels_are_rows, w + stored->done,
                       NULL, out + stored->done, &stored->events);
      stored->done += rows * layer->in;
    }
  stored->is_whole = stored->done == layer->out * layer->in;
}

void
dense_store_all (dense *layer, const roles *all)
{
  const numsys_quantizer *W = all->quantizer[TRAINING_W];
  dense_stored *stored = &layer->stored;

  if (W == NULL || numsys_quantizer_is_stochastic (W))
    return;
  *stored = (dense_stored) { .is_whole = 1 };
  stored->scale
    = threads_quantize (all->threads, W, layer->out, layer->in,
                        channels_are_rows, layer->weight, NULL,
                        layer->weight_gradient, &stored->events);
}

void
dense_prepare (dense *layer, roles *all)
{
  const float *w = layer->weight;

  product_forget (&layer->w_read);
  if (layer->stored.is_whole)
    {
      roles_note (all, TRAINING_W, layer->index, layer->out, layer->in,
                  channels_are_rows, w, &layer->stored.events);
      layer->w = layer->weight_gradient;
      layer->w_scale = layer->stored.scale;
      return;
    }
  layer->w_scale = roles_scale (all, TRAINING_W, layer->out * layer->in, w);
  layer->w = roles_quantize (all, TRAINING_W, layer->index, layer->out,
                             layer->in, channels_are_rows, w,
                             layer->weight_gradient);
}

void
dense_forward (dense *layer, roles *all, const products *product,
               size_t batch, const float x[])
{
  const product_operand w
    = { layer->w, layer->in, 1, layer->w_scale, &layer->w_read };
  product_operand a = { .stride = layer->in, .reading = &layer->x_read };

  layer->x_scale = roles_scale (all, TRAINING_A, batch * layer->in, x);
  layer->x = roles_quantize (all, TRAINING_A, layer->index, batch, layer->in,
                             channels_are_columns, x, layer->x_room);
  product_forget (&layer->x_read);
  a.data = layer->x;
  a.scale = layer->x_scale;
  for (size_t i = 0; i < batch; i++)
    memcpy (layer->y + i * layer->out, layer->bias,
            layer->out * sizeof layer->bias[0]);
  products_multiply (product, PRODUCT_FORWARD, batch, layer->out, layer->in,
                     &a, &w, 1, layer->y, layer->out);
}

/* Sums over the batch in the order of its examples. */
static void
sum_columns (size_t rows, size_t columns, const float x[], float out[])
{
  memset (out, 0, columns * sizeof out[0]);
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++)
      out[j] += x[i * columns + j];
}

void
dense_backward (dense *layer, roles *all, const products *product,
                size_t batch, float dx[])
{
  const size_t in = layer->in, out = layer->out;
  const numsys_scale e_scale
    = roles_scale (all, TRAINING_E, batch * out, layer->e);
  const float *e = roles_quantize (all, TRAINING_E, layer->index, batch, out,
                                   channels_are_columns, layer->e, layer->e);
  const product_operand down = { e, out, 0, e_scale, &layer->e_read };
  const product_operand across = { e, out, 1, e_scale, &layer->e_read };
  const product_operand x
    = { layer->x, in, 0, layer->x_scale, &layer->x_read };
  const product_operand w
    = { layer->w, in, 0, layer->w_scale, &layer->w_read };

  product_forget (&layer->e_read);
  if (dx != NULL)
    products_multiply (product, PRODUCT_DX, batch, in, out, &down, &w, 0, dx,
                       in);
  layer->stored.is_whole = 0;   /* where w may be, dw will be */
  products_multiply (product, PRODUCT_DW, out, in, batch, &across, &x, 0,
                     layer->weight_gradient, in);
  sum_columns (batch, out, e, layer->bias_gradient);
  roles_quantize (all, TRAINING_G, 2 * layer->index, out, in,
                  channels_are_rows, layer->weight_gradient,
                  layer->weight_gradient);
  roles_quantize (all, TRAINING_G, 2 * layer->index + 1, out, 1,
                  channels_are_rows, layer->bias_gradient,
                  layer->bias_gradient);
}
