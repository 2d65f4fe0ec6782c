/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The float form of each rule held to the truth, the element form in mpfr:256,
   over 200 steps.  Before each step the truth is given the float form's state;
   after it the float form must lie within the bound stated at `allowed'.
   Where the truth puts a quantity that is rounded to an integer within 2^-18
   of a tie, both integers are right.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "optim/elements.h"
#include "optim/type.h"
#include "tests/optim/help.h"
#include "tests/tap/tap.h"

enum { n = 40 };

/* One weight before and after a step. */
typedef struct moved
{
  const optim_tensor *tensor;   /* after it */
  double lr, g, w, m;           /* before it */
  double truth;
} moved;

/* How far the float form may be from the truth, in units of 2^-24 (half a
   unit in the last place of 1): for additive rules a rounding of the weight
   (three with a factor of its own) and 12 of the size that the update's terms
   would have without cancelling; for real multiplicative ones two roundings
   of the weight and 12 of the change of its logarithm; for the others two.
   Each subnormal result may lose half a unit besides. */
static double
allowed (const moved *s, size_t i)
{
  const optim_tensor *tensor = s->tensor;
  const double size = fmax (fabs (s->w), fabs (s->truth));
  const double decay = tensor->type == &optim_sgd ? tensor->values[2]
                       : tensor->type == &optim_adam ? tensor->values[3] : 0;
  double terms = fabs (s->g) + decay * fabs (s->w);

  if (tensor->type->kind == OPTIM_REAL)
    return 0x1p-24 * size
             * (2.01 + (s->truth == 0 ? 0 : 12 * fabs (log (s->truth / s->w))))
           + 0x1p-150;
  if (tensor->type->kind != OPTIM_ADDITIVE)
    return 0x1p-24 * size * 2.01 + 0x1p-150;
  if (tensor->type == &optim_sgd)
    terms += 2 * fabs (s->m);
  else
    {
      const optim_constants *c = &tensor->c;

      terms = (c->beta1 * fabs (s->m) + c->rest1 * terms) / (1 - tensor->power1)
              / (sqrt (tensor->v[i] / c->bias2) + tensor->values[2]);
    }
  return 0x1p-24 * ((tensor->c.keep != 1 ? 3.01 : 1.01) * size
                    + 12 * s->lr * terms)
         + 0x1p-150;
}

/* Whether the integer that moved weight i was a near tie: gn, times lr /
   base_lr in integer-madam, relative to itself where above 1. */
static int
is_tie (const optim_elements *memory, const optim_tensor *tensor, double lr,
        size_t i)
{
  double gn, part;

  if (tensor->type != &optim_lns_madam && tensor->type != &optim_integer_madam)
    return 0;
  numsys_decode (memory->system, 1,
                 numsys_element (memory->system, memory->a, i), &gn);
  if (tensor->type == &optim_integer_madam)
    gn *= lr / tensor->values[3];
  part = fabs (gn) - floor (fabs (gn));
  return fabs (part - 0.5) < 0x1p-18 * fmax (1, fabs (gn));
}

/* The float form's state to the element form. */
static void
hand_over (const optim_tensor *tensor, const float w[],
           optim_elements *memory, void *we)
{
  encode (memory->system, n, w, we);
  if (tensor->m != NULL)
    encode (memory->system, n, tensor->m, memory->m);
  if (tensor->v != NULL)
    encode (memory->system, n, tensor->v, memory->v);
  if (tensor->levels != NULL)
    memcpy (memory->levels, tensor->levels, n * sizeof *tensor->levels);
}

/* Worst error of one step in units of what is allowed; ties that went the
   other way are counted apart. */
static double
compare_step (const setting *rule, int t, optim_tensor *tensor, float w[],
              optim_elements *memory, void *we, void *ge, int *ties)
{
  moved before[n];
  float g[n];
  double truth[n], worst = 0;

  draw (100 + (uint64_t) t, 2, n, g);
  encode (memory->system, n, g, ge);
  hand_over (tensor, w, memory, we);
  for (size_t i = 0; i < n; i++)
    before[i] = (moved) { tensor, rate (rule, t), g[i], w[i],
                          tensor->m != NULL ? tensor->m[i] : 0, 0 };
  optim_step (tensor, rate (rule, t), NULL, n, g, w, NULL);
  optim_elements_step (memory, rate (rule, t), ge, we, NULL);
  numsys_decode (memory->system, n, we, truth);
  for (size_t i = 0; i < n; i++)
    {
      double error;

      before[i].truth = truth[i];
      error = fabs (w[i] - truth[i]) / allowed (&before[i], i);
      if (error > 1 && is_tie (memory, tensor, rate (rule, t), i))
        ++*ties;
      else
        worst = error > worst || error != error ? error : worst;
    }
  return worst;
}

static void
check_truth (const setting *rule)
{
  const numsys_context nearest = numsys_context_of (NUMSYS_NEAREST);
  numsys *system = system_of ("mpfr:256");
  optim *r = rule_of (rule->spec);
  float w[n];
  void *we = numsys_elements_new (system, n);
  void *ge = numsys_elements_new (system, n);
  optim_tensor *tensor;
  optim_elements *memory;
  double worst = 0;
  int ties = 0;

  draw (1, 0, n, w);
  encode (system, n, w, we);
  tensor = optim_tensor_new (r, n, w);
  memory = optim_elements_new (r, system, &nearest, n, we);
  for (int t = 0; t < setting_steps; t++)
    {
      const double error
        = compare_step (rule, t, tensor, w, memory, we, ge, &ties);

      worst = error > worst || error != error ? error : worst;
    }
  ok (worst <= 1, "%s: float32 is as near the truth as allowed (%.2f of it)",
      rule->spec, worst);
  ok (ties <= 2, "...and ties are rare (%d)", ties);
  optim_elements_free (memory);
  optim_tensor_free (tensor);
  numsys_elements_free (system, n, we);
  numsys_elements_free (system, n, ge);
  optim_free (r);
  numsys_free (system);
}

int
main (void)
{
  plan (2 * setting_count);
  for (size_t i = 0; i < setting_count; i++)
    check_truth (&settings[i]);
  return 0;
}
