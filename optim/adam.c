/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adam (D. Kingma and J. Ba, 2015):

     h = g + weight_decay w
     m = (beta1 m) + ((1 - beta1) h)
     v = (beta2 v) + ((1 - beta2) (h h))
     d = ((lr / (1 - beta1^t)) m) / (sqrt (v / (1 - beta2^t)) + eps)
     w = w - d

   each operation on arrays rounded once, in this order, both in float32 and
   in a number system; a weight_decay of 0 leaves its term out.  Of scalars,
   1 - beta is a double; lr / (1 - beta1^t) and 1 - beta2^t are rounded once:
   from double in the float form, from wide numbers (wide.c) in a number
   system.  */

#include <config.h>
#include <math.h>
#include "optim/elements.h"
#include "optim/loops.h"
#include "optim/type.h"

enum { beta1, beta2, eps, weight_decay };

static const optim_param params[] = {
  { "beta1", 0.9, 0, 0.99999, "share of the mean gradient kept", 0 },
  { "beta2", 0.999, 0, 0.99999, "share of the mean square kept", 0 },
  { "eps", 1e-8, 0, 1, "added to the root mean square", 0 },
  { "weight_decay", 0, 0, 1, "added to the gradient, times the weight", 0 },
  { NULL, 0, 0, 0, NULL, 0 },
};

void
optim_adam_constants (optim_tensor *tensor, double lr)
{
  const double *values = tensor->values;

  tensor->power1 *= values[beta1];
  tensor->c.lr = (float) (lr / (1 - tensor->power1));
  tensor->c.beta1 = (float) values[beta1];
  tensor->c.rest1 = (float) (1 - values[beta1]);
  optim_second_constants (tensor, values[beta2]);
}

void
optim_adam_moments (optim_tensor *tensor, double decay, size_t first, size_t n,
                    const float g[], const float w[])
{
  tensor->loops->adam_moments (n, &tensor->c, (float) decay, g, w,
                               tensor->m + first, tensor->v + first);
}

static void
moments (optim_tensor *tensor, size_t first, size_t n, const float g[],
         const float w[])
{
  optim_adam_moments (tensor, tensor->values[weight_decay], first, n, g, w);
}

void
optim_adam_update (optim_tensor *tensor, size_t first, size_t n,
                   const float g[], const float w[], float out[])
{
  (void) g;
  (void) w;
  tensor->loops->adam_direction (n, &tensor->c, (float) tensor->values[eps],
                                 tensor->m + first, tensor->v + first, out);
}

void
optim_adam_elements (optim_elements *e, double lr, const void *h)
{
  const void *bias1 = optim_wide_bias (e->wide, 0, e->values[beta1]);
  const void *bias2 = optim_wide_bias (e->wide, 1, e->values[beta2]);

  optim_elements_blend (e, e->values[beta1], h, e->m);
  optim_elements_apply (e, NUMSYS_MULTIPLY, h, h, e->a);
  optim_elements_blend (e, e->values[beta2], e->a, e->v);
  optim_elements_fill_wide (e, bias2, e->c);
  optim_elements_apply (e, NUMSYS_DIVIDE, e->v, e->c, e->a);
  optim_elements_apply (e, NUMSYS_SQRT, e->a, NULL, e->a);
  optim_elements_fill (e, e->values[eps], e->c);
  optim_elements_apply (e, NUMSYS_ADD, e->a, e->c, e->b);
  optim_elements_fill_wide (e, optim_wide_ratio (e->wide, lr, bias1), e->c);
  optim_elements_apply (e, NUMSYS_MULTIPLY, e->c, e->m, e->a);
  optim_elements_apply (e, NUMSYS_DIVIDE, e->a, e->b, e->a);
}

static void
element_step (optim_elements *e, double lr, const void *g, void *w)
{
  const void *h = g;

  if (e->values[weight_decay] != 0)
    {
      optim_elements_scale (e, e->values[weight_decay], w, e->d);
      optim_elements_apply (e, NUMSYS_ADD, g, e->d, e->d);
      h = e->d;
    }
  optim_adam_elements (e, lr, h);
  optim_elements_apply (e, NUMSYS_SUBTRACT, w, e->a, w);
}

const optim_type optim_adam = {
  .name = "adam",
  .summary = "Adam: mean gradient over root mean square",
  .params = params,
  .lr = 1e-3,
  .kind = OPTIM_ADDITIVE,
  .has_m = 1,
  .has_v = 1,
  .constants = optim_adam_constants,
  .moments = moments,
  .update = optim_adam_update,
  .element_step = element_step,
};
