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

/* Weights quantized while they are stored.  A scale of the whole tensor is known
   too late for that: it is taken to be the last one, and if it is not, all is
   done again. */
typedef struct dense_stored
{
  size_t done;              /* numbers quantized */
  float largest;            /* magnitude stored */
  numsys_scale scale;       /* where there is one: the last */
  numsys_events events;
  int is_whole;             /* all weights are, and nothing has overwritten
                               them */
} dense_stored;

/* Which axis channels lie along. */
enum
{
  DENSE_ROWS = 0,
  DENSE_COLUMNS = 1
};

/* Stored weights as codes, at U's scale. */
typedef struct dense_codes
{
  const numsys_quantizer *U;
  numsys_scale scale;
  void *w;                  /* elements of U's system; NULL: there are none */
  size_t size;              /* of an element */
} dense_codes;

/* Where a layer's numbers are, all but x and w owned by its net. */
typedef struct dense
{
  size_t in, out;
  unsigned index;           /* tells the layers apart: random words, tables */
  float *weight, *bias;     /* weight is old where there are codes */
  float *weight_gradient, *bias_gradient;
  float *y;                 /* (batch, out) */
  float *e;                 /* (batch, out): gradient of y; backward
                               quantizes it */
  float *x_room;            /* (batch, in): for a quantized copy, and x itself
                               may be there */
  const float *x, *w;       /* what forward multiplied: backward reads it; w
                               quantized is kept where its gradient will be */
  numsys_scale x_scale, w_scale;
  product_reading x_read, w_read, e_read;   /* of x, w and quantized e */
  dense_stored stored;
  dense_codes codes;
} dense;

/* Whether weights may be stored in U as codes and nowhere else: Q_W is made of
   their exponents. */
int dense_takes_codes (const roles *all);
/* From now on weights, which lie on U's grid at this scale, are stored as
   codes; -1 when memory ran out. */
int dense_keep_codes (dense *layer, const numsys_quantizer *U,
                      numsys_scale scale);
void dense_drop_codes (dense *layer);   /* no codes are allowed */
/* Brings weight up to date with the codes, if any. */
void dense_decode (dense *layer);

/* Q_W of weights first .. first + n - 1, which were just stored: slices in
   order, of all weights, after backward; their gradients are overwritten.
   Where something is drawn, or Q_W is the identity, it is left to
   dense_prepare. */
void dense_store (dense *layer, const roles *all, size_t first, size_t n);

/* The same of all weights at once, by the threads of the run. */
void dense_store_all (dense *layer, const roles *all);

/* Q_W of the weights, to be called when they have changed; what dense_store
   did is not done again. */
void dense_prepare (dense *layer, roles *all);

/* y from x. */
void dense_forward (dense *layer, roles *all, const products *product,
                    size_t batch, const float x[]);

/* Gradients from e; dx is written unless it is NULL. */
void dense_backward (dense *layer, roles *all, const products *product,
                     size_t batch, float dx[]);

#endif
