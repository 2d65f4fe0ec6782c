/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arithmetic of floating point in integers: significands of less than 32
   bits, exact results or their first 64 bits and whether there is more, one
   rounding for all.  */

#include <config.h>
#include "numsys/apply.h"
#include "numsys/binary.h"
#include "numsys/dyadic_apply.h"
#include "numsys/dyadic_path.h"
#include "numsys/families.h"
#include "numsys/float_apply.h"

/* Loops are made of these for each operation. */
#define INLINE inline __attribute__ ((always_inline))

numsys_float_facts
numsys_float_facts_of (const numsys_float_state *state)
{
  const numsys_ladder *ladder = numsys_float.ladder;
  const uint32_t one = UINT32_C (1) << state->significand;
  const uint32_t unused = state->subnormals ? 0 : one - 1;

  return (numsys_float_facts) {
    .significand = state->significand,
    .bias = state->bias,
    .least_unit = 1 - state->bias
                  - (state->subnormals ? state->significand : 0),
    .sign = UINT32_C (1) << (state->exponent + state->significand),
    .one = one,
    .unused = unused,
    .largest = (uint32_t) ladder->top (state, 0) + unused,
  };
}

/* The code of a zero. */
static INLINE uint32_t
zero (const numsys_float_facts *facts, int negative)
{
  return negative ? facts->sign : 0;
}

/* x / 2^(exponent of its leading bit - significand - deeper). */
static INLINE numsys_cut
cut_leading (numsys_binary x, int length, int significand, int64_t deeper)
{
  const numsys_bits c = x.c << (128 - length);
  const uint64_t high = (uint64_t) (c >> 64);
  const uint64_t low = (uint64_t) c;
  const int64_t shift = 63 - significand + deeper;

  if (shift >= 64)
    return numsys_binary_cut ((numsys_binary) { 0, x.more, 0, c },
                              shift + 64);
  return (numsys_cut) { high >> shift, high << (64 - shift) | low >> shift,
                        x.more | (low << (64 - shift) != 0) };
}

/* Zero, or beyond range. */
static uint32_t
settle_edge (const numsys_call *call, const numsys_float_facts *facts,
             int negative, uint64_t body)
{
  if (body == 0)
    {
      call->events->flushed++;
      return zero (facts, negative);
    }
  return numsys_place_code (
    (numsys_place) { NUMSYS_FINITE, negative, body - facts->unused },
    &call->target, call->context->rounding, call->events);
}

/* The code of a number that is not zero; counts. */
static INLINE uint32_t
round_binary (const numsys_call *call, const numsys_float_facts *facts,
              numsys_binary x, const uint32_t *word)
{
  const int length = numsys_binary_length (x.c);
  const int64_t field = x.exponent + length - 1 + facts->bias;
  const int64_t above = field > 1 ? field - 1 : 0;
  const int64_t deeper
    = field < 1 ? facts->least_unit + facts->significand + facts->bias - field
                : 0;
  const numsys_cut cut = cut_leading (x, length, facts->significand, deeper);
  const numsys_side side = numsys_cut_side (cut);
  uint64_t body
    = (uint64_t) cut.step + ((uint64_t) above << facts->significand);
  unsigned away
    = numsys_rule_away (call->rule, x.negative, body & 1, side);

  if (call->is_stochastic)
    away = side != NUMSYS_SIDE_HIT
           && numsys_cut_is_above (cut, *word, call->context->random_bits);
  body += away;
  if (body - 1 >= facts->largest)
    return settle_edge (call, facts, x.negative, body);
  if (body <= facts->unused)
    body = facts->unused + 1;
  return (uint32_t) body | zero (facts, x.negative);
}

uint32_t
numsys_float_round (const numsys_call *call, const numsys_float_facts *facts,
                    numsys_binary x, const uint32_t *word)
{
  return round_binary (call, facts, x, word);
}

/* a + b, neither a NaN and one infinite; signs are those of the terms. */
static numsys_place
infinite_sum (numsys_place a, numsys_place b)
{
  const numsys_class infinite = NUMSYS_INFINITE;

  if (a.class == infinite && b.class == infinite && a.negative != b.negative)
    return (numsys_place) { .class = NUMSYS_NAN };
  return a.class == infinite ? a : b;
}

/* a b, neither a NaN and one infinite. */
static numsys_place
infinite_product (numsys_place a, numsys_place b)
{
  const int is_zero = (a.class == NUMSYS_FINITE && a.rung == 0)
                      || (b.class == NUMSYS_FINITE && b.rung == 0);

  return (numsys_place) { is_zero ? NUMSYS_NAN : NUMSYS_INFINITE,
                          !is_zero && a.negative != b.negative, 0 };
}

/* Operands that are not all numbers, or a root of less than zero. */
static numsys_place
strange (numsys_operation operation, numsys_place a, numsys_place b,
         numsys_place c)
{
  const numsys_place nan = { .class = NUMSYS_NAN };

  if (a.class == NUMSYS_NAN || b.class == NUMSYS_NAN || c.class == NUMSYS_NAN)
    return nan;
  switch (operation)
    {
    case NUMSYS_SUBTRACT:
      b.negative ^= 1;
      return infinite_sum (a, b);
    case NUMSYS_ADD:
      return infinite_sum (a, b);
    case NUMSYS_FMA:
      if (a.class == NUMSYS_FINITE && b.class == NUMSYS_FINITE)
        return c;
      a = infinite_product (a, b);
      return a.class == NUMSYS_NAN ? nan : infinite_sum (a, c);
    case NUMSYS_MULTIPLY:
      return infinite_product (a, b);
    case NUMSYS_DIVIDE:
      if (a.class == b.class)
        return nan;
      return (numsys_place) { a.class, a.negative != b.negative, 0 };
    default:
      return a.negative ? nan : a;
    }
}

static uint32_t
strange_code (const numsys_call *call, const numsys_block *block, size_t i)
{
  const numsys_target *target = &call->target;
  numsys_place operand[3];

  for (int j = 0; j < 3; j++)
    operand[j] = target->ladder->place (target->state, block->in[j][i]);
  return numsys_place_code (
    strange (call->operation, operand[0], operand[1], operand[2]), target,
    call->context->rounding, call->events);
}

/* Whether a code is a number. */
static INLINE int
is_number (const numsys_float_facts *facts, uint32_t code)
{
  return (code & (facts->sign - 1)) <= facts->largest;
}

/* A sum, of whose terms those that are 0 have their signs. */
static INLINE uint32_t
sum (const numsys_call *call, const numsys_float_facts *facts, numsys_binary a,
     numsys_binary b, const uint32_t *word)
{
  const numsys_binary x = numsys_binary_sum (a, b);

  if (x.c == 0)
    return zero (facts, a.negative == b.negative
                          ? a.negative
                          : call->context->rounding == NUMSYS_DOWN);
  return round_binary (call, facts, x, word);
}

static INLINE numsys_binary
product (numsys_binary a, numsys_binary b)
{
  return (numsys_binary) { a.negative ^ b.negative, 0,
                           a.exponent + b.exponent,
                           (uint64_t) a.c * (uint64_t) b.c };
}

/* An operation on numbers; what is not one here is the default's. */
static INLINE uint32_t
one (const numsys_call *call, const numsys_float_facts *facts,
     numsys_operation operation, const numsys_block *block, size_t i)
{
  const uint32_t *word = &block->words[i];
  const numsys_binary a = numsys_float_binary (facts, block->in[0][i]);
  numsys_binary b = numsys_float_binary (facts, block->in[1][i]);
  numsys_binary x;

  switch (operation)
    {
    case NUMSYS_ADD:
      return sum (call, facts, a, b, word);
    case NUMSYS_SUBTRACT:
      b.negative ^= 1;
      return sum (call, facts, a, b, word);
    case NUMSYS_FMA:
      return sum (call, facts, product (a, b),
                  numsys_float_binary (facts, block->in[2][i]), word);
    case NUMSYS_MULTIPLY:
      x = product (a, b);
      break;
    case NUMSYS_DIVIDE:
      if (b.c == 0)
        return numsys_block_default (call, block, i);
      x = (numsys_binary) { .negative = a.negative ^ b.negative };
      if (a.c != 0)
        x = numsys_binary_quotient (a, b, 0);
      break;
    case NUMSYS_SQRT:
      if (a.c != 0 && a.negative)
        return strange_code (call, block, i);
      x = a.c == 0 ? a : numsys_binary_root (a);
      break;
    default:
      return 0;
    }
  return x.c == 0 ? zero (facts, x.negative)
                  : round_binary (call, facts, x, word);
}

/* Constants of a call. */
typedef struct family
{
  numsys_float_facts facts;
  numsys_dyadic_apply fast;
} family;

static INLINE uint32_t
one_code (const numsys_call *call, const numsys_float_facts *facts,
          numsys_operation operation, const numsys_block *block, size_t i)
{
  if (is_number (facts, block->in[0][i]) & is_number (facts, block->in[1][i])
      & is_number (facts, block->in[2][i]))
    return one (call, facts, operation, block, i);
  return strange_code (call, block, i);
}

static uint32_t
any_code (const numsys_call *call, const void *facts,
          const numsys_block *block, size_t i)
{
  return one_code (call, facts, call->operation, block, i);
}

static INLINE void
loop (const numsys_call *call, const numsys_float_facts *facts,
      numsys_operation operation, const numsys_block *block)
{
  for (size_t i = 0; i < block->n; i++)
    block->out[i] = one_code (call, facts, operation, block, i);
}

static void
apply_block (const numsys_call *call, const void *vfamily,
             const numsys_block *block)
{
  const family *system = vfamily;
  const numsys_float_facts *facts = &system->facts;

  if (system->fast.loop != NULL)
    numsys_dyadic_apply_block (call, &system->fast, any_code, facts, block);
  else if (call->operation == NUMSYS_ADD)
    loop (call, facts, NUMSYS_ADD, block);
  else if (call->operation == NUMSYS_SUBTRACT)
    loop (call, facts, NUMSYS_SUBTRACT, block);
  else if (call->operation == NUMSYS_MULTIPLY)
    loop (call, facts, NUMSYS_MULTIPLY, block);
  else if (call->operation == NUMSYS_FMA)
    loop (call, facts, NUMSYS_FMA, block);
  else
    loop (call, facts, call->operation, block);
}

void
numsys_float_apply (const void *state, numsys_operation operation,
                    const numsys_context *context, size_t n, const void *a,
                    const void *b, const void *c, void *out,
                    numsys_events *events)
{
  const numsys_dyadic dyadic = numsys_float_dyadic (state);
  family system = { .facts = numsys_float_facts_of (state) };
  numsys_call call;

  numsys_call_init (&call, numsys_float.ladder, state, operation, context,
                    events);
  if (n >= NUMSYS_DYADIC_FEW)
    numsys_dyadic_apply_init (&call, &dyadic, &system.fast);
  numsys_apply_blocks (&call, &system, apply_block, n, a, b, c, out);
}
