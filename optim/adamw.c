/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AdamW: Adam's direction d without weight_decay in it (adam.c), and

     w = (1 - lr weight_decay) w - d

   1 - lr weight_decay being rounded once, and each operation on arrays once,
   in this order; a weight_decay of 0 leaves its factor out.  */

#include <config.h>
#include "optim/elements.h"
#include "optim/type.h"

enum { beta1, beta2, eps, weight_decay };

static const optim_param params[] = {
  { "beta1", 0.9, 0, 0.99999, "share of the mean gradient kept", 0 },
  { "beta2", 0.999, 0, 0.99999, "share of the mean square kept", 0 },
  { "eps", 1e-8, 0, 1, "added to the root mean square", 0 },
  { "weight_decay", 0.01, 0, 1, "weights shrink by lr times this", 0 },
  { NULL, 0, 0, 0, NULL, 0 },
};

static void
constants (optim_tensor *tensor, double lr)
{
  optim_adam_constants (tensor, lr);
  tensor->c.keep = (float) (1 - lr * tensor->values[weight_decay]);
}

static void
moments (optim_tensor *tensor, size_t first, size_t n, const float g[],
         const float w[])
{
  optim_adam_moments (tensor, 0, first, n, g, w);
}

static void
element_step (optim_elements *e, double lr, const void *g, void *w)
{
  const double decay = e->values[weight_decay];

  optim_adam_elements (e, lr, g);
  if (decay != 0)
    {
      optim_elements_fill_wide (e, optim_wide_one_minus (e->wide, lr, decay),
                                e->c);
      optim_elements_apply (e, NUMSYS_MULTIPLY, e->c, w, w);
    }
  optim_elements_apply (e, NUMSYS_SUBTRACT, w, e->a, w);
}

const optim_type optim_adamw = {
  .name = "adamw",
  .summary = "Adam with decoupled weight decay",
  .params = params,
  .lr = 1e-3,
  .kind = OPTIM_ADDITIVE,
  .has_m = 1,
  .has_v = 1,
  .constants = constants,
  .moments = moments,
  .update = optim_adam_update,
  .element_step = element_step,
};
