/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The oracle with a memory.  */

#include <config.h>

#include <stdlib.h>

#include "experiments/results/memory.h"
#include "experiments/verify/finding.h"

/* Recipes remembered: a power of two, enough for the sums and differences of
   an LNS of 16 bits and for pairs of 8. */
#define REMEMBERED (1u << 17)

verify_judge *
verify_judge_new (const verify_question *question, unsigned random_bits)
{
  verify_judge *judge = memory_new (1, sizeof *judge);

  judge->question = question;
  judge->unfloored = question->result;
  judge->unfloored.flushes = 0;
  judge->random_bits = random_bits;
  judge->memory = memory_new (REMEMBERED, sizeof judge->memory[0]);
  judge->floor = memory_new (VERIFY_FLOORED, sizeof judge->floor[0]);
  judge->settled[0] = judge->settled[1] = UINT64_MAX;
  oracle_number_init (&judge->x);
  return judge;
}

void
verify_judge_free (verify_judge *judge)
{
  if (judge == NULL)
    return;
  oracle_number_clear (&judge->x);
  free (judge->memory);
  free (judge->floor);
  free (judge);
}

void
verify_make_exact (verify_judge *judge)
{
  if (judge->recipe.tag != 0)
    verify_recipe_number (judge->question, &judge->recipe, &judge->x);
  else
    verify_exact (judge->question, judge->operand, judge->i, &judge->x);
}

int
verify_is_log_sum (const verify_judge *judge)
{
  const verify_question *q = judge->question;

  return (judge->recipe.tag == VERIFY_SAME
          || judge->recipe.tag == VERIFY_OPPOSITE) && q->kind == VERIFY_APPLY
         && q->operand.family == ORACLE_LNS
         && (q->operation == NUMSYS_ADD || q->operation == NUMSYS_SUBTRACT
             || q->operation == NUMSYS_FMA);
}

/* The place beside the larger operand. */
static oracle_place
beside (const verify_recipe *recipe)
{
  const int is_difference = recipe->tag == VERIFY_OPPOSITE;
  const int side = is_difference ? 1 : -1;

  return (oracle_place) { .below = (int64_t) recipe->key - is_difference,
                          .side = side, .side_linear = side };
}

static void
locate_log_sum (verify_judge *judge, oracle_place *place)
{
  const verify_recipe *recipe = &judge->recipe;
  uint64_t *settled = &judge->settled[recipe->tag - 1];
  const oracle_place wanted = beside (recipe);

  if (recipe->key >= *settled)
    {
      *place = wanted;
      return;
    }
  verify_make_exact (judge);
  oracle_locate (&judge->question->result, &judge->x, place);
  if (place->class == ORACLE_FINITE && !place->zero && !place->hit
      && place->below == wanted.below && place->side == wanted.side
      && place->side_linear == wanted.side_linear)
    *settled = recipe->key;
}

int
verify_is_settled (const verify_judge *judge)
{
  return verify_is_log_sum (judge)
         && judge->recipe.key >= judge->settled[judge->recipe.tag - 1];
}

/* What is known of such a sum by one of smaller d. */
static void
inherit (const verify_judge *judge, finding *found)
{
  const finding *other = &judge->nearest[judge->recipe.tag - 1];

  if (!verify_is_settled (judge) || other->tag != found->tag
      || other->key > found->key)
    return;
  for (int k = 0; k < 2; k++)
    if (found->tag == VERIFY_OPPOSITE)
      found->draws[k].leaves = other->draws[k].leaves;
    else
      found->draws[k].stays = other->draws[k].stays;
}

static void
locate (verify_judge *judge, finding *found)
{
  *found = (finding) { .key = judge->recipe.key, .tag = judge->recipe.tag };
  for (int k = 0; k < 2; k++)
    found->draws[k].stays = UINT64_C (1) << judge->random_bits;
  if (verify_is_log_sum (judge))
    {
      locate_log_sum (judge, &found->place);
      inherit (judge, found);
      return;
    }
  verify_make_exact (judge);
  oracle_locate (&judge->question->result, &judge->x, &found->place);
}

/* Where a recipe is remembered; those of a single value lie apart. */
static size_t
slot (const verify_recipe *recipe)
{
  const uint64_t at = recipe->tag == VERIFY_ALONE
                      ? recipe->key + REMEMBERED / 2
                      : 2 * recipe->key + (recipe->tag == VERIFY_OPPOSITE);

  return (size_t) (at % REMEMBERED);
}

void
verify_judge_take (verify_judge *judge, uint32_t *const operand[], size_t i)
{
  verify_recipe *recipe = &judge->recipe;

  judge->operand = operand;
  judge->i = i;
  if (judge->question->kind == VERIFY_COMPARE)
    return;
  verify_recipe_of (judge->question, operand, i, recipe);
  judge->found = &judge->fresh;
  if (recipe->tag != 0)
    judge->found = &judge->memory[slot (recipe)];
  if (recipe->tag == 0 || judge->found->tag != recipe->tag
      || judge->found->key != recipe->key)
    locate (judge, judge->found);
  judge->place = judge->found->place;
  judge->place.negative ^= recipe->flip;
  judge->place.below += recipe->shift;
}

static void
compare (verify_judge *judge, oracle_result *result)
{
  const oracle_system *system = &judge->question->operand;
  oracle_number a, b;

  oracle_number_init (&a);
  oracle_number_init (&b);
  oracle_value (system, judge->operand[0][judge->i], &a);
  oracle_value (system, judge->operand[1][judge->i], &b);
  *result = (oracle_result) { .code = (uint32_t) oracle_compare (&a, &b) };
  oracle_number_clear (&a);
  oracle_number_clear (&b);
}

void
verify_judge_settle (verify_judge *judge, numsys_rounding rounding,
                     uint32_t word, oracle_result *result)
{
  const oracle_system *system = &judge->question->result;
  const oracle_rule rule = { rounding, judge->random_bits, word };
  int leave = 0;

  if (judge->question->kind == VERIFY_COMPARE)
    {
      compare (judge, result);
      return;
    }
  if ((rounding == NUMSYS_STOCHASTIC || rounding == NUMSYS_STOCHASTIC_LOG)
      && judge->place.class == ORACLE_FINITE && !judge->place.zero)
    leave = verify_leaves (judge, &rule);
  oracle_settle (system, &judge->place, rounding, leave, result);
}
