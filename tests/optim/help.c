/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of optim share.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include "numsys/random.h"
#include "tests/optim/help.h"
#include "tests/tap/tap.h"

const setting settings[setting_count] = {
  { "sgd", 0.1 },
  { "sgd:momentum=0.9", 0.03 },
  { "sgd:momentum=0.9,nesterov=1,weight_decay=0.01", 0.03 },
  { "adam", 0.003 },
  { "adam:beta1=0.5,beta2=0.9,weight_decay=0.1", 0.01 },
  { "adamw", 0.003 },
  { "madam", 0.01 },
  { "madam:g_bound=1.5,beta=0.9,p_scale=1", 0.1 },
  { "lns-madam", 0x1p-7 },
  { "lns-madam:p_scale=1,beta=0.9", 0.013 },
  { "lns-madam:weight_decay=0.1", 0.013 },
  { "mul", 0.013 },
  { "mul:p_scale=1", 0.1 },
  { "signmul", 0.013 },
  { "integer-madam", 0.01 },
  { "integer-madam:levels=16,base_lr=0.1", 0.13 },
};

double
rate (const setting *rule, int t)
{
  return rule->lr * (1 - t / (2. * setting_steps));
}

void
draw (uint64_t seed, int spread, size_t n, float x[])
{
  const numsys_random random = numsys_random_of (seed, 0, 0, 0);

  for (size_t i = 0; i < n; i++)
    x[i] = i % 13 == 5 ? 0
           : (float) ldexp (numsys_random_normal (&random, i),
                            (int) (i % 5) * spread - 3);
}

void
encode (const numsys *system, size_t n, const float x[], void *out)
{
  const numsys_context nearest = numsys_context_of (NUMSYS_NEAREST);
  numsys_events events = { 0, 0, 0, 0, 0 };

  for (size_t i = 0; i < n; i++)
    {
      const double value = x[i];

      numsys_encode (system, &nearest, 1, &value,
                     numsys_element (system, out, i), &events);
    }
}

/* object, or the end. */
static void *
made (void *object, const numsys_error *error)
{
  if (object == NULL)
    bail_out ("%s", error->text);
  return object;
}

optim *
rule_of (const char *spec)
{
  numsys_error error;

  return made (optim_new (spec, &error), &error);
}

numsys *
system_of (const char *spec)
{
  numsys_error error;

  return made (numsys_new (spec, &error), &error);
}

numsys_quantizer *
quantizer_of (const char *spec)
{
  numsys_error error;

  return made (numsys_quantizer_new (spec, &error), &error);
}

optim_tensor *
tensor_of (const char *spec, size_t n, const float w[])
{
  optim *rule = rule_of (spec);
  optim_tensor *tensor = optim_tensor_new (rule, n, w);

  optim_free (rule);
  return tensor;
}
