/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The oracle with a memory.

   A stochastic rounding leaves the lower neighbour for small random numbers u
   and stays for large ones, so what was once decided of one u bounds all: of
   each recipe an interval is kept in which the oracle must still be asked.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "experiments/results/memory.h"
#include "experiments/verify/judge.h"

/* Recipes remembered: a power of two, enough for the sums and differences of
   an LNS of 16 bits and for pairs of 8. */
#define REMEMBERED (1u << 17)

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
  oracle_number x;

  /* The case taken up. */
  uint32_t *const *operand;
  size_t i;
  verify_recipe recipe;
  finding *found;
  oracle_place place;        /* with the case's own sign and shift */
};

verify_judge *
verify_judge_new (const verify_question *question, unsigned random_bits)
{
  verify_judge *judge = memory_new (1, sizeof *judge);

  judge->question = question;
  judge->unfloored = question->result;
  judge->unfloored.flushes = 0;
  judge->random_bits = random_bits;
  judge->memory = memory_new (REMEMBERED, sizeof judge->memory[0]);
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
  free (judge);
}

/* x = the exact result of the case's recipe, or of the case. */
static void
make_exact (verify_judge *judge)
{
  if (judge->recipe.tag != 0)
    verify_recipe_number (judge->question, &judge->recipe, &judge->x);
  else
    verify_exact (judge->question, judge->operand, judge->i, &judge->x);
}

static void
locate (verify_judge *judge, finding *found)
{
  make_exact (judge);
  *found = (finding) { .key = judge->recipe.key, .tag = judge->recipe.tag };
  for (int k = 0; k < 2; k++)
    found->stays[k] = UINT64_C (1) << judge->random_bits;
  oracle_locate (&judge->question->result, &judge->x, &found->place);
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
    judge->found
      = &judge->memory[(2 * recipe->key + recipe->tag - 1) % REMEMBERED];
  if (recipe->tag == 0 || judge->found->tag != recipe->tag
      || judge->found->key != recipe->key)
    locate (judge, judge->found);
  judge->place = judge->found->place;
  judge->place.negative ^= recipe->flip;
  judge->place.below += recipe->shift;
}

/* Whether the rounding leaves the lower neighbour, one recipe's answer being
   that of all its cases.  */
static int
leaves (verify_judge *judge, const oracle_rule *rule)
{
  const int k = rule->rounding == NUMSYS_STOCHASTIC_LOG;
  const uint64_t u = rule->word >> (32 - rule->random_bits);
  finding *found = judge->found;
  int leave;

  if (u < found->leaves[k])
    return 1;
  if (u >= found->stays[k])
    return 0;
  make_exact (judge);
  leave = oracle_leaves (&judge->unfloored, &judge->x, &found->place, rule);
  if (leave)
    found->leaves[k] = u + 1;
  else
    found->stays[k] = u;
  return leave;
}

/* The same where an LNS flushes: zero is the lower neighbour, and the answer
   the case's own.  */
static int
leaves_zero (verify_judge *judge, const oracle_rule *rule)
{
  verify_exact (judge->question, judge->operand, judge->i, &judge->x);
  return oracle_leaves (&judge->question->result, &judge->x, &judge->place,
                        rule);
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
    leave = rounding == NUMSYS_STOCHASTIC && system->family == ORACLE_LNS
            && system->flushes
            && judge->place.below < oracle_least_step (system)
            ? leaves_zero (judge, &rule) : leaves (judge, &rule);
  oracle_settle (system, &judge->place, rounding, leave, result);
}

/* (step - x) / x, from logarithms of many bits. */
static double
relative (const verify_judge *judge, int64_t step)
{
  const oracle_system *system = &judge->question->result;
  oracle_sum value;
  mpfr_t low, high, x;
  double result = -1;

  oracle_sum_init (&value);
  mpfr_inits2 (128, low, high, x, (mpfr_ptr) NULL);
  oracle_step_value (system, step, &value);
  if (value.n > 0 && mpz_sgn (value.c[0]) != 0)
    {
      oracle_number_log2 (&judge->x, x, high);
      oracle_sum_log2 (&value, low, high);
      mpfr_sub (low, low, x, MPFR_RNDN);
      result = expm1 (mpfr_get_d (low, MPFR_RNDN) * M_LN2);
    }
  mpfr_clears (low, high, x, (mpfr_ptr) NULL);
  oracle_sum_clear (&value);
  return result;
}

/* Whether the exact result is at least the smallest value that is not zero,
   and no greater than the largest. */
static int
is_within_range (const verify_judge *judge)
{
  const oracle_system *system = &judge->question->result;
  const oracle_place *place = &judge->place;
  const int64_t least = oracle_least_step (system);
  const int64_t most = oracle_most_step (system, place->negative);

  return judge->question->kind != VERIFY_COMPARE
         && place->class == ORACLE_FINITE && !place->zero
         && place->below >= (least > 0 || system->family == ORACLE_LNS
                             ? least : 1)
         && (place->below < most || (place->below == most && place->hit));
}

/* Whether the finding has its errors. */
static int
measure (verify_judge *judge)
{
  finding *found = judge->found;
  const oracle_place *place = &found->place;

  if (!is_within_range (judge))
    return 0;
  if (found->is_measured)
    return 1;
  make_exact (judge);
  found->below = place->hit ? 0 : relative (judge, place->below);
  found->above = relative (judge, place->below + 1);
  found->is_measured = 1;
  return 1;
}

/* log2 of one step over another's value, both of one sign. */
static double
log2_ratio (const oracle_system *system, int64_t a, int64_t b)
{
  oracle_number number[2];
  double value[2];
  const int64_t step[2] = { a, b };

  if (system->family == ORACLE_LNS)
    return (double) (a - b) / (double) system->gamma;
  for (int k = 0; k < 2; k++)
    {
      oracle_number_init (&number[k]);
      oracle_step_value (system, step[k], &number[k].top);
      value[k] = oracle_to_double (&number[k]);
      oracle_number_clear (&number[k]);
    }
  return log2 (value[0]) - log2 (value[1]);
}

/* (result - x) / |x| */
static double
relative_of (const verify_judge *judge, const oracle_result *result)
{
  const oracle_place *place = &judge->place;
  const finding *found = judge->found;
  double error, ratio;

  if (result->is_zero)
    error = -1;
  else if (result->negative == place->negative
           && result->step == place->below)
    error = found->below;
  else if (result->negative == place->negative
           && result->step == place->below + 1)
    error = found->above;
  else
    {
      ratio = exp2 (log2_ratio (&judge->question->result, result->step,
                                place->below + 1))
              * (1 + found->above);
      error = (result->negative == place->negative ? ratio : -ratio) - 1;
    }
  return place->negative ? -error : error;
}

verify_error
verify_judge_measure (verify_judge *judge, const oracle_result *result)
{
  verify_error error = { NAN, NAN };

  if (result->class != ORACLE_FINITE || !measure (judge))
    return error;
  error.gap = judge->found->above - judge->found->below;
  error.relative = relative_of (judge, result);
  return error;
}

double
verify_judge_log_error (verify_judge *judge, const oracle_result *result)
{
  const oracle_system *system = &judge->question->result;

  if (system->family != ORACLE_LNS || result->class != ORACLE_FINITE
      || result->is_zero || !measure (judge)
      || result->negative != judge->place.negative)
    return NAN;
  return (double) (result->step - judge->place.below)
         + log1p (judge->found->below) / M_LN2 * (double) system->gamma;
}

double
verify_judge_exact (verify_judge *judge)
{
  mpfr_t low, high;
  double x = INFINITY;

  verify_exact (judge->question, judge->operand, judge->i, &judge->x);
  if (judge->x.class == ORACLE_NAN)
    return NAN;
  if (oracle_number_is_zero (&judge->x))
    x = 0;
  else if (judge->x.class == ORACLE_FINITE)
    {
      mpfr_inits2 (128, low, high, (mpfr_ptr) NULL);
      oracle_number_log2 (&judge->x, low, high);
      mpfr_exp2 (low, low, MPFR_RNDN);
      x = mpfr_get_d (low, MPFR_RNDN);
      mpfr_clears (low, high, (mpfr_ptr) NULL);
    }
  return judge->x.negative ? -x : x;
}
