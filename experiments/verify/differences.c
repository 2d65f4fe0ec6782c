/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and differences of an LNS by d = |difference of the operands' stored
   exponents|.

   A result lies r(d) = gamma log2 (1 +- 2^(-d/gamma)) steps above the larger
   operand.  An implementation that adds a rounded r(d) to an exponent, and then
   looks to the range, is right everywhere if it is right, for every d: where
   the range does not matter, for a larger operand of either parity (`odd' and
   `nearest-linear' ask for it); around where the result leaves the range, at
   the top, at the bottom, and, for values nearer to the smallest than to zero,
   gamma steps below; at both ends of the operands; in either order, of any
   signs.  Operands that cancel (d = 0), and zeros, are taken of every
   magnitude.  Of any other implementation this proves nothing about pairs that
   are not among them.  */

#include <config.h>

#include <math.h>

#include "experiments/verify/verify.h"

/* Places of the larger operand for each d, times orders and signs. */
#define PLACES 12
#define PATTERNS 8

/* Magnitudes. */
static uint64_t
steps (const oracle_system *system)
{
  return (uint64_t) (oracle_most_step (system, 0)
                     - oracle_least_step (system) + 1);
}

/* Every d; every magnitude in both cancelling and, on either side, with zero:
   a pattern there also says with what. */
static uint64_t
count (const verify_plan *plan)
{
  const oracle_system *system = &plan->question->operand;

  return steps (system) * PATTERNS * (PLACES + 2);
}

/* About r(d), rounded down. */
static int64_t
result_offset (const oracle_system *system, int64_t d, int opposite)
{
  const double gamma = (double) system->gamma;
  const double small = exp2 (-(double) d / gamma);

  if (opposite && d == 0)
    return 0;
  return (int64_t) floor (gamma * log1p (opposite ? -small : small) / M_LN2);
}

static int64_t
held (int64_t step, int64_t least, int64_t most)
{
  return step < least ? least : step > most ? most : step;
}

/* The larger operand's step. */
static int64_t
place_of (const oracle_system *system, int64_t d, int opposite, unsigned place)
{
  const int64_t most = oracle_most_step (system, 0);
  const int64_t least = oracle_least_step (system);
  const int64_t middle = (least + d + most) / 2;
  const int64_t offset
    = place < 6 ? 0 : result_offset (system, d, opposite);
  int64_t step;

  if (place < 2)
    step = least + d + place;
  else if (place < 4)
    step = middle + place - 2;
  else if (place < 6)
    step = most - place + 4;
  else if (!opposite)
    step = most - offset + (int64_t) place - 9;
  else if (place < 9)
    step = least - offset + (int64_t) place - 7;
  else
    step = least - offset - system->gamma + (int64_t) place - 10;
  return held (step, least + d, most);
}

static uint32_t
zero (const oracle_system *system)
{
  return system->zero == ORACLE_ZERO_FLAG ? UINT32_C (1) << system->bits : 0;
}

static void
fill_one (const verify_plan *plan, uint64_t i, uint32_t code[2])
{
  const oracle_system *system = &plan->question->operand;
  const int subtracts = plan->question->operation == NUMSYS_SUBTRACT;
  const unsigned pattern = (unsigned) (i % PATTERNS);
  const unsigned place = (unsigned) (i / PATTERNS % (PLACES + 2));
  const int64_t d = (int64_t) (i / PATTERNS / (PLACES + 2));
  const int64_t least = oracle_least_step (system);
  const int opposite = ((pattern & 1) != (pattern >> 1 & 1)) != subtracts;
  const int turned = pattern >> 2 & 1;
  int64_t large = least + d, small = least + d;

  if (place < PLACES)
    {
      large = place_of (system, d, opposite, place);
      small = large - d;
    }
  code[turned] = oracle_step_code (system, pattern & 1, large);
  code[!turned] = oracle_step_code (system, pattern >> 1 & 1, small);
  if (place == PLACES + 1 && system->zero != ORACLE_ZERO_NONE)
    code[!turned] = zero (system);
}

static void
fill (const verify_plan *plan, verify_batch *batch)
{
  uint32_t code[2];

  for (size_t i = 0; i < batch->n; i++)
    {
      fill_one (plan, batch->first + i, code);
      batch->operand[0][i] = code[0];
      batch->operand[1][i] = code[1];
    }
}

const verify_source verify_differences = {
  .name = "all differences",
  .is_proof = 1,
  .count = count,
  .fill = fill,
};
