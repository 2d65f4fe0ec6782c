/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the judge remembers of a recipe; for its own files.  */

#ifndef EXPERIMENTS_VERIFY_FINDING_H
#define EXPERIMENTS_VERIFY_FINDING_H

#include "experiments/verify/judge.h"

/* What is known of stochastic draws: u below leave, u from here on stay. */
typedef struct verify_draws
{
  uint64_t leaves, stays;
} verify_draws;

/* The same of an LNS's values below its smallest, zero being the lower
   neighbour. */
typedef struct floored
{
  int is_known;
  int64_t step;
  verify_draws draws;
} floored;

typedef struct finding
{
  uint64_t key;
  uint32_t tag;              /* 0: nothing is remembered */
  int is_measured;
  oracle_place place;
  verify_draws draws[2];     /* of stochastic, and stochastic-log; */
  int is_narrowed[2];        /* and whether they were narrowed */
  double below, above;       /* relative errors of the neighbours */
} finding;

#define VERIFY_FLOORED (1u << 16)

struct verify_judge
{
  const verify_question *question;
  oracle_system unfloored;   /* the result's, without flushing: an LNS's
                                lattice goes on below its smallest value */
  unsigned random_bits;
  finding *memory;
  finding fresh;             /* of a case without a recipe */
  floored *floor;            /* VERIFY_FLOORED of them, by step */
  uint64_t settled[2];       /* sums and differences of an LNS: from this d on
                                they lie beside the larger operand; */
  finding nearest[2];        /* and what was last found out of one there */
  oracle_number x;

  /* The case taken up. */
  uint32_t *const *operand;
  size_t i;
  verify_recipe recipe;
  finding *found;
  oracle_place place;        /* with the case's own sign and shift */
};

/* judge->x = the exact result of the case's recipe, or of the case. */
void verify_make_exact (verify_judge *judge);

/* Whether the case is a sum in an LNS, whose recipe's key is d. */
int verify_is_log_sum (const verify_judge *judge);

/* Whether the case is a sum beside its larger operand. */
int verify_is_settled (const verify_judge *judge);

/* A sum in an LNS as a part of what lies between its neighbours, of their
   logarithms if is_log: about. */
double verify_log_sum_part (const verify_judge *judge, int is_log);

/* Whether a stochastic rounding leaves the lower neighbour (draws.c). */
int verify_leaves (verify_judge *judge, const oracle_rule *rule);

#endif
