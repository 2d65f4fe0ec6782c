/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gradients.  Those of the reference in mpfr:256 against central differences
   of its own loss: h = 2^-80 leaves an error of h^2 and a rounding error of
   2^-256 / h, both far below 10^-20.  Those of float32 nets against the
   reference.  */

#include <math.h>
#include <string.h>

#include "experiments/workloads/init.h"
#include "experiments/workloads/loss.h"
#include "experiments/workloads/model.h"
#include "experiments/workloads/reference.h"
#include "numsys/random.h"
#include "tests/tap/tap.h"

enum
{
  features = 7,
  classes = 3,
  batch = 5
};

static const char *const models[] = { "logistic", "mlp:6", "mlp:6-5-4" };

static float x[batch * features];
static const uint8_t label[batch] = { 0, 2, 1, 1, 0 };

static numsys_events ignored;
static const reference_events events = { &ignored, &ignored, &ignored };

/* The same net twice: float32 and reference. */
typedef struct pair
{
  const char *name;
  net small;
  reference big;
} pair;

static void
pair_init (pair *both, const char *name, const numsys *system)
{
  numsys_error error = { "" };
  objective none;
  net_shape shape;

  both->name = name;
  if (model_read (name, features, classes, &shape, &none, &error) != 0
      || net_init (&both->small, &shape, batch) != 0
      || reference_init (&both->big, system, &shape, batch) != 0)
    bail_out ("%s: %s", name, error.text);
  init_weights (init_find ("he"), 5, 0.3, &both->small);
  reference_set (&both->big, &both->small);
}

static void
pair_clear (pair *both)
{
  net_clear (&both->small);
  reference_clear (&both->big);
}

/* A few elements for the arithmetic of differences. */
typedef struct scratch
{
  const numsys *system;
  numsys_context context;
  void *h, *kept, *loss, *change;
  void *elements;
} scratch;

static void
scratch_init (scratch *s, const numsys *system)
{
  const double h = 0x1p-80;

  s->system = system;
  s->context = numsys_context_of (NUMSYS_NEAREST);
  s->elements = numsys_elements_new (system, 4);
  if (s->elements == NULL)
    bail_out ("no memory");
  s->h = numsys_element (system, s->elements, 0);
  s->kept = numsys_element (system, s->elements, 1);
  s->loss = numsys_element (system, s->elements, 2);
  s->change = numsys_element (system, s->elements, 3);
  numsys_encode (system, &s->context, 1, &h, s->h, &ignored);
}

static void
apply (scratch *s, numsys_operation operation, const void *a, const void *b,
       void *out)
{
  numsys_apply (s->system, operation, &s->context, 1, a, b, NULL, out,
                &ignored);
}

static const void *
loss_of (pair *both)
{
  size_t right = 0;

  reference_forward (&both->big, batch, x, &events);
  return reference_loss (&both->big, batch, label, &right, &events);
}

/* How far gradient g of parameter w is from the central difference, relative
   to g, or on its own where g is zero. */
static double
error_of (pair *both, scratch *s, void *w, const void *g)
{
  double error, magnitude;

  numsys_convert (s->system, s->system, &s->context, 1, w, s->kept, &ignored);
  apply (s, NUMSYS_ADD, s->kept, s->h, w);
  numsys_convert (s->system, s->system, &s->context, 1, loss_of (both),
                  s->loss, &ignored);
  apply (s, NUMSYS_SUBTRACT, s->kept, s->h, w);
  apply (s, NUMSYS_SUBTRACT, s->loss, loss_of (both), s->change);
  numsys_convert (s->system, s->system, &s->context, 1, s->kept, w, &ignored);
  apply (s, NUMSYS_DIVIDE, s->change, s->h, s->change);
  apply (s, NUMSYS_SUBTRACT, s->change, g, s->change);
  apply (s, NUMSYS_SUBTRACT, s->change, g, s->change);   /* of 2 h */
  numsys_decode (s->system, 1, g, &magnitude);
  numsys_decode (s->system, 1, s->change, &error);
  error = fabs (error) / 2;
  return magnitude == 0 ? error : error / fabs (magnitude);
}

static void
test_differences (pair *both, const numsys *system)
{
  double worst = 0;
  size_t count = 0;
  scratch s;

  scratch_init (&s, system);
  loss_of (both);
  reference_backward (&both->big, batch, &events);
  for (size_t i = 0; i < 2 * both->big.layers; i++)
    for (size_t j = 0; j < reference_length (&both->big, i); j++)
      {
        const double error
          = error_of (both, &s,
                      numsys_element (system,
                                      reference_parameter (&both->big, i), j),
                      numsys_element (system,
                                      reference_gradient (&both->big, i), j));

        worst = error > worst ? error : worst;
        count++;
      }
  ok (worst < 1e-40, "%s: %zu gradients are central differences", both->name,
      count);
  diag ("%s: largest relative difference %.2g", both->name, worst);
  numsys_elements_free (system, 4, s.elements);
}

static const char *const products_used[] = {
  "sgemm", "fixed-order", "accumulate:fp32", "accumulate:fp32,order=pairwise",
  "accumulate:fp32,order=exact",
};

/* Gradients of the float32 net, by one product, against the reference's. */
static void
test_float (pair *both, const char *name)
{
  const char *const spec[PRODUCTS] = { name };
  const dense *last = &both->small.layer[both->small.layers - 1];
  double worst = 0, largest = 0, wanted_loss, loss;
  roles all = { .seed = 0 };
  numsys_error error = { "" };
  size_t right = 0;
  products product;

  numsys_decode (both->big.system, 1, loss_of (both), &wanted_loss);
  reference_backward (&both->big, batch, &events);
  if (products_init (&product, spec, &all, 4096, &error) != 0)
    bail_out ("%s", error.text);
  net_prepare (&both->small, &all);
  net_forward (&both->small, &all, &product, batch, x);
  loss = loss_softmax (batch, classes, last->y, label, last->e, &right)
         / batch;
  net_backward (&both->small, &all, &product, batch);
  is_near (wanted_loss, loss, 1e-6 * wanted_loss, "%s: loss by %s",
           both->name, name);
  for (size_t i = 0; i < both->small.parameters; i++)
    for (size_t j = 0; j < both->small.parameter[i].n; j++)
      {
        double wanted;

        numsys_decode (both->big.system, 1,
                       numsys_element (both->big.system,
                                       reference_gradient (&both->big, i), j),
                       &wanted);
        worst = fmax (worst, fabs (both->small.parameter[i].g[j] - wanted));
        largest = fmax (largest, fabs (wanted));
      }
  ok (worst < 1e-6 * largest, "%s: gradients by %s", both->name, name);
  products_clear (&product);
}

int
main (void)
{
  const numsys_random random = numsys_random_of (3, 1, 0, 0);
  const size_t n = sizeof models / sizeof models[0];
  numsys_error error = { "" };
  numsys *system = numsys_new ("mpfr:256", &error);

  if (system == NULL)
    bail_out ("%s", error.text);
  plan ((unsigned) (11 * n));
  for (size_t i = 0; i < batch * features; i++)
    x[i] = (float) numsys_random_uniform (&random, i);
  for (size_t i = 0; i < n; i++)
    {
      pair both;

      pair_init (&both, models[i], system);
      test_differences (&both, system);
      for (size_t p = 0; p < sizeof products_used / sizeof products_used[0];
           p++)
        test_float (&both, products_used[p]);
      pair_clear (&both);
    }
  numsys_free (system);
  return 0;
}
