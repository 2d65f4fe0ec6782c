/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A net of dense layers with ReLU between them: it gives gradients, and never
   trains itself.  */

#ifndef EXPERIMENTS_WORKLOADS_NET_H
#define EXPERIMENTS_WORKLOADS_NET_H

#include "experiments/workloads/dense.h"

#define NET_MOST_LAYERS 16

/* The widths of a net, inputs first and classes last. */
typedef struct net_shape
{
  size_t layers;
  size_t width[NET_MOST_LAYERS + 1];
} net_shape;

/* An array of parameters and its gradient. */
typedef struct net_parameter
{
  float *w, *g;
  size_t n;
} net_parameter;

typedef struct net
{
  size_t layers;
  size_t batch;                      /* most examples of one pass */
  dense layer[NET_MOST_LAYERS];
  float *arena;                      /* all of the layers' arrays */
  size_t parameters;                 /* arrays: weight and bias a layer */
  net_parameter parameter[2 * NET_MOST_LAYERS];
} net;

/* All arrays zero; -1 when memory ran out. */
int net_init (net *model, const net_shape *shape, size_t batch);
void net_clear (net *model);   /* a zeroed net is allowed */

/* The net's own room for a batch (batch, features), whose passes may overwrite
   it: from there, quantizing copies nothing. */
float *net_inputs (const net *model);

/* Weights and biases of a shape. */
size_t net_parameters (const net_shape *shape);

/* Q_W of all weights; call when they have changed. */
void net_prepare (net *model, roles *all);

/* Logits (batch, classes) of x (batch, features): the last layer's y. */
const float *net_forward (net *model, roles *all, const products *product,
                          size_t batch, const float x[]);

/* Gradients of all parameters, after forward; the last layer's e holds the
   gradient of the logits. */
void net_backward (net *model, roles *all, const products *product,
                   size_t batch);

#endif
