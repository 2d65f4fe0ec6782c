/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a result is made, less what does not matter to where it lies: its sign,
   the order of operands, and in an LNS a common factor.  Results of one recipe
   lie at the same place, up to a sign and a shift in steps, because the exact
   ones differ by that sign and factor.  */

#ifndef EXPERIMENTS_VERIFY_RECIPE_H
#define EXPERIMENTS_VERIFY_RECIPE_H

#include "experiments/verify/question.h"

/* Operands are positive but the last, which has the sign that makes a sum a
   difference.  Of vectors, specials and most zeros there is no recipe.  */
enum
{
  VERIFY_NO_RECIPE,
  VERIFY_SAME,       /* signs of the terms of a sum; and all else */
  VERIFY_OPPOSITE,
  VERIFY_ALONE       /* the other term is zero */
};

typedef struct verify_recipe
{
  uint32_t tag;
  uint64_t key;             /* of one question, tag and key name a recipe */
  int64_t step[3];          /* of the operands */
  int negative;             /* the last operand is negative */
  int flip;                 /* the result has the other sign */
  int64_t shift;            /* and is so many steps above */
} verify_recipe;

/* The recipe of a case, whose operand k is operand[k][i]. */
void verify_recipe_of (const verify_question *question,
                       uint32_t *const operand[], size_t i,
                       verify_recipe *out);

/* The exact result of a recipe. */
void verify_recipe_number (const verify_question *question,
                           const verify_recipe *recipe, oracle_number *x);

/* The exact result of a case itself; of sums too, not of compare. */
void verify_exact (const verify_question *question, uint32_t *const operand[],
                   size_t i, oracle_number *x);

#endif
