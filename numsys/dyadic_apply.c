/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes are decoded to float32, the operation is rounded to odd in float32, and
   that to codes: one rounding of the exact result, since codes have two bits
   less (kernels.h says why).  What is drawn would want more of the exact
   result.  */

#include <config.h>
#include <math.h>
#include "numsys/dyadic_apply.h"
#include "numsys/dyadic_kernel.h"

/* Of a significand, and of what fixed point can tell apart. */
enum { MOST_BITS = 22 };

/* Numbers a block at the most. */
enum { LENGTH = 256 };

static numsys_odd_loop *
loop_of (const numsys_odd_loops *odd, numsys_operation operation)
{
  switch (operation)
    {
    case NUMSYS_ADD:
      return odd->add;
    case NUMSYS_SUBTRACT:
      return odd->subtract;
    case NUMSYS_MULTIPLY:
      return odd->multiply;
    case NUMSYS_DIVIDE:
      return odd->divide;
    case NUMSYS_SQRT:
      return odd->sqrt;
    case NUMSYS_FMA:
      return odd->fma;
    default:
      return NULL;
    }
}

/* Whether a sum of opposites may be -0. */
static int
has_negative_nothing (const numsys_call *call, const numsys_dyadic *dyadic)
{
  return dyadic->has_signed_zero && call->context->rounding == NUMSYS_DOWN
         && (call->operation == NUMSYS_ADD
             || call->operation == NUMSYS_SUBTRACT
             || call->operation == NUMSYS_FMA);
}

/* Whether numbers are float32 and few enough for a second rounding. */
static int
suits (const numsys_call *call, const numsys_dyadic *dyadic)
{
  const numsys_range range = numsys_dyadic_range (dyadic);
  const int bits = dyadic->is_complement ? (int) dyadic->width
                                         : dyadic->significand + 1;

  return !call->is_stochastic && bits <= MOST_BITS && range.least <= 0
         && range.most >= 0 && dyadic->beyond != NUMSYS_BEYOND_WRAP
         && !has_negative_nothing (call, dyadic);
}

void
numsys_dyadic_apply_init (const numsys_call *call,
                          const numsys_dyadic *dyadic,
                          numsys_dyadic_apply *out)
{
  const numsys_scale none = { 0, 0 };
  numsys_dyadic_grid grid;

  *out = (numsys_dyadic_apply) { .kernels = numsys_kernels_best () };
  numsys_dyadic_grid_of (dyadic, none, call->context->rounding, 32, &grid);
  if (suits (call, dyadic)
      && numsys_dyadic_codes_init (dyadic, &grid, &out->codes)
      && numsys_dyadic_rounding_init (dyadic, &grid, &out->rounding))
    out->loop = loop_of (out->kernels->odd, call->operation);
}

/* Results that are NaN, which kernels would stop at, become 0 and are told by
   index; returns how many there are. */
static size_t
take_out (size_t n, float result[], size_t index[])
{
  size_t found = 0;

  for (size_t i = 0; i < n; i++)
    {
      const int is_nan = isnan (result[i]);

      index[found] = i;
      found += is_nan;
      result[i] = is_nan ? 0 : result[i];
    }
  return found;
}

static void
encode (const numsys_call *call, const numsys_dyadic_apply *apply,
        numsys_block_one *one, const void *facts, const numsys_block *block,
        const float result[])
{
  numsys_counts counts = { 0 };

  for (size_t i = 0; i < block->n; i++)
    {
      i += apply->kernels->dyadic_encode (&apply->rounding, block->n - i,
                                          result + i, NULL, sizeof (uint32_t),
                                          block->out + i, &counts);
      if (i < block->n)
        block->out[i] = one (call, facts, block, i);
    }
  numsys_dyadic_count (&apply->rounding, &counts, call->events);
}

void
numsys_dyadic_apply_block (const numsys_call *call,
                           const numsys_dyadic_apply *apply,
                           numsys_block_one *one, const void *facts,
                           const numsys_block *block)
{
  const unsigned arity = numsys_operation_arity (call->operation);
  float x[3][LENGTH], result[LENGTH];
  size_t index[LENGTH], left;

  for (unsigned j = 0; j < arity; j++)
    apply->kernels->dyadic_decode (&apply->codes, block->n, sizeof (uint32_t),
                                   block->in[j], x[j]);
  apply->loop (block->n, x[0], x[1], x[2], result);
  left = take_out (block->n, result, index);
  encode (call, apply, one, facts, block, result);
  for (size_t i = 0; i < left; i++)
    block->out[index[i]] = one (call, facts, block, index[i]);
}
