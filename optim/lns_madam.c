/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LNS-Madam as its authors released it (arXiv 2106.13914): the normalized
   gradient gn of normalize.c, held to +-g_bound, is rounded to an integer
   (ties to even), and

     w = w 2^(-lr gn sign w)
     w = w e^(-lr gn sign w - lr weight_decay)   where weight_decay is not 0

   then w is held to +-p_scale rms (w at the start).  The power is rounded
   once, and the product once.  A gradient below half its root mean square
   changes nothing, no sign ever changes, and zero never moves.  */

#include <config.h>
#include <math.h>
#include "optim/elements.h"
#include "optim/loops.h"
#include "optim/type.h"

enum { p_scale, g_bound, beta, weight_decay };

static const optim_param params[] = {
  { "p_scale", 3, 0, 1e6,
    "bound of weights, in root mean squares of the initial ones; 0: none", 0 },
  { "g_bound", 10, 1e-3, 1000, "bound of the normalized gradient", 0 },
  { "beta", 0.999, 0, 0.99999, "share of the mean square kept", 0 },
  { "weight_decay", 0, 0, 1, "weights shrink by e^-lr to this power", 0 },
  { NULL, 0, 0, 0, NULL, 0 },
};

static int
reach (const double values[])
{
  return (int) rint (values[g_bound]);
}

static void
constants (optim_tensor *tensor, double lr)
{
  tensor->c.decay = lr * tensor->values[weight_decay];
  optim_second_constants (tensor, tensor->values[beta]);
}

static void
update (optim_tensor *tensor, size_t first, size_t n, const float g[],
        const float w[], float out[])
{
  optim_normalize (tensor, tensor->values[g_bound], first, n, g, out);
  tensor->loops->signed_integers (n, w, out);
}

static void
element_step (optim_elements *e, double lr, const void *g, void *w)
{
  optim_elements_normalize (e, e->values[beta], e->values[g_bound], g);
  for (size_t i = 0; i < e->n; i++)
    e->x[i] = rint (e->x[i]);
  optim_elements_multiply_integer (e, lr, e->values[weight_decay], w);
  optim_elements_hold (e, w);
}

const optim_type optim_lns_madam = {
  .name = "lns-madam",
  .summary = "LNS-Madam: base 2, integer normalized gradient",
  .params = params,
  .lr = 0x1p-7,
  .kind = OPTIM_INTEGER,
  .is_never_nan = 1,
  .has_v = 1,
  .is_bounded = 1,
  .reach = reach,
  .constants = constants,
  .moments = optim_second_moment,
  .update = update,
  .element_step = element_step,
};
