/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the judge remembers of a recipe; for its own files.  */

#ifndef EXPERIMENTS_VERIFY_FINDING_H
#define EXPERIMENTS_VERIFY_FINDING_H

#include "experiments/verify/judge.h"

typedef struct finding
{
  uint64_t key;
  uint32_t tag;              /* 0: nothing is remembered */
  int is_measured;
  oracle_place place;
  uint64_t leaves[2];        /* u below leave, */
  uint64_t stays[2];         /* u from here on stay; of stochastic, and
                                stochastic-log */
  double below, above;       /* relative errors of the neighbours */
} finding;

struct verify_judge
{
  const verify_question *question;
  oracle_system unfloored;   /* the result's, without flushing: an LNS's
                                lattice goes on below its smallest value */
  unsigned random_bits;
  finding *memory;
  finding fresh;             /* of a case without a recipe */
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

#endif
