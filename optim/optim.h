/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Optimizers: update rules for arrays of weights.

   An update rule is one constant of type optim_type in a file of its own,
   named in registry.c.  Each has two forms: the fast one on float32 arrays,
   with weights stored in a quantizer's grid, and the one that runs wholly in
   a number system's own arithmetic.  The loop over steps belongs to the
   caller.  */

#ifndef OPTIM_OPTIM_H
#define OPTIM_OPTIM_H

#include "numsys/numsys.h"

/* A hyperparameter.  A list of them ends with key == NULL. */
typedef struct optim_param
{
  const char *key;
  double preset, least, most;   /* allowed values, both included */
  const char *meaning;
  int is_whole;                 /* whole numbers only */
} optim_param;

typedef struct optim optim;                /* a rule and its values */
typedef struct optim_tensor optim_tensor;  /* its memory of one tensor */
typedef struct optim_elements optim_elements;  /* ... in a number system */

/* A slice of a step, told of while it happens: weights first .. first + n - 1
   of the tensor. */
typedef struct optim_slice
{
  size_t first, n;
  const float *before;     /* weights before the step */
  const float *exact;      /* after it, in float32, before they are stored */
  const float *stored;     /* after it, as stored */
  const float *steps;      /* NULL, or what was added to gamma log2 |w| */
  double gamma;            /* of the grid that steps are of */
  const float *proposal;   /* 0 where the rule left a weight alone ... */
  int decays;              /* ... but for the decay, when there is one */
  float limit;             /* rule's bound, as stored; INFINITY: none */
} optim_slice;

/* What a step tells, if asked; it changes nothing.  Either may be NULL. */
typedef struct optim_watch
{
  void *closure;
  void (*slice) (void *closure, const optim_slice *slice);
  /* Moments, M or V, of the whole tensor, as one row, about to be stored. */
  void (*moments) (void *closure, char letter, size_t n, const float x[],
                   const numsys_random *random);
} optim_watch;

/* Where float32 weights are stored after an update.  U NULL: float32 itself;
   else weights lie on U's grid at scale before a step as after it.  A
   multiplicative rule on an LNS grid adds to the stored exponent
   (numsys_quantize_shift) and rounds nothing else.  Moments are one row,
   brought to the grids of M and V after each update of theirs. */
typedef struct optim_storage
{
  const numsys_quantizer *U;
  numsys_scale scale;
  const numsys_quantizer *M, *V;   /* moments; NULL: float32 */
  const numsys_random *random;     /* of this tensor and step; NULL unless a
                                      rounding is stochastic */
  const optim_watch *watch;        /* or NULL */
  /* NULL, or told of weights first .. first + n - 1 once they are stored, in
     order, while they are in the caches; their gradients are not read any
     more. */
  void (*stored) (void *closure, size_t first, size_t n);
  void *closure;
} optim_storage;

/* Counts, added to by each step. */
typedef struct optim_counts
{
  uint64_t updates;     /* weights whose exact update was not zero */
  uint64_t swallowed;   /* ... of these, weights that did not change */
  uint64_t flips;       /* weights whose sign changed */
  uint64_t bounded;     /* weights at a rule's own bound (wmax) */
  numsys_events stored; /* events of U */
} optim_counts;

/* Names and hyperparameters of all rules, for help and tests. */
typedef struct optim_type optim_type;
extern const optim_type *const optim_types[];   /* ended by NULL */
const char *optim_type_name (const optim_type *type);
const char *optim_type_summary (const optim_type *type);
const optim_param *optim_type_params (const optim_type *type);
/* The learning rate that its authors, or custom, give it. */
double optim_type_lr (const optim_type *type);
/* 1: updates are factors of the weight; no zero weight ever moves. */
int optim_type_is_multiplicative (const optim_type *type);

/* From NAME:key=value,..., owned by the caller; NULL and a sentence.  A value
   may be a power of two: 2^-7.  In keys `-' may stand for `_'. */
optim *optim_new (const char *spec, numsys_error *error);
void optim_free (optim *rule);
const char *optim_spec (const optim *rule);   /* canonical */
const optim_type *optim_type_of (const optim *rule);

/* Memory for weights w[0..n), n > 0, as initialised; the rule is not needed
   any more.  NULL when memory ran out. */
optim_tensor *optim_tensor_new (const optim *rule, size_t n, const float w[]);
void optim_tensor_free (optim_tensor *tensor);

/* The largest magnitude that the rule lets weights of this tensor reach, or 0
   if it has no bound: U's scale follows from it, once. */
float optim_tensor_bound (const optim_tensor *tensor);

/* One step: w[0..n) moved by gradient g[0..n) at learning rate lr, then
   stored.  Step counts begin at 1 and are kept in the tensor.  storage and
   counts may be NULL. */
void optim_step (optim_tensor *tensor, double lr, const optim_storage *storage,
                 size_t n, const float g[], float w[], optim_counts *counts);

/* The same in parts, which threads may share: begun once, with the whole
   gradients and weights, then weights first .. first + n - 1, each in one
   part.  Slices begin at first; `stored' and `watch' are called by every
   part.  */
void optim_step_begin (optim_tensor *tensor, double lr,
                       const optim_storage *storage, size_t n,
                       const float g[], const float w[]);
void optim_step_part (optim_tensor *tensor, const optim_storage *storage,
                      size_t first, size_t n, const float g[], float w[],
                      optim_counts *counts);

/* The same on weights kept as elements of U's system: what a step on their
   floats stores, and counts, to the bit.  For multiplicative rules on an LNS
   grid whose steps are never NaN, which has no code (optim_keeps_codes): the
   step is an integer add on the stored exponent.  Only a watch makes floats of
   weights.  A step in parts begins by optim_step_begin, w being NULL.  */
int optim_keeps_codes (const optim_tensor *tensor,
                       const optim_storage *storage);
void optim_step_codes (optim_tensor *tensor, double lr,
                       const optim_storage *storage, size_t n,
                       const float g[], void *w, optim_counts *counts);
void optim_step_codes_part (optim_tensor *tensor,
                            const optim_storage *storage, size_t first,
                            size_t n, const float g[], void *w,
                            optim_counts *counts);

/* The same in a number system's arithmetic: every operation rounded by
   context, constants to nearest.  w and g are elements of system, which the
   memory keeps a pointer to.  events may be NULL. */
optim_elements *optim_elements_new (const optim *rule, const numsys *system,
                                    const numsys_context *context, size_t n,
                                    const void *w);
void optim_elements_free (optim_elements *memory);
void optim_elements_step (optim_elements *memory, double lr, const void *g,
                          void *w, numsys_events *events);

/* --- Schedules (schedule.c) --- */

typedef struct optim_schedule optim_schedule;

/* constant; step:every=0.3,factor=0.1; cosine (to zero); each may carry
   warm-up=FRACTION of all steps, linear from zero. */
optim_schedule *optim_schedule_new (const char *spec, numsys_error *error);
void optim_schedule_free (optim_schedule *schedule);
const char *optim_schedule_spec (const optim_schedule *schedule);
/* Factor of the learning rate at step 0 <= t < steps; the cosine's own cos. */
double optim_schedule_factor (const optim_schedule *schedule, uint64_t t,
                              uint64_t steps);

#endif
