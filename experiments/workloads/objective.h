/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objectives: functions of a few parameters, computed with their gradients in
   the elements of any system, each operation rounded once to nearest.  An
   objective is one constant in a file of its own, named in objective.c.

   Constants are doubles, rounded once to the system.  Every objective has its
   least value, 0, where all parameters are 1, a number of most systems, and
   starts from positive numbers: a multiplicative rule changes no sign and
   moves no zero, and none of these paths asks it to.  */

#ifndef EXPERIMENTS_WORKLOADS_OBJECTIVE_H
#define EXPERIMENTS_WORKLOADS_OBJECTIVE_H

#include "numsys/numsys.h"

#define OBJECTIVE_MOST_PARAMS 2
#define OBJECTIVE_MOST_ARRAYS 4

typedef struct objective_elements objective_elements;

typedef struct objective_type
{
  const char *name;
  const char *formula;          /* for the role table */
  const numsys_param *params;   /* the first: how many parameters w has */
  size_t constants;             /* arrays of n */
  size_t works;                 /* arrays of n to compute in */
  /* Element i of w at the start: a float32 number. */
  float (*start) (const int64_t values[], size_t i);
  /* Element i of an array of constants. */
  double (*constant) (const int64_t values[], size_t array, size_t i);
  /* e->g and e->value at e->w; counts events of the value in A, those of the
     gradient alone in G. */
  void (*evaluate) (objective_elements *e, numsys_events *A,
                    numsys_events *G);
} objective_type;

/* Every objective, ended by NULL. */
extern const objective_type *const objective_types[];

extern const objective_type objective_quadratic;
extern const objective_type objective_rosenbrock;

/* An objective and its parameters' values; type NULL: none. */
typedef struct objective
{
  const objective_type *type;
  int64_t values[OBJECTIVE_MOST_PARAMS];
} objective;

/* How many parameters w has. */
size_t objective_length (const objective *of);

/* An objective in one system. */
struct objective_elements
{
  objective of;
  const numsys *system;         /* borrowed */
  numsys_context context;
  size_t n;
  void *w, *g;                  /* n each */
  void *value;                  /* one */
  void *constant[OBJECTIVE_MOST_ARRAYS], *work[OBJECTIVE_MOST_ARRAYS];
  void *arena;                  /* all of these elements */
  size_t elements;
};

/* At its start; -1 when memory ran out, and then to be cleared too. */
int objective_init (objective_elements *e, const objective *of,
                    const numsys *system);
void objective_clear (objective_elements *e);   /* a zeroed one is allowed */

/* --- For the files of objectives --- */

void *objective_at (const objective_elements *e, const void *elements,
                    size_t i);
/* out[i] = a[i] operation b[i] */
void objective_apply (const objective_elements *e, numsys_operation operation,
                      size_t n, const void *a, const void *b, void *out,
                      numsys_events *events);
/* out[i] = a[i] operation b, one element */
void objective_apply_one (const objective_elements *e,
                          numsys_operation operation, size_t n, const void *a,
                          const void *b, void *out, numsys_events *events);

#endif
