/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Madam (J. Bernstein et al., arXiv 2006.14560): weights are multiplied by
   powers of e,

     w = w e^(-(lr gn) sign w), then held to +-p_scale rms (w at the start)

   with the normalized gradient gn of normalize.c.  lr gn and the product with
   w are rounded once each; so is the power.  No sign ever changes, and zero
   never moves.  */

#include <config.h>
#include "optim/elements.h"
#include "optim/loops.h"
#include "optim/type.h"

enum { p_scale, g_bound, beta };

static const optim_param params[] = {
  { "p_scale", 3, 0, 1e6,
    "bound of weights, in root mean squares of the initial ones; 0: none", 0 },
  { "g_bound", 10, 1e-3, 1000, "bound of the normalized gradient", 0 },
  { "beta", 0.999, 0, 0.99999, "share of the mean square kept", 0 },
  { NULL, 0, 0, 0, NULL, 0 },
};

static void
constants (optim_tensor *tensor, double lr)
{
  tensor->c.lr = (float) lr;
  optim_second_constants (tensor, tensor->values[beta]);
}

static void
update (optim_tensor *tensor, size_t first, size_t n, const float g[],
        const float w[], float out[])
{
  optim_normalize (tensor, tensor->values[g_bound], first, n, g, out);
  tensor->loops->signed_scaled (n, tensor->c.lr, w, out);
}

static void
element_step (optim_elements *e, double lr, const void *g, void *w)
{
  optim_elements_normalize (e, e->values[beta], e->values[g_bound], g);
  optim_elements_scale (e, lr, e->a, e->b);
  optim_elements_multiply (e, 1, e->b, w);
  optim_elements_hold (e, w);
}

const optim_type optim_madam = {
  .name = "madam",
  .summary = "multiplicative Adam, base e",
  .params = params,
  .lr = 0.01,
  .kind = OPTIM_REAL,
  .base_e = 1,
  .is_never_nan = 1,
  .has_v = 1,
  .is_bounded = 1,
  .constants = constants,
  .moments = optim_second_moment,
  .update = update,
  .element_step = element_step,
};
