/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dense layer.  Every sum has a shape that depends on nothing but the
   operands' shapes: with a portable product, results are the same bits
   everywhere.  */

#include <config.h>
#include <string.h>
#include "experiments/workloads/dense.h"

void
dense_prepare (dense *layer, roles *all)
{
  const float *w = layer->weight;

  product_forget (&layer->w_read);
  if (!layer->stored.is_whole || all->watch != NULL)
    dense_decode (layer);
  if (layer->stored.is_whole)
    {
      roles_note (all, TRAINING_W, layer->index, layer->out, layer->in,
                  DENSE_ROWS, w, &layer->stored.events);
      layer->w = layer->weight_gradient;
      layer->w_scale = layer->stored.scale;
      return;
    }
  layer->w_scale = roles_scale (all, TRAINING_W, layer->out * layer->in, w);
  layer->w = roles_quantize (all, TRAINING_W, layer->index, layer->out,
                             layer->in, DENSE_ROWS, w,
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
                             DENSE_COLUMNS, x, layer->x_room);
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
                                   DENSE_COLUMNS, layer->e, layer->e);
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
                  DENSE_ROWS, layer->weight_gradient,
                  layer->weight_gradient);
  roles_quantize (all, TRAINING_G, 2 * layer->index + 1, out, 1,
                  DENSE_ROWS, layer->bias_gradient,
                  layer->bias_gradient);
}
