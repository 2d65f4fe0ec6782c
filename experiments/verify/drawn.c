/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases at random: first every pair, or more, of corners (zero, the ends of
   the range, 1 and its neighbours, infinities, NaN), then strata by turns, each
   made to be hard for something.  */

#include <config.h>

#include "experiments/verify/verify.h"
#include "numsys/random.h"

#define PURPOSE_OPERANDS 200

static uint64_t
corner_cases (const verify_plan *plan)
{
  uint64_t cases = 1;

  if (plan->question->operands > 3)
    return 0;
  for (size_t k = 0; k < plan->question->operands; k++)
    cases *= plan->corner_count;
  return cases;
}

static uint64_t
count (const verify_plan *plan)
{
  return plan->drawn;
}

/* Of a code that the system would not write, the positive one next to it. */
static uint32_t
allowed (const oracle_system *system, uint32_t code)
{
  const unsigned bits = oracle_code_bits (system);
  uint32_t value = (uint32_t) (code & ((UINT64_C (1) << bits) - 1));

  if (oracle_code_is_canonical (system, value))
    return value;
  value &= (UINT32_C (1) << (bits - 1)) - 1;
  return oracle_code_is_canonical (system, value)
         ? value : oracle_step_code (system, 0, oracle_least_step (system));
}

/* A code whose lower bits are few ones or few zeros: sums and products of such
   numbers lie on ties and beside them. */
static uint32_t
sparse (uint32_t word, unsigned bits)
{
  const uint32_t first = UINT32_C (1) << (word >> 8 & 31) % bits;
  const uint32_t second = UINT32_C (1) << (word >> 13 & 31) % bits;
  const uint32_t head = word & ~(first - 1);

  switch (word & 3)
    {
    case 0: return head | first;
    case 1: return head - 1;
    case 2: return head | (first - 1);
    default: return (word & ~(first | (first - 1))) | first | second;
    }
}

/* A code so far from another that b's last bits reach below a's: distances of
   every size are equally likely. */
static uint32_t
apart (const oracle_system *system, uint32_t code, uint32_t word)
{
  const unsigned bits = oracle_code_bits (system);
  const uint32_t distance
    = word >> 5 & (UINT32_MAX >> (31 - (word & 31) % bits));

  code = word >> 30 & 1 ? code + distance : code - distance;
  return word >> 31 ? code ^ UINT32_C (1) << (bits - 1) : code;
}

/* A magnitude that brings a product (or, turned, a quotient) of magnitudes
   near an end of the range, where codes run as logarithms do.  */
static uint32_t
to_the_edge (const oracle_system *system, uint32_t code, int turned,
             uint32_t word)
{
  oracle_result read;
  int64_t one, end, step;

  oracle_read_step (system, code, &read);
  if (system->family == ORACLE_FIXED || read.class != ORACLE_FINITE)
    return code;
  one = system->family == ORACLE_LNS ? system->bias
                                     : system->bias << system->significand;
  end = word & 1 ? oracle_most_step (system, 0) : oracle_least_step (system);
  step = turned ? read.step + one - end : one + end - read.step;
  step += (int64_t) (word >> 1 & 7) - 4;
  if (step < oracle_least_step (system) || step > oracle_most_step (system, 0))
    return code;
  return oracle_step_code (system, word >> 4 & 1, step);
}

static uint32_t
corner (const verify_plan *plan, uint32_t word)
{
  return plan->corners[word % plan->corner_count];
}

enum
{
  UNIFORM,
  NEIGHBOURS,    /* of each other, of either sign: cancellation */
  APART,         /* by every distance */
  SPARSE,        /* ties */
  EDGE,          /* of the range */
  CORNER,        /* with anything */
  STRATA
};

/* Operand k, the one before being given. */
static uint32_t
draw (const verify_plan *plan, unsigned stratum, size_t k, uint32_t before,
      uint32_t word)
{
  const oracle_system *system = &plan->question->operand;
  const unsigned bits = oracle_code_bits (system);
  const int divides = plan->question->kind == VERIFY_APPLY
                      && plan->question->operation == NUMSYS_DIVIDE;

  if (stratum == SPARSE)
    return sparse (word, bits);
  if (stratum == CORNER && (word >> 29 & 3) == 0)
    return corner (plan, word);
  if (k == 0 || stratum == UNIFORM || stratum == CORNER)
    return word;
  if (stratum == NEIGHBOURS)
    return before ^ (word >> 8 & 7) ^ (word >> 31) << (bits - 1);
  if (stratum == APART)
    return apart (system, before, word);
  return to_the_edge (system, before, divides, word);
}

static void
fill_one (const verify_plan *plan, verify_batch *batch, size_t i)
{
  const size_t operands = plan->question->operands;
  const numsys_random random
    = numsys_random_of (plan->seed, PURPOSE_OPERANDS, 0, 0);
  const uint64_t number = batch->first + i;
  const uint64_t corners = corner_cases (plan);
  uint64_t rest = number;
  uint32_t before = 0, word[4];

  for (size_t k = operands; number < corners && k-- > 0;
       rest /= plan->corner_count)
    batch->operand[k][i] = plan->corners[rest % plan->corner_count];
  for (size_t k = 0; number >= corners && k < operands; k++)
    {
      if (k % 4 == 0)
        numsys_random_words (&random, number * (operands + 3) + k, 4, word);
      before = allowed (&plan->question->operand,
                        draw (plan, (unsigned) (number % STRATA), k, before,
                              word[k % 4]));
      batch->operand[k][i] = before;
    }
}

static void
fill (const verify_plan *plan, verify_batch *batch)
{
  for (size_t i = 0; i < batch->n; i++)
    fill_one (plan, batch, i);
}

const verify_source verify_drawn = {
  .name = "at random",
  .is_proof = 0,
  .count = count,
  .fill = fill,
};
