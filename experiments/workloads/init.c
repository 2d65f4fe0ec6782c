/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Initial weights.  Biases start off zero on purpose: a multiplicative rule
   never moves a weight that is zero.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "experiments/workloads/init.h"
#include "numsys/random.h"

/* K. He et al., "Delving deep into rectifiers", ICCV 2015: N(0, 2 / in) keeps
   the variance of activations through layers with ReLU.  */
static double
he_deviation (size_t in, size_t out)
{
  (void) out;
  return sqrt (2 / (double) in);
}

static const init_type he = {
  .name = "he",
  .summary = "weights N(0, 2 / inputs)",
  .deviation = he_deviation,
};

const init_type *const init_types[] = { &he, NULL };

const init_type *
init_find (const char *name)
{
  for (const init_type *const *type = init_types; *type != NULL; type++)
    if (strcmp ((*type)->name, name) == 0)
      return *type;
  return NULL;
}

static void
fill_normal (size_t n, float x[], double deviation, uint64_t seed,
             unsigned index)
{
  const numsys_random random
    = numsys_random_of (seed, INIT_PURPOSE_WEIGHTS, index, 0);

  for (size_t i = 0; i < n; i++)
    x[i] = (float) (deviation * numsys_random_normal (&random, i));
}

void
init_weights (const init_type *type, uint64_t seed, double bias_deviation,
              net *model)
{
  for (size_t l = 0; l < model->layers; l++)
    {
      const dense *layer = &model->layer[l];

      fill_normal (layer->in * layer->out, layer->weight,
                   type->deviation (layer->in, layer->out), seed,
                   2 * layer->index);
      fill_normal (layer->out, layer->bias, bias_deviation, seed,
                   2 * layer->index + 1);
    }
}
