/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objectives: gradients in mpfr:256 against central differences of their own
   value.  The quadratic's are exact but for rounding; those of Rosenbrock's
   quartic are off by h^2, h being 2^-80.  Values against formulas in double. */

#include <math.h>
#include <string.h>

#include "experiments/workloads/model.h"
#include "numsys/numsys.h"
#include "tests/tap/tap.h"

static numsys_events ignored;

static objective
read (const char *spec)
{
  numsys_error error = { "" };
  net_shape shape;
  objective of;

  if (model_read (spec, 0, 0, &shape, &of, &error) != 0)
    bail_out ("%s: %s", spec, error.text);
  return of;
}

static void
start (objective_elements *e, const char *spec, const numsys *system)
{
  const objective of = read (spec);

  if (objective_init (e, &of, system) != 0)
    bail_out ("no memory");
}

static double
decoded (const objective_elements *e, const void *elements, size_t i)
{
  double x;

  numsys_decode (e->system, 1, objective_at (e, elements, i), &x);
  return x;
}

static void
put (objective_elements *e, size_t i, double x)
{
  numsys_encode (e->system, &e->context, 1, &x, objective_at (e, e->w, i),
                 &ignored);
}

static double
value_of (objective_elements *e)
{
  e->of.type->evaluate (e, &ignored, &ignored);
  return decoded (e, e->value, 0);
}

/* How far the central difference of parameter i is from its gradient g,
   relative to g; kept, h and change are elements to compute in. */
static double
error_of (objective_elements *e, size_t i, const void *g, void *kept, void *h,
          void *change)
{
  void *w = objective_at (e, e->w, i);
  double error, magnitude;

  numsys_convert (e->system, e->system, &e->context, 1, w, kept, &ignored);
  objective_apply (e, NUMSYS_ADD, 1, kept, h, w, &ignored);
  value_of (e);
  numsys_convert (e->system, e->system, &e->context, 1, e->value, change,
                  &ignored);
  objective_apply (e, NUMSYS_SUBTRACT, 1, kept, h, w, &ignored);
  value_of (e);
  objective_apply (e, NUMSYS_SUBTRACT, 1, change, e->value, change, &ignored);
  numsys_convert (e->system, e->system, &e->context, 1, kept, w, &ignored);
  objective_apply (e, NUMSYS_DIVIDE, 1, change, h, change, &ignored);
  objective_apply (e, NUMSYS_SUBTRACT, 1, change, g, change, &ignored);
  objective_apply (e, NUMSYS_SUBTRACT, 1, change, g, change, &ignored);
  error = decoded (e, change, 0) / 2;
  magnitude = decoded (e, g, 0);
  return fabs (error / magnitude);
}

static void
test_gradient (const char *spec, const numsys *system)
{
  const double h = 0x1p-80;
  objective_elements e;
  double worst = 0;
  void *some, *g;

  start (&e, spec, system);
  some = numsys_elements_new (system, e.n + 3);
  if (some == NULL)
    bail_out ("no memory");
  g = numsys_element (system, some, 3);
  value_of (&e);
  numsys_convert (system, system, &e.context, e.n, e.g, g, &ignored);
  numsys_encode (system, &e.context, 1, &h, numsys_element (system, some, 0),
                 &ignored);
  for (size_t i = 0; i < e.n; i++)
    worst = fmax (worst, error_of (&e, i, objective_at (&e, g, i),
                                   numsys_element (system, some, 1), some,
                                   numsys_element (system, some, 2)));
  ok (worst < 1e-40, "%s: %zu gradients are central differences (%.2g)", spec,
      e.n, worst);
  numsys_elements_free (system, e.n + 3, some);
  objective_clear (&e);
}

static void
test_minimum (const char *spec, const numsys *system)
{
  objective_elements e;
  double largest = 0, least = INFINITY;

  start (&e, spec, system);
  for (size_t i = 0; i < e.n; i++)
    least = fmin (least, decoded (&e, e.w, i));
  ok (least > 0, "%s starts above zero", spec);
  ok (value_of (&e) > 0, "...where it is above zero");
  for (size_t i = 0; i < e.n; i++)
    put (&e, i, 1);
  is_double (0, value_of (&e), "...and is 0 where all parameters are 1");
  for (size_t i = 0; i < e.n; i++)
    largest = fmax (largest, fabs (decoded (&e, e.g, i)));
  is_double (0, largest, "...as its gradient is");
  objective_clear (&e);
}

/* H turns the vector of ones, of length sqrt n, to its negative: then f = 1/2
   the sum of D.  A vector orthogonal to ones it leaves: e_0 - e_1. */
static void
test_quadratic (const numsys *system)
{
  const double ratio = pow (1000, -1. / 4);
  objective_elements e;
  double sum = 0;

  start (&e, "quadratic:5,condition=1000", system);
  for (size_t i = 0; i < e.n; i++)
    {
      put (&e, i, 2);
      sum += pow (ratio, (double) i);
    }
  is_near (sum / 2, value_of (&e), 1e-14, "quadratic: along ones");
  for (size_t i = 0; i < e.n; i++)
    put (&e, i, i == 0 ? 2 : i == 1 ? 0 : 1);
  is_near ((1 + ratio) / 2, value_of (&e), 1e-14, "quadratic: across ones");
  put (&e, 1, 1);
  put (&e, 0, 1);
  put (&e, 3, 2);
  put (&e, 4, 0);
  is_near ((pow (ratio, 3) + 1e-3) / 2, value_of (&e), 1e-14,
           "quadratic: the smallest eigenvalue is 1 / condition");
  objective_clear (&e);
}

static void
test_rosenbrock (const numsys *system)
{
  objective_elements e;

  start (&e, "rosenbrock:2", system);
  put (&e, 0, -1.2);
  put (&e, 1, 1);
  is_near (24.2, value_of (&e), 1e-13, "Rosenbrock's own start: 24.2");
  is_near (-215.6, decoded (&e, e.g, 0), 1e-12, "...its gradient: -215.6");
  is_near (-88, decoded (&e, e.g, 1), 1e-12, "...and -88");
  objective_clear (&e);
  start (&e, "rosenbrock:3", system);
  put (&e, 0, 2);
  put (&e, 1, 3);
  put (&e, 2, 5);
  is_double (100 + 1 + 1600 + 4, value_of (&e), "rosenbrock:3 is a chain");
  objective_clear (&e);
}

/* One rounding an operation: in a system of four bits. */
static void
test_rounding (void)
{
  numsys_error error = { "" };
  numsys *coarse = numsys_new ("mpfr:4", &error);
  objective_elements e;

  if (coarse == NULL)
    bail_out ("%s", error.text);
  start (&e, "rosenbrock:2", coarse);
  put (&e, 0, 1.5);
  put (&e, 1, 1);
  /* w^2 = 2.25, d = -1.25, q = -0.5; d^2 = 1.5 (of 1.5625), 96 for 100,
     144 (a tie of 144 and 160, 4 bits: 1.001 2^7); q^2 = 0.25, sum 144. */
  is_double (144, value_of (&e), "each operation is rounded once");
  /* p = -120; p w = -176 (of -180, a tie to even); -352; -352; g = 352 2. */
  is_double (704, decoded (&e, e.g, 0), "...of the gradient too");
  objective_clear (&e);
  numsys_free (coarse);
}

static void
refuses (const char *spec, const char *says)
{
  numsys_error error = { "" };
  net_shape shape;
  objective of;
  const int status = model_read (spec, 0, 0, &shape, &of, &error);

  ok (status == -1 && strstr (error.text, says) != NULL, "%s is refused: %s",
      spec, error.text);
}

int
main (void)
{
  numsys_error error = { "" };
  numsys *system = numsys_new ("mpfr:256", &error);

  if (system == NULL)
    bail_out ("%s", error.text);
  plan (5 + 3 * 4 + 3 + 4 + 2 + 4);
  test_gradient ("quadratic:2", system);
  test_gradient ("quadratic:7,condition=1000", system);
  test_gradient ("rosenbrock:2", system);
  test_gradient ("rosenbrock:3", system);
  test_gradient ("rosenbrock:8", system);
  test_minimum ("quadratic", system);
  test_minimum ("rosenbrock:2", system);
  test_minimum ("rosenbrock:5", system);
  test_quadratic (system);
  test_rosenbrock (system);
  test_rounding ();
  refuses ("quadratic:1", "dimension");
  refuses ("quadratic:10,conditoin=3", "condition");
  refuses ("rosenbrok:2", "did you mean 'rosenbrock'");
  refuses ("hill:2", "quadratic:10,condition=100, rosenbrock:2");
  numsys_free (system);
  return 0;
}
