/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans: which cases are judged.  */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/verify/verify.h"
#include "numsys/random.h"

/* Codes of this width are listed; the squares of 8, and the cubes of 6, are
   still few. */
#define LISTED_BITS 16
#define PAIR_BITS 8
#define TRIPLE_BITS 6
#define MOST_TRIPLE_BITS 10

/* Words of results lie apart from those of operands. */
#define PURPOSE_RESULTS 201

static void
list_codes (verify_plan *plan)
{
  const oracle_system *system = &plan->question->operand;
  const unsigned bits = oracle_code_bits (system);

  if (bits > LISTED_BITS)
    return;
  plan->codes = memory_new ((size_t) 1 << bits, sizeof plan->codes[0]);
  for (uint32_t code = 0; code < UINT32_C (1) << bits; code++)
    if (oracle_code_is_canonical (system, code))
      plan->codes[plan->code_count++] = code;
}

static void
add_corner (verify_plan *plan, uint32_t code)
{
  for (size_t i = 0; i < plan->corner_count; i++)
    if (plan->corners[i] == code)
      return;
  if (!oracle_code_is_canonical (&plan->question->operand, code))
    return;
  plan->corners = memory_grow (plan->corners, plan->corner_count,
                               sizeof plan->corners[0]);
  plan->corners[plan->corner_count++] = code;
}

/* A step of both signs, if it has codes. */
static void
add_step (verify_plan *plan, int64_t step)
{
  const oracle_system *system = &plan->question->operand;

  for (int negative = 0; negative < 2; negative++)
    if (step >= oracle_least_step (system)
        && step <= oracle_most_step (system, negative))
      add_corner (plan, oracle_step_code (system, negative, step));
}

/* The step of 1, or near it. */
static int64_t
one (const oracle_system *system)
{
  switch (system->family)
    {
    case ORACLE_LNS:
      return system->bias;
    case ORACLE_FIXED:
      return system->fraction >= 0 && system->fraction < 32
             ? INT64_C (1) << system->fraction : 1;
    default:
      return system->bias << system->significand;
    }
}

/* Zero, the ends of the range, 1, the smallest normal number, specials. */
static void
list_corners (verify_plan *plan)
{
  const oracle_system *system = &plan->question->operand;
  const unsigned bits = oracle_code_bits (system);
  const int64_t least = oracle_least_step (system);
  const int64_t middle = one (system);
  const uint32_t sign = UINT32_C (1) << (bits - 1);

  add_corner (plan, 0);
  add_corner (plan, sign);
  add_corner (plan, sign - 1);
  add_corner (plan, sign | (sign - 1));
  for (int i = 0; i < 2; i++)
    add_step (plan, least + i);
  for (int i = -1; i < 2; i++)
    add_step (plan, middle + i);
  for (int i = -1; i < 1; i++)
    for (int negative = 0; negative < 2; negative++)
      add_step (plan, oracle_most_step (system, negative) + i);
  if (system->family == ORACLE_FLOAT)
    {
      const uint32_t normal = UINT32_C (1) << system->significand;

      add_corner (plan, normal);
      add_corner (plan, normal - 1);
      add_corner (plan, (sign - 1) / normal * normal);
      add_corner (plan, sign | (sign - 1) / normal * normal);
    }
}

static int
is_difference (const verify_question *q)
{
  return q->kind == VERIFY_APPLY && q->operand.family == ORACLE_LNS
         && (q->operation == NUMSYS_ADD || q->operation == NUMSYS_SUBTRACT);
}

static const verify_source *
choose (const verify_question *q, int exhaustive)
{
  const unsigned bits = oracle_code_bits (&q->operand);
  const unsigned most[4] = { 0, LISTED_BITS,
                             exhaustive ? LISTED_BITS : PAIR_BITS,
                             exhaustive ? MOST_TRIPLE_BITS : TRIPLE_BITS };

  if (q->kind != VERIFY_SUM && q->kind != VERIFY_DOT
      && bits <= most[q->operands])
    return &verify_all;
  if (is_difference (q) && (exhaustive || bits <= LISTED_BITS + 1))
    return &verify_differences;
  return &verify_drawn;
}

void
verify_plan_init (verify_plan *plan, const verify_question *question,
                  int exhaustive, uint64_t seed, uint64_t drawn,
                  unsigned random_bits)
{
  *plan = (verify_plan) { .question = question, .seed = seed, .drawn = drawn,
                          .random_bits = random_bits,
                          .source = choose (question, exhaustive) };
  list_codes (plan);
  list_corners (plan);
}

void
verify_plan_clear (verify_plan *plan)
{
  free (plan->codes);
  free (plan->corners);
  memset (plan, 0, sizeof *plan);
}

uint64_t
verify_plan_count (const verify_plan *plan)
{
  return plan->source->count (plan);
}

const char *
verify_plan_proof (const verify_plan *plan)
{
  static const char *const all[] = { "", "all codes", "all pairs",
                                     "all triples" };

  return plan->source == &verify_all ? all[plan->question->operands]
                                     : plan->source->name;
}

/* --- Batches --- */

void
verify_batch_init (verify_batch *batch, const verify_question *question,
                   size_t n)
{
  batch->operand = memory_new (question->operands, sizeof batch->operand[0]);
  for (size_t k = 0; k < question->operands; k++)
    batch->operand[k] = memory_new (n, sizeof batch->operand[k][0]);
  batch->word = memory_new (n, sizeof batch->word[0]);
}

void
verify_batch_clear (verify_batch *batch, const verify_question *question)
{
  for (size_t k = 0; k < question->operands; k++)
    free (batch->operand[k]);
  free (batch->operand);
  free (batch->word);
}

numsys_context
verify_context_of (const verify_plan *plan, numsys_rounding rounding,
                   uint64_t first)
{
  numsys_context context = numsys_context_of (rounding);

  context.random_bits = plan->random_bits;
  context.random = numsys_random_of (plan->seed, PURPOSE_RESULTS, 0, 0);
  context.first = first;
  return context;
}

void
verify_batch_fill (verify_batch *batch, const verify_plan *plan,
                   uint64_t first, size_t n)
{
  const numsys_context context
    = verify_context_of (plan, NUMSYS_STOCHASTIC, first);

  batch->first = first;
  batch->n = n;
  plan->source->fill (plan, batch);
  numsys_random_words (&context.random, first, n, batch->word);
}
