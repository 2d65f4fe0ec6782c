/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arithmetic of an LNS in integers.

   A product is a sum of stored exponents, a quotient a difference, a square
   root a half.  A sum of x and y, |x| >= |y|, d steps apart, is x moved by a
   Gaussian logarithm of d (lns_gauss.h).  Each gives a step and a side, and
   lns_settle.h makes a code of the two.  Where a table has the logarithms and
   nothing is drawn, kernels add.  Stochastic roundings compare their
   draw in doubles, and what these do not decide is left to the default.  */

#include <config.h>
#include "numsys/families.h"
#include "numsys/kernels/kernels.h"
#include "numsys/lns_settle.h"

#define INLINE NUMSYS_LNS_INLINE

/* Kernels add codes below this sign bit. */
#define MOST_HALF (UINT32_C (1) << 27)

typedef numsys_lns_facts system_facts;
typedef numsys_lns_element element;
typedef numsys_lns_term term;

static INLINE uint32_t
multiply (const element *at, term a, term b)
{
  const term p = numsys_lns_product (at->facts, a, b);

  if (p.is_zero)
    return numsys_lns_zero (at, 0);
  return numsys_lns_settle_hit (at, p.negative, p.e);
}

/* The sign of zero is +. */
static INLINE uint32_t
divide (const element *at, term a, term b)
{
  if (b.is_zero)
    return a.is_zero ? numsys_lns_nan (at)
                     : numsys_lns_saturate (at, a.negative);
  if (a.is_zero)
    return numsys_lns_zero (at, 0);
  return numsys_lns_settle_hit (at, a.negative != b.negative,
                     a.e - b.e + at->facts->bias);
}

/* Between two steps the root lies in the middle of their logarithms. */
static INLINE uint32_t
square_root (const element *at, term a)
{
  const int64_t k = a.e - at->facts->bias;
  const int64_t root = (k >> 1) + at->facts->bias;

  if (a.is_zero)
    return numsys_lns_zero (at, 0);
  if (a.negative)
    return numsys_lns_nan (at);
  if ((k & 1) == 0)
    return numsys_lns_settle_hit (at, 0, root);
  if (at->call->is_stochastic)
    return numsys_lns_draw (at, 0, root, 0.5, 0);
  return numsys_lns_settle (at, 0,
                            NUMSYS_STEP_SIDE (root, NUMSYS_SIDE_LOG_MIDDLE));
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
      return numsys_lns_add (at, a, b);
    case NUMSYS_SUBTRACT:
      return numsys_lns_add (at, a, negated (b));
    case NUMSYS_MULTIPLY:
      return multiply (at, a, b);
    case NUMSYS_DIVIDE:
      return divide (at, a, b);
    case NUMSYS_SQRT:
      return square_root (at, a);
    case NUMSYS_FMA:
      return numsys_lns_add (at, numsys_lns_product (at->facts, a, b), c);
    default:
      return 0;
    }
}

/* A loop of its own for each operation. */
static INLINE void
loop (const numsys_call *call, const system_facts *facts,
      const numsys_block *block, numsys_operation operation)
{
  element at = { call, facts, block, 0 };

  for (; at.i < block->n; at.i++)
    block->out[at.i] = one (&at, operation,
                            numsys_lns_unpack (facts, block->in[0][at.i]),
                            numsys_lns_unpack (facts, block->in[1][at.i]),
                            numsys_lns_unpack (facts, block->in[2][at.i]));
}

static int
has_kernel (const numsys_call *call, const system_facts *facts)
{
  return facts->gauss != NULL && facts->gauss->table != NULL
         && !call->is_stochastic && facts->half <= MOST_HALF;
}

/* In logarithms and to nearest, what is not rounded to the smallest value goes
   to zero; of other roundings lns_settle.h knows. */
static numsys_under
under_of (const numsys_call *call, const system_facts *facts)
{
  const numsys_rounding rounding = call->context->rounding;

  if (!facts->flushes)
    return NUMSYS_UNDER_RAISED;
  return facts->has_zero
         && (rounding == NUMSYS_NEAREST || rounding == NUMSYS_NEAREST_AWAY)
         ? NUMSYS_UNDER_FLUSHED : NUMSYS_UNDER_ELSEWHERE;
}

/* Sums and differences by kernels; what these leave one by one. */
static void
add_block (const numsys_call *call, const system_facts *facts,
           const numsys_block *block)
{
  const int subtracts = call->operation == NUMSYS_SUBTRACT;
  const numsys_lns_sums plan = {
    .table = facts->gauss->table, .reach = (int32_t) facts->gauss->reach,
    .away = call->rule.away, .sign = facts->half,
    .turn = subtracts ? facts->half : 0, .flag = facts->flag,
    .least = (int32_t) facts->least, .most = (int32_t) facts->most,
    .has_zero = facts->has_zero, .zero = facts->zero,
    .under = under_of (call, facts),
  };
  const numsys_kernels *kernels = numsys_kernels_best ();
  const uint32_t *a = block->in[0], *b = block->in[1];
  numsys_counts counts = { 0 };
  element at = { call, facts, block, 0 };

  while (at.i < block->n)
    {
      at.i += kernels->lns_add (&plan, block->n - at.i, a + at.i, b + at.i,
                                block->out + at.i, &counts);
      if (at.i == block->n)
        break;
      block->out[at.i]
        = one (&at, call->operation, numsys_lns_unpack (facts, a[at.i]),
               numsys_lns_unpack (facts, b[at.i]), (term) { .is_zero = 1 });
      at.i++;
    }
  call->events->overflow += counts.over;
  call->events->saturated += counts.over;
  *(facts->flushes ? &call->events->flushed : &call->events->raised)
    += counts.small;
}

static void
apply_block (const numsys_call *call, const void *family,
             const numsys_block *block)
{
  const system_facts *facts = family;

  if ((call->operation == NUMSYS_ADD || call->operation == NUMSYS_SUBTRACT)
      && has_kernel (call, facts))
    {
      add_block (call, facts, block);
      return;
    }
  if (facts->gauss != NULL)
    numsys_lns_add_block (call, facts, block);
  else if (call->operation == NUMSYS_MULTIPLY)
    loop (call, facts, block, NUMSYS_MULTIPLY);
  else
    loop (call, facts, block, call->operation);
}

void
numsys_lns_apply (const void *vstate, numsys_operation operation,
                  const numsys_context *context, size_t n, const void *a,
                  const void *b, const void *c, void *out,
                  numsys_events *events)
{
  const numsys_lns_state *state = vstate;
  system_facts facts = numsys_lns_facts_of (state);
  numsys_call call;

  if (operation == NUMSYS_ADD || operation == NUMSYS_SUBTRACT
      || operation == NUMSYS_FMA)
    facts.gauss = numsys_lns_gauss_of (state->tables);
  numsys_call_init (&call, numsys_lns.ladder, vstate, operation, context,
                    events);
  numsys_apply_blocks (&call, &facts, apply_block, n, a, b, c, out);
}
