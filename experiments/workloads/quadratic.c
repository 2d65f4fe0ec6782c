/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A convex quadratic of n parameters and condition number K, least at 1:

     f (w) = 1/2 d' H D H d,  d = w - 1
     gradient = H D H d
     D = diag (K^(-i / (n - 1))), i = 0 .. n - 1
     H = I - (2 / n) 1 1'

   H is Householder's reflection (A. S. Householder, J. ACM 5, 1958) of the
   vector of ones: symmetric and its own inverse, so that the eigenvalues are
   those of D, from 1 / K to 1, and no parameter stands alone.  Start:
   w_i = 3 (i + 1) / (n + 1), between 0 and 3.

   Operations: d; the sum of d, times 2/n, taken off d: u; D u; f is the dot
   product of u and D u, times 1/2; the reflection of D u.  */

#include <config.h>
#include "experiments/workloads/objective.h"
#include "numsys/elementary.h"

enum { dimension, condition };           /* params */
enum { eigenvalues, ones, others };      /* constants */
enum { share, half };                    /* in others */
enum { reflected, scalar };              /* works */

static const numsys_param params[] = {
  { "dimension", 10, 2, 10000, NULL, "parameters" },
  { "condition", 100, 1, 1000000000, NULL,
    "largest eigenvalue, in smallest ones" },
  { NULL, 0, 0, 0, NULL, NULL },
};

static float
start (const int64_t values[], size_t i)
{
  return (float) (3 * (double) (i + 1) / (double) (values[dimension] + 1));
}

static double
constant (const int64_t values[], size_t array, size_t i)
{
  const double n = (double) values[dimension];

  if (array == eigenvalues)
    return numsys_exp (-numsys_log ((double) values[condition]) * (double) i
                       / (n - 1));
  return array == ones ? 1 : i == share ? 2 / n : 0.5;
}

/* out = H x; uses a scalar. */
static void
reflect (objective_elements *e, const void *x, void *out,
         numsys_events *events)
{
  void *sum = e->work[scalar];

  numsys_dot (e->system, &e->context, e->n, x, NULL, sum, events);
  objective_apply (e, NUMSYS_MULTIPLY, 1, sum,
                   objective_at (e, e->constant[others], share), sum, events);
  objective_apply_one (e, NUMSYS_SUBTRACT, e->n, x, sum, out, events);
}

static void
evaluate (objective_elements *e, numsys_events *A, numsys_events *G)
{
  void *u = e->work[reflected];

  objective_apply (e, NUMSYS_SUBTRACT, e->n, e->w, e->constant[ones], u, A);
  reflect (e, u, u, A);
  objective_apply (e, NUMSYS_MULTIPLY, e->n, e->constant[eigenvalues], u,
                   e->g, A);
  numsys_dot (e->system, &e->context, e->n, u, e->g, e->value, A);
  objective_apply (e, NUMSYS_MULTIPLY, 1, e->value,
                   objective_at (e, e->constant[others], half), e->value, A);
  reflect (e, e->g, e->g, G);
}

const objective_type objective_quadratic = {
  .name = "quadratic",
  .formula = "f(w) = 1/2 (w - 1)' H D H (w - 1), D = diag(K^(-i/(n-1))), "
             "H = I - (2/n) 1 1'",
  .params = params,
  .constants = 3,
  .works = 2,
  .start = start,
  .constant = constant,
  .evaluate = evaluate,
};
