/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dense layer: the one place where a matrix product meets the roles W, A,
   E and G, so that no model can forget one.

   Shapes: x (batch, in), weight (out, in), bias (out), y (batch, out), all
   row-major.  Its three products and the axis that each contracts:
     y  = Q_A(x) Q_W(weight)' + bias    over in
     dx = Q_E(e) Q_W(weight)            over out
     dw = Q_E(e)' Q_A(x), then Q_G      over the batch
   and db, the sums of Q_E(e) over the batch, then Q_G.  Gradients pass through
   quantizers as if these were the identity (straight-through).  The bias is
   added as stored, in U.  What was quantized for the forward product is what
   the backward products read.

   A channel is a unit: of x an input, of e, weight, dw and db an output.  */

#ifndef EXPERIMENTS_WORKLOADS_DENSE_H
#define EXPERIMENTS_WORKLOADS_DENSE_H

#include "experiments/workloads/product.h"
#include "experiments/workloads/roles.h"

/* Where a layer's numbers are, all but x and w owned by its net. */
typedef struct dense
{
  size_t in, out;
  unsigned index;           /* tells the layers apart: random words, tables */
  float *weight, *bias;
  float *weight_gradient, *bias_gradient;
  float *y;                 /* (batch, out) */
  float *e;                 /* (batch, out): gradient of y; backward
                               quantizes it */
  float *x_room;            /* (batch, in): for a quantized copy, and x itself
                               may be there */
  const float *x, *w;       /* what forward multiplied: backward reads it; w
                               quantized is kept where its gradient will be */
  numsys_scale x_scale, w_scale;
} dense;

/* Q_W of the weights, to be called when they have changed. */
void dense_prepare (dense *layer, roles *all);

/* y from x. */
void dense_forward (dense *layer, roles *all, const products *product,
                    size_t batch, const float x[]);

/* Gradients from e; dx is written unless it is NULL. */
void dense_backward (dense *layer, roles *all, const products *product,
                     size_t batch, float dx[]);

#endif
