/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The normalized gradient of Madam's family, g / rms (g), in float32:

     v = (beta v) + ((1 - beta) (g g))
     gn = g / sqrt (v / (1 - beta^t)),  NaN (0 / 0) taken as 0,
     held to +-g_bound

   each operation rounded once, in this order.  The constants beta, 1 - beta
   and 1 - beta^t are doubles rounded to float32.  In a number system the same
   operations are the system's; NaN and the bound are judged on decoded values
   (a system without NaN must see to 0 / 0 itself).  There is no epsilon: where
   g g underflows, gn is infinite and held to the bound, as released.  */

#include <config.h>
#include "optim/elements.h"
#include "optim/loops.h"
#include "optim/type.h"

void
optim_second_constants (optim_tensor *tensor, double beta)
{
  tensor->power2 *= beta;
  tensor->c.beta2 = (float) beta;
  tensor->c.rest2 = (float) (1 - beta);
  tensor->c.bias2 = (float) (1 - tensor->power2);
}

void
optim_second_moment (optim_tensor *tensor, size_t first, size_t n,
                     const float g[], const float w[])
{
  (void) w;
  tensor->loops->second_moment (n, tensor->c.beta2, tensor->c.rest2, g,
                                tensor->v + first);
}

void
optim_normalize (const optim_tensor *tensor, double bound, size_t first,
                 size_t n, const float g[], float out[])
{
  tensor->loops->normalize (n, tensor->c.bias2, (float) bound, g,
                            tensor->v + first, out);
}

/* Element i of e->a and its double, held to +-bound; NaN becomes 0. */
static void
hold (optim_elements *e, double bound, size_t i)
{
  double x = e->x[i];

  if (x >= -bound && x <= bound)
    return;
  x = x != x ? 0 : x > 0 ? bound : -bound;
  e->x[i] = x;
  numsys_encode (e->system, &e->nearest, 1, &x,
                 numsys_element (e->system, e->a, i), e->events);
}

void
optim_elements_normalize (optim_elements *e, double beta, double bound,
                          const void *g)
{
  const void *bias = optim_wide_bias (e->wide, 1, beta);

  optim_elements_apply (e, NUMSYS_MULTIPLY, g, g, e->a);
  optim_elements_blend (e, beta, e->a, e->v);
  optim_elements_fill_wide (e, bias, e->c);
  optim_elements_apply (e, NUMSYS_DIVIDE, e->v, e->c, e->a);
  optim_elements_apply (e, NUMSYS_SQRT, e->a, NULL, e->a);
  optim_elements_apply (e, NUMSYS_DIVIDE, g, e->a, e->a);
  numsys_decode (e->system, e->n, e->a, e->x);
  for (size_t i = 0; i < e->n; i++)
    hold (e, bound, i);
}
