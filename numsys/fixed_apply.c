/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arithmetic of fixed point in integers: a code is an integer, in units of
   2^-fraction, and so is a result, once rounded.  Sums, products and what is
   made of both are exact in 128 bits.  */

#include <config.h>
#include "numsys/accumulator.h"
#include "numsys/apply.h"
#include "numsys/binary.h"
#include "numsys/families.h"
#include "numsys/dyadic_apply.h"
#include "numsys/dyadic_path.h"
#include "numsys/fixed_apply.h"

/* Loops are made of these for each operation. */
#define INLINE inline __attribute__ ((always_inline))

typedef numsys_fixed_facts fixed_facts;

numsys_fixed_facts
numsys_fixed_facts_of (const numsys_fixed_state *state)
{
  const numsys_ladder *ladder = numsys_fixed.ladder;

  return (numsys_fixed_facts) {
    .fraction = state->fraction,
    .sign = state->is_signed ? UINT32_C (1) << (state->bits - 1) : 0,
    .mask = UINT32_MAX >> (32 - state->bits),
    .top = { ladder->top (state, 0), ladder->top (state, 1) },
  };
}

/* The code of x, in units; counts. */
static INLINE uint32_t
settle (const numsys_call *call, const fixed_facts *facts, numsys_binary x,
        uint32_t word)
{
  const numsys_cut cut = numsys_binary_cut (x, 0);
  const numsys_side side = numsys_cut_side (cut);
  numsys_bits step = cut.step;
  numsys_place place = { NUMSYS_FINITE, x.negative, 0 };

  if (!call->is_stochastic)
    step += numsys_rule_away (call->rule, x.negative, step & 1, side);
  else if (side != NUMSYS_SIDE_HIT)
    step += (unsigned) numsys_cut_is_above (cut, word,
                                            call->context->random_bits);
  if (step == 0 && side != NUMSYS_SIDE_HIT)
    call->events->flushed++;
  if (step <= facts->top[x.negative])
    return (uint32_t) (x.negative ? -step : step) & facts->mask;
  /* Far above, places are told apart modulo 2^32, for what wraps. */
  place.rung = (uint64_t) step;
  if (step >> 62 != 0)
    place.rung = (uint64_t) (step & UINT32_MAX) | UINT64_C (1) << 62;
  return numsys_place_code (place, &call->target, call->context->rounding,
                            call->events);
}

uint32_t
numsys_fixed_round (const numsys_call *call, const numsys_fixed_facts *facts,
                    numsys_binary x, uint32_t word)
{
  return settle (call, facts, x, word);
}

/* a + b, in the same units; no carry is lost. */
static INLINE numsys_binary
sum (numsys_binary a, numsys_binary b)
{
  if (a.negative == b.negative)
    a.c += b.c;
  else if (a.c >= b.c)
    a.c -= b.c;
  else
    {
      a.c = b.c - a.c;
      a.negative = b.negative;
    }
  return a;
}

/* Below 2^64; its unit is that of both. */
static INLINE numsys_binary
product (const fixed_facts *facts, numsys_binary a, numsys_binary b)
{
  return (numsys_binary) { a.negative ^ b.negative, 0, -facts->fraction,
                           (uint64_t) a.c * (uint64_t) b.c };
}

/* In the finer of the two units.  2^64 (2^32 - 1)^2 + 2^32 is the most. */
static INLINE numsys_binary
multiply_add (const fixed_facts *facts, numsys_binary a, numsys_binary b,
              numsys_binary c)
{
  numsys_binary p = product (facts, a, b);

  if (facts->fraction > 0)
    {
      c.c <<= facts->fraction;
      c.exponent = p.exponent;
    }
  else
    {
      p.c <<= -facts->fraction;
      p.exponent = 0;
    }
  return sum (p, c);
}

static INLINE uint32_t
one (const numsys_call *call, const fixed_facts *facts,
     numsys_operation operation, const numsys_block *block, size_t i)
{
  numsys_binary a = numsys_fixed_binary (facts, block->in[0][i]);
  numsys_binary b = numsys_fixed_binary (facts, block->in[1][i]);

  switch (operation)
    {
    case NUMSYS_SUBTRACT:
      b.negative ^= 1;
      a = sum (a, b);
      break;
    case NUMSYS_ADD:
      a = sum (a, b);
      break;
    case NUMSYS_MULTIPLY:
      a = product (facts, a, b);
      break;
    case NUMSYS_FMA:
      a = multiply_add (facts, a, b,
                        numsys_fixed_binary (facts, block->in[2][i]));
      break;
    case NUMSYS_DIVIDE:
      if (b.c == 0)
        return numsys_block_default (call, block, i);
      if (a.c == 0)
        return 0;
      a.exponent = facts->fraction;
      a = numsys_binary_quotient (a, b, 1);
      break;
    case NUMSYS_SQRT:
      if (a.negative)
        return numsys_place_code ((numsys_place) { .class = NUMSYS_NAN },
                                  &call->target, call->context->rounding,
                                  call->events);
      a.exponent = facts->fraction;
      if (a.c != 0)
        a = numsys_binary_root (a);
      break;
    default:
      break;
    }
  /* A draw of 33 bits may want more of it than there is. */
  if (call->is_stochastic && a.more && a.exponent > -33)
    return numsys_block_default (call, block, i);
  return settle (call, facts, a, call->is_stochastic ? block->words[i] : 0);
}

/* Constants of a call. */
typedef struct family
{
  fixed_facts facts;
  numsys_dyadic_apply fast;
} family;

static uint32_t
any_code (const numsys_call *call, const void *facts,
          const numsys_block *block, size_t i)
{
  return one (call, facts, call->operation, block, i);
}

static INLINE void
loop (const numsys_call *call, const fixed_facts *facts,
      numsys_operation operation, const numsys_block *block)
{
  for (size_t i = 0; i < block->n; i++)
    block->out[i] = one (call, facts, operation, block, i);
}

static void
apply_block (const numsys_call *call, const void *vfamily,
             const numsys_block *block)
{
  const family *system = vfamily;
  const fixed_facts *facts = &system->facts;

  if (system->fast.loop != NULL)
    numsys_dyadic_apply_block (call, &system->fast, any_code, facts, block);
  else if (call->operation == NUMSYS_ADD)
    loop (call, facts, NUMSYS_ADD, block);
  else if (call->operation == NUMSYS_SUBTRACT)
    loop (call, facts, NUMSYS_SUBTRACT, block);
  else if (call->operation == NUMSYS_MULTIPLY)
    loop (call, facts, NUMSYS_MULTIPLY, block);
  else
    loop (call, facts, call->operation, block);
}

void
numsys_fixed_apply (const void *state, numsys_operation operation,
                    const numsys_context *context, size_t n, const void *a,
                    const void *b, const void *c, void *out,
                    numsys_events *events)
{
  const numsys_dyadic dyadic = numsys_fixed_dyadic (state);
  family system = { .facts = numsys_fixed_facts_of (state) };
  numsys_call call;

  numsys_call_init (&call, numsys_fixed.ladder, state, operation, context,
                    events);
  if (n >= NUMSYS_DYADIC_FEW)
    numsys_dyadic_apply_init (&call, &dyadic, &system.fast);
  numsys_apply_blocks (&call, &system, apply_block, n, a, b, c, out);
}

/* The sum of terms a b, or a, in the unit of one term. */
static numsys_binary
add_up (const fixed_facts *facts, size_t size, size_t n, const void *a,
        const void *b)
{
  numsys_accumulator sum;

  numsys_accumulator_init (&sum, 64);
  for (size_t i = 0; i < n; i++)
    {
      numsys_binary x
        = numsys_fixed_binary (facts, numsys_code_load (a, size, i));

      if (b != NULL)
        x = product (facts, x,
                     numsys_fixed_binary (facts,
                                          numsys_code_load (b, size, i)));
      numsys_accumulate (&sum, x.negative, (uint64_t) x.c, 0);
    }
  return numsys_accumulator_sum (&sum, b != NULL ? -facts->fraction : 0);
}

/* A sum is exact in 128 bits, but may take more in a coarser unit. */
void
numsys_fixed_dot (const void *state, const numsys_context *context, size_t n,
                  const void *a, const void *b, void *out,
                  numsys_events *events)
{
  const fixed_facts facts = numsys_fixed_facts_of (state);
  numsys_call call;
  numsys_binary x;
  uint32_t word;
  size_t size;

  numsys_call_init (&call, numsys_fixed.ladder, state, NUMSYS_ADD, context,
                    events);
  size = numsys_code_size (&call.target);
  x = add_up (&facts, size, n, a, b);
  word = numsys_call_word (&call, 0);
  if (x.exponent + numsys_binary_length (x.c) > 128)
    numsys_default_dot (&call.target, context, n, a, b, out, events);
  else
    numsys_code_store (out, size, 0, settle (&call, &facts, x, word));
}
