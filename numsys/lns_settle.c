/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of an LNS that are zero, out of range or drawn.  */

#include <config.h>
#include <math.h>
#include "numsys/lns_settle.h"

numsys_lns_facts
numsys_lns_facts_of (const numsys_lns_state *state)
{
  const uint32_t half = UINT32_C (1) << (state->bits - 1);
  const int zero_is_code = state->zero == NUMSYS_ZERO_CODE;

  return (numsys_lns_facts) {
    .bias = state->bias,
    .gamma = state->gamma,
    .least = zero_is_code,
    .most = (int64_t) half - 1,
    .half = half,
    .flag = state->zero == NUMSYS_ZERO_FLAG ? 2 * half : 0,
    .codes_of_zero = (uint32_t) zero_is_code,
    .zero = state->zero == NUMSYS_ZERO_FLAG ? 2 * half : 0,
    .has_zero = state->zero != NUMSYS_ZERO_NONE,
    .flushes = state->flushes,
  };
}

uint32_t
numsys_lns_zero (const numsys_lns_element *at, int negative)
{
  if (at->facts->has_zero)
    return at->facts->zero;
  at->call->events->raised++;
  return numsys_lns_pack (at->facts, negative, at->facts->least);
}

uint32_t
numsys_lns_nan (const numsys_lns_element *at)
{
  at->call->events->nan++;
  return at->facts->has_zero ? at->facts->zero : 0;
}

uint32_t
numsys_lns_saturate (const numsys_lns_element *at, int negative)
{
  at->call->events->overflow++;
  at->call->events->saturated++;
  return numsys_lns_pack (at->facts, negative, at->facts->most);
}

/* Whether a magnitude under the smallest value of a system that flushes goes
   to it.  For the logarithm's roundings the powers go on below; for the
   middle of values the neighbour below is zero, and half the smallest lies
   gamma steps down.  */
static int
leaves_zero (const numsys_lns_element *at, int negative, int64_t step,
             numsys_side side)
{
  const numsys_rounding rounding = at->call->context->rounding;
  const int64_t under = at->facts->least - 1;
  const int64_t half = at->facts->least - at->facts->gamma;

  if (rounding == NUMSYS_NEAREST_LINEAR)
    return step > half
           || (step == half && (side != NUMSYS_SIDE_HIT || (under & 1) != 0));
  if (rounding == NUMSYS_NEAREST || rounding == NUMSYS_NEAREST_AWAY)
    return step == under
           && numsys_rule_away (at->call->rule, negative, under & 1, side);
  return (int) numsys_rule_away (at->call->rule, negative, under & 1,
                                 NUMSYS_SIDE_BELOW);
}

uint32_t
numsys_lns_settle_edge (const numsys_lns_element *at, int negative,
                        int64_t step, numsys_side side)
{
  const numsys_lns_facts *facts = at->facts;
  const int64_t rounded
    = step + numsys_rule_away (at->call->rule, negative, step & 1, side);

  if (step >= facts->least)
    return numsys_lns_saturate (at, negative);
  if (!facts->flushes)
    at->call->events->raised += rounded < facts->least;
  else if (!leaves_zero (at, negative, step, side))
    {
      at->call->events->flushed++;
      return numsys_lns_zero (at, negative);
    }
  return numsys_lns_pack (facts, negative, facts->least);
}

/* What is compared with the draw: of x = step + part, the part, for the
   logarithm's rounding; p = (v^part - 1) / (v - 1), v = 2^(1/gamma), which
   grows by less than 2 part, for the value's; or, where zero is the lower
   neighbour, x as a part of the smallest value.  */
static double
drawn_against (const numsys_lns_element *at, int64_t step, double part)
{
  const numsys_lns_facts *facts = at->facts;
  const double z = 0x1.62e42fefa39efp-1 / (double) facts->gamma;

  if (at->call->context->rounding == NUMSYS_STOCHASTIC_LOG)
    return part;
  if (step < facts->least && facts->flushes)
    return exp (((double) (step - facts->least) + part) * z);
  return expm1 (part * z) / expm1 (z);
}

/* The draw made, under the smallest value. */
static uint32_t
draw_under (const numsys_lns_element *at, int negative, int64_t step, int away)
{
  const numsys_lns_facts *facts = at->facts;

  if (!facts->flushes)
    at->call->events->raised += step + away < facts->least;
  else if (!away
           || (at->call->context->rounding == NUMSYS_STOCHASTIC_LOG
               && step + 1 < facts->least))
    {
      at->call->events->flushed++;
      return numsys_lns_zero (at, negative);
    }
  return numsys_lns_pack (facts, negative, facts->least);
}

/* All that the machine's functions do is within 2^-46: exponents under -60
   give less than any draw however wrong they are.  */
int
numsys_lns_decide (const numsys_lns_element *at, int64_t step, double part,
                   double margin)
{
  const unsigned bits = at->call->context->random_bits;
  const double threshold
    = ldexp (2 * (double) at->block->words[at->i] + 1,
             -(int) bits - 1);
  const double p = drawn_against (at, step, part);

  if (fabs (p - threshold) <= 2 * margin + 0x1p-45)
    return -1;
  return p > threshold;
}

uint32_t
numsys_lns_settle_drawn (const numsys_lns_element *at, int negative,
                         int64_t step, int away)
{
  if (step < at->facts->least)
    return draw_under (at, negative, step, away);
  if (step + away > at->facts->most)
    return numsys_lns_saturate (at, negative);
  return numsys_lns_pack (at->facts, negative, step + away);
}

uint32_t
numsys_lns_draw (const numsys_lns_element *at, int negative, int64_t step,
                 double part, double margin)
{
  const int away = numsys_lns_decide (at, step, part, margin);

  if (away < 0)
    return numsys_block_default (at->call, at->block, at->i);
  return numsys_lns_settle_drawn (at, negative, step, away);
}
