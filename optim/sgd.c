/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gradient descent with momentum:

     h = g + weight_decay w
     m = momentum m + h
     u = m, or with nesterov = 1: h + momentum m
     w = w - lr u

   each operation rounded once, in this order, both in float32 and in a number
   system.  Terms whose coefficient is 0 are left out, so plain descent is
   w - lr g.  */

#include <config.h>
#include <string.h>
#include "optim/elements.h"
#include "optim/type.h"

enum { momentum, nesterov, weight_decay };

static const optim_param params[] = {
  { "momentum", 0, 0, 0.99999, "share of the last direction kept", 0 },
  { "nesterov", 0, 0, 1, "1: look ahead along the new direction", 1 },
  { "weight_decay", 0, 0, 1, "added to the gradient, times the weight", 0 },
  { NULL, 0, 0, 0, NULL, 0 },
};

static void
constants (optim_tensor *tensor, double lr)
{
  tensor->c.lr = (float) lr;
  tensor->c.beta1 = (float) tensor->values[momentum];
  tensor->c.rest1 = (float) tensor->values[weight_decay];
}

static void
decayed (size_t n, float decay, const float g[restrict],
         const float w[restrict], float h[restrict])
{
  if (decay == 0)
    memcpy (h, g, n * sizeof *h);
  else
    for (size_t i = 0; i < n; i++)
      h[i] = g[i] + decay * w[i];
}

static void
moments (optim_tensor *tensor, size_t first, size_t n, const float g[],
         const float w[])
{
  const float decay = tensor->c.rest1, beta = tensor->c.beta1;
  float *m = tensor->m + first;

  if (beta == 0)
    return;
  if (decay == 0)
    for (size_t i = 0; i < n; i++)
      m[i] = beta * m[i] + g[i];
  else
    for (size_t i = 0; i < n; i++)
      m[i] = beta * m[i] + (g[i] + decay * w[i]);
}

static void
update (optim_tensor *tensor, size_t first, size_t n, const float g[],
        const float w[], float out[])
{
  const float lr = tensor->c.lr, beta = tensor->c.beta1;
  const float *m = tensor->m + first;

  if (beta != 0 && tensor->values[nesterov] == 0)
    {
      for (size_t i = 0; i < n; i++)
        out[i] = lr * m[i];
      return;
    }
  decayed (n, tensor->c.rest1, g, w, out);
  if (beta != 0)
    for (size_t i = 0; i < n; i++)
      out[i] = out[i] + beta * m[i];
  for (size_t i = 0; i < n; i++)
    out[i] = lr * out[i];
}

static void
element_step (optim_elements *e, double lr, const void *g, void *w)
{
  const double decay = e->values[weight_decay], beta = e->values[momentum];
  const void *h = g, *u;

  if (decay != 0)
    {
      optim_elements_scale (e, decay, w, e->a);
      optim_elements_apply (e, NUMSYS_ADD, g, e->a, e->a);
      h = e->a;
    }
  u = h;
  if (beta != 0)
    {
      optim_elements_scale (e, beta, e->m, e->m);
      optim_elements_apply (e, NUMSYS_ADD, e->m, h, e->m);
      u = e->m;
    }
  if (beta != 0 && e->values[nesterov] != 0)
    {
      optim_elements_scale (e, beta, e->m, e->b);
      optim_elements_apply (e, NUMSYS_ADD, h, e->b, e->b);
      u = e->b;
    }
  optim_elements_scale (e, lr, u, e->b);
  optim_elements_apply (e, NUMSYS_SUBTRACT, w, e->b, w);
}

const optim_type optim_sgd = {
  .name = "sgd",
  .summary = "gradient descent, with momentum or Nesterov's",
  .params = params,
  .lr = 0.1,
  .kind = OPTIM_ADDITIVE,
  .has_m = 1,
  .constants = constants,
  .moments = moments,
  .update = update,
  .element_step = element_step,
};
