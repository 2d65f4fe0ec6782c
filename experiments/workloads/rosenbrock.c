/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rosenbrock's valley, chained over neighbours when n > 2, least at 1:

     f (w) = sum of 100 (w_{i+1} - w_i^2)^2 + (1 - w_i)^2, i = 0 .. n - 2

   H. H. Rosenbrock, The Computer Journal 3 (1960) 175-184, for n = 2.  His
   start (-1.2, 1) would have w_0 change its sign on the way; so the start is
   0.4 and 0.6 by turns, beside the valley.

   Operations: d_i = w_{i+1} - w_i^2, q_i = 1 - w_i; f from the dot products of
   d and of q with themselves; p_i = 100 d_i; and half the gradient

     p_{i-1} - (2 p_i w_i + q_i)

   is doubled last, by an addition: no constant is larger than 100, and numbers
   are half of what they would be.  */

#include <config.h>
#include "experiments/workloads/objective.h"

enum { steepness, ones, zeros };   /* constants */
enum { d, q, t };                  /* works */

static const numsys_param params[] = {
  { "dimension", 2, 2, 10000, NULL, "parameters" },
  { NULL, 0, 0, 0, NULL, NULL },
};

static float
start (const int64_t values[], size_t i)
{
  (void) values;
  return i % 2 == 0 ? 0.4f : 0.6f;
}

static double
constant (const int64_t values[], size_t array, size_t i)
{
  (void) values;
  (void) i;
  return array == steepness ? 100 : array == ones ? 1 : 0;
}

/* d, q and the value. */
static void
find_value (objective_elements *e, numsys_events *A)
{
  const size_t terms = e->n - 1;
  const numsys_context *context = &e->context;
  void *sum = e->work[t];

  objective_apply (e, NUMSYS_MULTIPLY, terms, e->w, e->w, e->work[d], A);
  objective_apply (e, NUMSYS_SUBTRACT, terms, objective_at (e, e->w, 1),
                   e->work[d], e->work[d], A);
  objective_apply (e, NUMSYS_SUBTRACT, terms, e->constant[ones], e->w,
                   e->work[q], A);
  numsys_dot (e->system, context, terms, e->work[d], e->work[d], e->value, A);
  objective_apply (e, NUMSYS_MULTIPLY, 1, e->value, e->constant[steepness],
                   e->value, A);
  numsys_dot (e->system, context, terms, e->work[q], e->work[q], sum, A);
  objective_apply (e, NUMSYS_ADD, 1, e->value, sum, e->value, A);
}

/* Half the gradient: the first parameter has no neighbour below, the last one
   nothing else. */
static void
find_half (objective_elements *e, const void *p, const void *own,
           numsys_events *G)
{
  const void *zero = e->constant[zeros];
  const size_t terms = e->n - 1;

  objective_apply (e, NUMSYS_SUBTRACT, 1, zero, own, e->g, G);
  objective_apply (e, NUMSYS_SUBTRACT, terms - 1, p, objective_at (e, own, 1),
                   objective_at (e, e->g, 1), G);
  objective_apply (e, NUMSYS_SUBTRACT, 1, objective_at (e, p, terms - 1),
                   zero, objective_at (e, e->g, terms), G);
}

static void
evaluate (objective_elements *e, numsys_events *A, numsys_events *G)
{
  const size_t terms = e->n - 1;
  void *p = e->work[d], *own = e->work[t];

  find_value (e, A);
  objective_apply (e, NUMSYS_MULTIPLY, terms, e->constant[steepness], p, p,
                   G);
  objective_apply (e, NUMSYS_MULTIPLY, terms, p, e->w, own, G);
  objective_apply (e, NUMSYS_ADD, terms, own, own, own, G);
  objective_apply (e, NUMSYS_ADD, terms, own, e->work[q], own, G);
  find_half (e, p, own, G);
  objective_apply (e, NUMSYS_ADD, e->n, e->g, e->g, e->g, G);
}

const objective_type objective_rosenbrock = {
  .name = "rosenbrock",
  .formula = "f(w) = sum of 100 (w_{i+1} - w_i^2)^2 + (1 - w_i)^2, "
             "i = 0 .. n-2",
  .params = params,
  .constants = 3,
  .works = 3,
  .start = start,
  .constant = constant,
  .evaluate = evaluate,
};
