/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signMUL, the rule of the error study that takes steps of one size:

     log2 |w| = log2 |w| - lr sign g sign w

   as w 2^(-lr j), j = sign g sign w.  The power is rounded once, and the
   product once.  */

#include <config.h>
#include "optim/elements.h"
#include "optim/type.h"

static const optim_param params[] = {
  { "p_scale", 0, 0, 1e6,
    "bound of weights, in root mean squares of the initial ones; 0: none", 0 },
  { NULL, 0, 0, 0, NULL, 0 },
};

static int
reach (const double values[])
{
  (void) values;
  return 1;
}

static inline int
sign (double x)
{
  return (x > 0) - (x < 0);
}

static void
update (optim_tensor *tensor, size_t first, size_t n, const float g[],
        const float w[], float out[])
{
  (void) tensor;
  (void) first;
  for (size_t i = 0; i < n; i++)
    out[i] = (float) (sign (g[i]) * sign (w[i]));
}

static void
element_step (optim_elements *e, double lr, const void *g, void *w)
{
  numsys_decode (e->system, e->n, g, e->x);
  for (size_t i = 0; i < e->n; i++)
    e->x[i] = sign (e->x[i]);
  optim_elements_multiply_integer (e, lr, 0, w);
  optim_elements_hold (e, w);
}

const optim_type optim_signmul = {
  .name = "signmul",
  .summary = "multiplicative descent by the gradient's sign",
  .params = params,
  .lr = 0x1p-6,
  .kind = OPTIM_INTEGER,
  .is_never_nan = 1,
  .is_bounded = 1,
  .reach = reach,
  .update = update,
  .element_step = element_step,
};
