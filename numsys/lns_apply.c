/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arithmetic of an LNS in integers.

   A product is a sum of stored exponents, a quotient a difference, a square
   root a half.  A sum of x and y, |x| >= |y|, d steps apart, is x moved by a
   Gaussian logarithm of d (lns_gauss.h).  Each gives a step and a side, and
   `settle' makes a code of the two: rounding, then range.  The stochastic
   roundings, where they have something to draw, are the default's.  */

#include <config.h>
#include "numsys/apply.h"
#include "numsys/families.h"
#include "numsys/lns_gauss.h"
#include "numsys/numsys.h"

/* Loops are made of these for each operation. */
#define INLINE inline __attribute__ ((always_inline))

/* The system of a call. */
typedef struct system_facts
{
  const numsys_gauss *gauss;
  int64_t bias, gamma;
  int64_t least, most;       /* stored exponents of values */
  uint32_t half;             /* the sign bit of a code, */
  uint32_t flag;             /* its zero flag or 0, */
  uint32_t codes_of_zero;    /* stored exponents, from 0, that mean zero, */
  uint32_t zero;             /* and the code of zero */
  int has_zero, flushes;
} system_facts;

/* +-2^((e - bias) / gamma), or zero. */
typedef struct term
{
  int is_zero, negative;
  int64_t e;
} term;

/* One element of a block. */
typedef struct element
{
  const numsys_call *call;
  const system_facts *facts;
  const numsys_block *block;
  size_t i;
} element;

static INLINE term
unpack (const system_facts *facts, uint32_t code)
{
  const uint32_t e = code & (facts->half - 1);

  return (term) { ((code & facts->flag) != 0) | (e < facts->codes_of_zero),
                  (code & facts->half) != 0, e };
}

static INLINE uint32_t
pack (const system_facts *facts, int negative, int64_t e)
{
  return (uint32_t) e | (negative ? facts->half : 0);
}

/* Zero, which counts nothing, or where there is none what it is raised to. */
static uint32_t
zero (const element *at, int negative)
{
  if (at->facts->has_zero)
    return at->facts->zero;
  at->call->events->raised++;
  return pack (at->facts, negative, at->facts->least);
}

static uint32_t
not_a_number (const element *at)
{
  at->call->events->nan++;
  return at->facts->has_zero ? at->facts->zero : 0;
}

static uint32_t
saturate (const element *at, int negative)
{
  at->call->events->overflow++;
  at->call->events->saturated++;
  return pack (at->facts, negative, at->facts->most);
}

/* Whether a magnitude under the smallest value of a system that flushes goes
   to it.  For the logarithm's roundings the powers go on below; for the
   middle of values the neighbour below is zero, and half the smallest lies
   gamma steps down.  */
static int
leaves_zero (const element *at, int negative, int64_t step, numsys_side side)
{
  const numsys_rounding rounding = at->call->context->rounding;
  const int64_t under = at->facts->least - 1;
  const int64_t half = at->facts->least - at->facts->gamma;

  if (rounding == NUMSYS_NEAREST_LINEAR)
    return step > half
           || (step == half && (side != NUMSYS_SIDE_HIT || (under & 1) != 0));
  if (rounding == NUMSYS_NEAREST || rounding == NUMSYS_NEAREST_AWAY)
    return step == under && at->call->rule.away[negative][under & 1][side];
  return at->call->rule.away[negative][under & 1][NUMSYS_SIDE_BELOW];
}

/* A nonzero result that begins or ends out of range. */
static uint32_t
settle_edge (const element *at, int negative, int64_t step, numsys_side side)
{
  const system_facts *facts = at->facts;
  const int64_t rounded
    = step + at->call->rule.away[negative][step & 1][side];

  if (step >= facts->least)
    return saturate (at, negative);
  if (!facts->flushes)
    at->call->events->raised += rounded < facts->least;
  else if (!leaves_zero (at, negative, step, side))
    {
      at->call->events->flushed++;
      return zero (at, negative);
    }
  return pack (facts, negative, facts->least);
}

/* The code of a nonzero result. */
static INLINE uint32_t
settle (const element *at, int negative, int64_t step_side)
{
  const system_facts *facts = at->facts;
  const int64_t step = step_side >> 3;
  const numsys_side side = (numsys_side) (step_side & 7);
  const int64_t rounded
    = step + at->call->rule.away[negative][step & 1][side];

  if (at->call->is_stochastic
      && (side != NUMSYS_SIDE_HIT || step < facts->least))
    return numsys_block_default (at->call, at->block, at->i);
  if ((step >= facts->least) & (rounded <= facts->most))
    return pack (facts, negative, rounded);
  return settle_edge (at, negative, step, side);
}

/* Where one of two terms is zero. */
static uint32_t
sum_with_zero (const element *at, term a, term b)
{
  if (a.is_zero && b.is_zero)
    return zero (at, 0);
  if (a.is_zero)
    a = b;
  return settle (at, a.negative, NUMSYS_STEP_SIDE (a.e, NUMSYS_SIDE_HIT));
}

/* Without branches on signs and order, which no one can foretell. */
static INLINE uint32_t
sum (const element *at, term a, term b)
{
  const numsys_gauss *gauss = at->facts->gauss;
  const int64_t d = a.e - b.e;
  const int b_leads = d < 0;
  const int64_t lead = b_leads ? b.e : a.e;
  const int negative = b_leads ? b.negative : a.negative;
  const int differ = a.negative ^ b.negative;
  int64_t moved;

  if (a.is_zero | b.is_zero)
    return sum_with_zero (at, a, b);
  if (gauss == NULL)
    return numsys_block_default (at->call, at->block, at->i);
  moved = numsys_gauss_move (gauss, differ, (uint64_t) (b_leads ? -d : d));
  if (moved == NUMSYS_GAUSS_ZERO)
    return zero (at, at->call->context->rounding == NUMSYS_DOWN);
  return settle (at, negative, moved + 8 * lead);
}

/* a b, perhaps out of range. */
static INLINE term
product (const system_facts *facts, term a, term b)
{
  return (term) { a.is_zero || b.is_zero, a.negative != b.negative,
                  a.e + b.e - facts->bias };
}

static INLINE uint32_t
multiply (const element *at, term a, term b)
{
  const term p = product (at->facts, a, b);

  if (p.is_zero)
    return zero (at, 0);
  return settle (at, p.negative, NUMSYS_STEP_SIDE (p.e, NUMSYS_SIDE_HIT));
}

/* The sign of zero is +. */
static INLINE uint32_t
divide (const element *at, term a, term b)
{
  if (b.is_zero)
    return a.is_zero ? not_a_number (at) : saturate (at, a.negative);
  if (a.is_zero)
    return zero (at, 0);
  return settle (at, a.negative != b.negative,
                 NUMSYS_STEP_SIDE (a.e - b.e + at->facts->bias,
                                   NUMSYS_SIDE_HIT));
}

/* Between two steps the root lies in the middle of their logarithms. */
static INLINE uint32_t
square_root (const element *at, term a)
{
  const int64_t k = a.e - at->facts->bias;

  if (a.is_zero)
    return zero (at, 0);
  if (a.negative)
    return not_a_number (at);
  return settle (at, 0,
                 NUMSYS_STEP_SIDE ((k >> 1) + at->facts->bias,
                                   k & 1 ? NUMSYS_SIDE_LOG_MIDDLE
                                         : NUMSYS_SIDE_HIT));
}

static INLINE term
negated (term a)
{
  a.negative ^= 1;
  return a;
}

static INLINE uint32_t
one (const element *at, numsys_operation operation, term a, term b, term c)
{
  switch (operation)
    {
    case NUMSYS_ADD:
      return sum (at, a, b);
    case NUMSYS_SUBTRACT:
      return sum (at, a, negated (b));
    case NUMSYS_MULTIPLY:
      return multiply (at, a, b);
    case NUMSYS_DIVIDE:
      return divide (at, a, b);
    case NUMSYS_SQRT:
      return square_root (at, a);
    case NUMSYS_FMA:
      return sum (at, product (at->facts, a, b), c);
    }
  return 0;
}

/* A loop of its own for each operation. */
static INLINE void
loop (const numsys_call *call, const system_facts *facts,
      const numsys_block *block, numsys_operation operation)
{
  element at = { call, facts, block, 0 };

  for (; at.i < block->n; at.i++)
    block->out[at.i] = one (&at, operation,
                            unpack (facts, block->in[0][at.i]),
                            unpack (facts, block->in[1][at.i]),
                            unpack (facts, block->in[2][at.i]));
}

static void
apply_block (const numsys_call *call, const void *family,
             const numsys_block *block)
{
  const system_facts *facts = family;

  switch (call->operation)
    {
    case NUMSYS_ADD:
      loop (call, facts, block, NUMSYS_ADD);
      break;
    case NUMSYS_SUBTRACT:
      loop (call, facts, block, NUMSYS_SUBTRACT);
      break;
    case NUMSYS_MULTIPLY:
      loop (call, facts, block, NUMSYS_MULTIPLY);
      break;
    default:
      loop (call, facts, block, call->operation);
    }
}

static system_facts
facts_of (const numsys_lns_state *state, numsys_operation operation)
{
  const int needs_gauss = operation == NUMSYS_ADD
                          || operation == NUMSYS_SUBTRACT
                          || operation == NUMSYS_FMA;
  const uint32_t half = UINT32_C (1) << (state->bits - 1);
  const int zero_is_code = state->zero == NUMSYS_ZERO_CODE;

  return (system_facts) {
    .gauss = needs_gauss ? numsys_gauss_of (state->gauss) : NULL,
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

void
numsys_lns_apply (const void *vstate, numsys_operation operation,
                  const numsys_context *context, size_t n, const void *a,
                  const void *b, const void *c, void *out,
                  numsys_events *events)
{
  const system_facts facts = facts_of (vstate, operation);
  numsys_call call;

  numsys_call_init (&call, numsys_lns.ladder, vstate, operation, context,
                    events);
  numsys_apply_blocks (&call, &facts, apply_block, n, a, b, c, out);
}
