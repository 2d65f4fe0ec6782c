/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The element form: a rule's step wholly in a number system's arithmetic.
   Not installed.

   Operations on arrays are the system's, each rounded by the caller's context;
   the c-th operation of a memory's life draws words c n .. c n + n - 1 after
   the context's first.  Constants and factors are found in wide numbers and
   rounded once to the system, always to nearest, like entries of a table.
   Decisions that are integers (rounded normalized gradients, signs, levels)
   are taken on decoded values.  */

#ifndef OPTIM_ELEMENTS_H
#define OPTIM_ELEMENTS_H

#include "optim/type.h"

/* --- wide.c: numbers of at least 192 bits, 64 more than the system's --- */

typedef struct optim_wide optim_wide;

/* NULL when memory ran out. */
optim_wide *optim_wide_new (const numsys *narrow);
void optim_wide_free (optim_wide *wide);
const numsys *optim_wide_system (const optim_wide *wide);

/* Results below are wide elements that hold until the next call of the same
   function (optim_wide_bias: with the same which). */

/* 1 - beta^t for the next t, from 1 on; which is 0 or 1: two such powers. */
const void *optim_wide_bias (optim_wide *wide, int which, double beta);
const void *optim_wide_ratio (optim_wide *wide, double a, const void *b);
const void *optim_wide_quotient (optim_wide *wide, double a, double b);
/* 1 - a b */
const void *optim_wide_one_minus (optim_wide *wide, double a, double b);
/* -(a b) - (c d) */
const void *optim_wide_exponent (optim_wide *wide, double a, double b,
                                 double c, double d);
/* An element of a system, or minus it. */
const void *optim_wide_of (optim_wide *wide, const numsys *system,
                           const void *element, int negate);
/* B^x. */
const void *optim_wide_power (optim_wide *wide, int base_e, const void *x);
/* scale rms (w[0..n)); NULL when memory ran out. */
const void *optim_wide_rms (optim_wide *wide, double scale,
                            const numsys *system, size_t n, const void *w);
/* most e^(-base_lr level), most being wide; good as long as a power. */
const void *optim_wide_level (optim_wide *wide, const void *most,
                              double base_lr, unsigned level);

/* --- elements.c --- */

struct optim_elements
{
  const optim_type *type;
  double values[OPTIM_MOST_PARAMS];
  const numsys *system;
  numsys_context context, nearest;
  size_t n;
  uint64_t calls;              /* operations so far */
  optim_wide *wide;
  void *m, *v;                 /* moments, made for every rule */
  void *a, *b, *c, *d;         /* arrays of work */
  double *x;                   /* decoded values, of work */
  void *limits;                /* wmax and -wmax, when is_bounded */
  int is_bounded;
  int reach;                   /* integer rules: factors for lr */
  void *factors;
  double factors_lr;
  int has_factors;
  uint16_t *levels;            /* integer-madam, its wmax wide */
  numsys_events *events;       /* of the step under way */
};

/* One operation on n elements. */
void optim_elements_apply (optim_elements *e, numsys_operation operation,
                           const void *a, const void *b, void *out);
/* n copies of a double, or of a wide element. */
void optim_elements_fill (optim_elements *e, double value, void *out);
void optim_elements_fill_wide (optim_elements *e, const void *value,
                               void *out);
/* out = c a; uses e->c. */
void optim_elements_scale (optim_elements *e, double c, const void *a,
                           void *out);
/* y = (beta y) + ((1 - beta) x); uses e->b and e->c. */
void optim_elements_blend (optim_elements *e, double beta, const void *x,
                           void *y);
/* e->x = a, as doubles. */
void optim_elements_decode (optim_elements *e, const void *a);
/* Element i of out from a wide element. */
void optim_elements_set_wide (optim_elements *e, const void *value, void *out,
                              size_t i);
/* -1, 0 or 1. */
int optim_elements_sign (const optim_elements *e, const void *w, size_t i);
/* Holds w to +-wmax. */
void optim_elements_hold (optim_elements *e, void *w);

/* --- multiply.c: multiplicative updates in a number system --- */

/* w[i] *= B^(-x[i] sign w[i]), x elements; uses e->c. */
void optim_elements_multiply (optim_elements *e, int base_e, const void *x,
                              void *w);
/* w[i] *= 2^(-lr j), or e^(-lr j - lr decay) where decay is not 0, j = e->x[i]
   sign w[i] being an integer of at most e->reach; uses e->c. */
void optim_elements_multiply_integer (optim_elements *e, double lr,
                                      double decay, void *w);

/* --- adam.c --- */

/* m, v and Adam's direction d, which is left in e->a, from h, which may be
   e->d; uses all other arrays of work but e->d. */
void optim_adam_elements (optim_elements *e, double lr, const void *h);

/* --- normalize.c --- */

/* v brought up to date, and the normalized gradient of g in e->a and, decoded,
   in e->x, both held to +-bound; uses e->b and e->c. */
void optim_elements_normalize (optim_elements *e, double beta, double bound,
                               const void *g);

#endif
