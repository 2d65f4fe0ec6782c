/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The oracle with a memory: results of one recipe are located once.  What is
   remembered is bounded; what is forgotten is located again.  */

#ifndef EXPERIMENTS_VERIFY_JUDGE_H
#define EXPERIMENTS_VERIFY_JUDGE_H

#include "experiments/verify/recipe.h"

typedef struct verify_judge verify_judge;

/* A judge of one question, for stochastic roundings of so many random bits;
   not to be shared between threads.  question is borrowed.  */
verify_judge *verify_judge_new (const verify_question *question,
                                unsigned random_bits);
void verify_judge_free (verify_judge *judge);   /* NULL is allowed */

/* Takes up case i, whose operand k is operand[k][i]; to be called before the
   others below.  */
void verify_judge_take (verify_judge *judge, uint32_t *const operand[],
                        size_t i);

/* The right result of the case taken up.  The code of a comparison is its
   result, -1 being 2^32 - 1.  */
void verify_judge_settle (verify_judge *judge, numsys_rounding rounding,
                          uint32_t word, oracle_result *result);

/* The error of a result, (result - exact) / |exact|, the same with the exact
   result made positive, and the gap between the
   neighbours of the exact result, divided by it likewise; NAN when the result
   is not finite, or the exact one zero or not between the smallest and the
   largest value.  */
typedef struct verify_error
{
  double relative, outward, gap;
} verify_error;

verify_error verify_judge_measure (verify_judge *judge,
                                   const oracle_result *result);

/* LNS: the steps from the exact result's magnitude up to the result's; NAN as
   above, and for results that are zero or of the other sign.  */
double verify_judge_log_error (verify_judge *judge,
                               const oracle_result *result);

/* The exact result, to about a double. */
double verify_judge_exact (verify_judge *judge);

#endif
