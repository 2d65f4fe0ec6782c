/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MUL, the plain multiplicative rule of the error study:

     log2 |w| = log2 |w| - (lr g) sign w

   as w 2^x with x = -(lr g) sign w.  lr g and the product with w are rounded
   once each, and so is the power.  */

#include <config.h>
#include "optim/elements.h"
#include "optim/type.h"

static const optim_param params[] = {
  { "p_scale", 0, 0, 1e6,
    "bound of weights, in root mean squares of the initial ones; 0: none", 0 },
  { NULL, 0, 0, 0, NULL, 0 },
};

static void
update (optim_tensor *tensor, size_t first, size_t n, const float g[],
        const float w[], float out[])
{
  const float lr = tensor->c.lr;

  (void) first;
  for (size_t i = 0; i < n; i++)
    {
      const float x = lr * g[i];

      out[i] = w[i] > 0 ? -x : w[i] < 0 ? x : 0;
    }
}

static void
element_step (optim_elements *e, double lr, const void *g, void *w)
{
  optim_elements_scale (e, lr, g, e->b);
  optim_elements_multiply (e, 0, e->b, w);
  optim_elements_hold (e, w);
}

const optim_type optim_mul = {
  .name = "mul",
  .summary = "multiplicative descent: log2 |w| moves by the gradient",
  .params = params,
  .lr = 0x1p-6,
  .kind = OPTIM_REAL,
  .is_bounded = 1,
  .update = update,
  .element_step = element_step,
};
