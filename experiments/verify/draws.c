/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stochastic draws before the oracle.

   A stochastic rounding leaves the lower neighbour for small random numbers u
   and stays for large ones, so what was once decided of one u bounds all: of
   each recipe an interval is kept in which the oracle must still be asked.
   Doubles only tell where to ask so that the interval becomes a narrow one;
   what they say is believed of no u.  */

#include <config.h>

#include <math.h>

#include "experiments/verify/finding.h"

/* Something to ask the oracle of. */
typedef struct asked
{
  const oracle_system *system;
  const oracle_number *x;
  const oracle_place *place;
  oracle_rule rule;            /* but for its word */
} asked;

/* Of one u; what it tells of others is kept. */
static int
ask (const asked *q, uint64_t u, verify_draws *draws)
{
  oracle_rule rule = q->rule;
  int leave;

  rule.word = (uint32_t) u << (32 - rule.random_bits);
  leave = oracle_leaves (q->system, q->x, q->place, &rule);
  if (leave)
    draws->leaves = u + 1;
  else
    draws->stays = u;
  return leave;
}

/* Asks on either side of where u begin to stay, which is about where
   (u + 1/2) / 2^R = p. */
static void
narrow (const asked *q, double p, verify_draws *draws)
{
  const int bits = (int) q->rule.random_bits;
  const double at = ldexp (p, bits) - 0.5;
  const double slack
    = 2 + ldexp ((double) q->system->gamma, bits - 48);
  const double edge[2] = { floor (at - slack), ceil (at + slack) };

  for (int i = 0; i < 2; i++)
    if (edge[i] >= (double) draws->leaves && edge[i] < (double) draws->stays)
      ask (q, (uint64_t) edge[i], draws);
}

static int
is_open (const verify_draws *draws, uint64_t u)
{
  return u >= draws->leaves && u < draws->stays;
}

/* One recipe's answer is that of all its cases. */
static int
leaves (verify_judge *judge, const oracle_rule *rule, uint64_t u)
{
  const int k = rule->rounding == NUMSYS_STOCHASTIC_LOG;
  finding *found = judge->found;
  verify_draws *draws = &found->draws[k];
  const asked q = { &judge->unfloored, &judge->x, &found->place, *rule };

  if (!is_open (draws, u))
    return u < draws->leaves;
  verify_make_exact (judge);
  if (verify_is_log_sum (judge) && !found->is_narrowed[k])
    {
      found->is_narrowed[k] = 1;
      narrow (&q, verify_log_sum_part (judge, k), draws);
    }
  if (is_open (draws, u))
    ask (&q, u, draws);
  if (verify_is_settled (judge)
      && judge->nearest[found->tag - 1].key <= found->key)
    judge->nearest[found->tag - 1] = *found;
  return u < draws->leaves;
}

/* Draws of an LNS's value below the smallest. */
static const verify_draws *
floor_draws (verify_judge *judge, const oracle_rule *rule, int64_t step)
{
  const oracle_system *system = &judge->question->result;
  const int64_t under = oracle_least_step (system) - step;
  const oracle_place place = { .below = step, .hit = 1 };
  floored *at = &judge->floor[(uint64_t) under % VERIFY_FLOORED];
  oracle_number x;
  const asked q = { system, &x, &place, *rule };

  if (at->is_known && at->step == step)
    return &at->draws;
  *at = (floored) { 1, step,
                    { 0, UINT64_C (1) << rule->random_bits } };
  oracle_number_init (&x);
  oracle_number_zero (&x, 0);
  oracle_step_value (system, step, &x.top);
  narrow (&q, exp2 (-(double) under / (double) system->gamma), &at->draws);
  oracle_number_clear (&x);
  return &at->draws;
}

/* Where an LNS flushes: zero is the lower neighbour, and the answer the case's
   own, unless it is that of both values that the case lies between.  */
static int
leaves_zero (verify_judge *judge, const oracle_rule *rule, uint64_t u)
{
  const int64_t below = judge->place.below;
  const asked q = { &judge->question->result, &judge->x, &judge->place,
                    *rule };
  verify_draws own = { 0, 0 };

  if (u < floor_draws (judge, rule, below)->leaves)
    return 1;
  if (below + 1 < oracle_least_step (q.system)
      && u >= floor_draws (judge, rule, below + 1)->stays)
    return 0;
  verify_exact (judge->question, judge->operand, judge->i, &judge->x);
  return ask (&q, u, &own);
}

int
verify_leaves (verify_judge *judge, const oracle_rule *rule)
{
  const oracle_system *system = &judge->question->result;
  const uint64_t u = rule->word >> (32 - rule->random_bits);

  if (rule->rounding == NUMSYS_STOCHASTIC && system->family == ORACLE_LNS
      && system->flushes && judge->place.below < oracle_least_step (system))
    return leaves_zero (judge, rule, u);
  return leaves (judge, rule, u);
}
