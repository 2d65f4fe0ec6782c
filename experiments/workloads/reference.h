/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A net computed wholly in one number system: its numbers are elements, and
   every operation is the system's own, rounded once to nearest.

   Shapes are the dense layer's (dense.h).  What is one operation:
     each output of a product   one dot product, rounded once; then the bias is
                                added, rounded again
     each bias gradient         one sum over the batch, rounded once
     softmax                    z - largest, exp, their sum, p = exp / sum,
                                e = (p - 1 where the label is) / batch
     loss                       log of that sum, less (z - largest) of the
                                label; the mean of these: sum, then division
   each of exp, log, sums, differences and quotients rounded once.  Inputs and
   initial weights are the float32 numbers of the other products, rounded once
   to the system.  */

#ifndef EXPERIMENTS_WORKLOADS_REFERENCE_H
#define EXPERIMENTS_WORKLOADS_REFERENCE_H

#include "experiments/workloads/net.h"

typedef struct reference_layer
{
  size_t in, out;
  void *weight, *bias;
  void *weight_gradient, *bias_gradient;
  void *y, *e;                  /* (batch, out) */
  void *weight_t, *x_t, *e_t;   /* transposed copies: a dot product reads
                                   elements side by side */
  const void *x;                /* (batch, in), what forward read */
} reference_layer;

/* Where operations count their events: by the role of what they make. */
typedef struct reference_events
{
  numsys_events *A, *E, *G;
} reference_events;

typedef struct reference
{
  const numsys *system;         /* borrowed */
  numsys_context context;
  size_t layers, batch;
  reference_layer layer[NET_MOST_LAYERS];
  void *x;                      /* (batch, features) */
  void *work, *loss;            /* (classes), (batch) */
  void *sum, *mean, *count, *one, *zero;
  void *arena;                  /* all of these elements */
  size_t elements;
  double *input;                /* (batch, features), to be encoded */
  signed char *sign;            /* (batch, widest layer) */
} reference;

/* All zero; -1 when memory ran out, and then to be cleared too. */
int reference_init (reference *model, const numsys *system,
                    const net_shape *shape, size_t batch);
void reference_clear (reference *model);   /* a zeroed one is allowed */

/* Array i of the parameters, in the order of net.h: weights and biases by
   turns; their gradients. */
void *reference_parameter (const reference *model, size_t i);
void *reference_gradient (const reference *model, size_t i);
size_t reference_length (const reference *model, size_t i);

/* Takes over a net's parameters. */
void reference_set (reference *model, const net *from);

/* Logits of n examples, the last layer's y. */
void reference_forward (reference *model, size_t n, const float x[],
                        const reference_events *events);

/* After forward: the gradient of the logits, and the mean loss, one element,
   which holds until the next call.  *right grows by the examples predicted
   right, as in loss.h. */
const void *reference_loss (reference *model, size_t n, const uint8_t label[],
                            size_t *right, const reference_events *events);

/* Gradients of all parameters, after loss. */
void reference_backward (reference *model, size_t n,
                         const reference_events *events);

#endif
