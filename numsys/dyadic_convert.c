/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To fixed and floating point in integers.  What comes from there is rounded
   as it is; float32 by the kernels of the float path, which does the same at
   scale 0: a value that is a float32 is hit by no other.  An irrational power
   of two is known between two numbers, and rounding keeps order: where it makes
   the same of both, code and events, it makes that of the power.  */

#include <config.h>
#include <string.h>
#include "numsys/base2.h"
#include "numsys/conversion.h"
#include "numsys/float_path.h"
#include "numsys/random.h"

/* Integers of 64 bits times this power of two fit 128. */
#define MOST_EXPONENT 62

#define READ_WIDTH_BITS 4

_Static_assert (NUMSYS_READ_WIDTH == 1 << READ_WIDTH_BITS,
                "how far apart the bounds of a power lie");

/* The code of a number that is not zero. */
typedef uint32_t rounding (const numsys_call *call, const void *facts,
                           numsys_binary x, uint32_t word);

static uint32_t
round_float (const numsys_call *call, const void *facts, numsys_binary x,
             uint32_t word)
{
  return numsys_float_round (call, facts, x, &word);
}

/* Above 2^62 units it is only the last 32 bits that tell what wraps: they are
   zeros in what lies further. */
static uint32_t
round_fixed (const numsys_call *call, const void *vfacts, numsys_binary x,
             uint32_t word)
{
  const numsys_fixed_facts *facts = vfacts;

  x.exponent += facts->fraction;
  if (x.exponent > MOST_EXPONENT)
    {
      x.exponent = MOST_EXPONENT;
      x.c = 1;
    }
  return numsys_fixed_round (call, facts, x, word);
}

/* An irrational power, between two numbers that rounding may tell apart. */
static uint32_t
round_between (const numsys_conversion *conversion, const void *facts,
               rounding *round, const numsys_block *block, size_t i,
               numsys_binary x)
{
  const uint32_t word = conversion->call.is_stochastic ? block->words[i] : 0;
  numsys_events low = { 0 };
  numsys_events high = { 0 };
  numsys_call call = conversion->call;
  uint32_t code, other;

  call.events = &low;
  code = round (&call, facts, x, word);
  call.events = &high;
  x.c += NUMSYS_READ_WIDTH;
  other = round (&call, facts, x, word);
  if (code != other || memcmp (&low, &high, sizeof low) != 0)
    return numsys_conversion_default (conversion, block, i);
  numsys_events_add (conversion->call.events, &low);
  return code;
}

/* What codes are made of. */
typedef struct destination
{
  const void *facts;
  int64_t most;    /* an irrational power above 2^most is the default's */
  int is_fixed;
  int64_t half;    /* without a draw, roundings change at multiples of 2^half:
                      of a power's unit, or if is_fixed of 1 */
} destination;

/* Whether no rounding but a draw changes between a power's bounds.  (Where
   these hold a power of two, at which spacing changes, that is a multiple.
   Subnormal numbers' spacing is wider.) */
static inline int
is_decided (const destination *to, numsys_binary x)
{
  const int64_t half = to->half - (to->is_fixed ? x.exponent : 0);
  const uint64_t rest
    = (uint64_t) x.c & (UINT64_MAX >> (half > 0 && half < 64 ? 64 - half : 0));

  return half > READ_WIDTH_BITS
         && (half > NUMSYS_BASE2_UNIT
             || rest < (UINT64_C (1) << half) - NUMSYS_READ_WIDTH);
}

static inline __attribute__ ((always_inline)) void
loop (const numsys_conversion *conversion, const destination *to,
      rounding *round, const numsys_block *block, const numsys_reading x[])
{
  const numsys_call *call = &conversion->call;

  for (size_t i = 0; i < block->n; i++)
    if (x[i].class != NUMSYS_FINITE || x[i].x.c == 0)
      block->out[i] = numsys_place_code (
        (numsys_place) { x[i].class, x[i].x.negative, 0 }, &call->target,
        call->context->rounding, call->events);
    else if (!x[i].x.more
             || (!call->is_stochastic && is_decided (to, x[i].x)))
      block->out[i] = round (call, to->facts, x[i].x,
                             call->is_stochastic ? block->words[i] : 0);
    else if (x[i].x.exponent <= to->most)
      block->out[i] = round_between (conversion, to->facts, round, block, i,
                                     x[i].x);
    else
      block->out[i] = numsys_conversion_default (conversion, block, i);
}

static void
float_block (const numsys_conversion *conversion, const void *to,
             const numsys_block *block, const numsys_reading x[])
{
  loop (conversion, to, round_float, block, x);
}

static void
fixed_block (const numsys_conversion *conversion, const void *to,
             const numsys_block *block, const numsys_reading x[])
{
  loop (conversion, to, round_fixed, block, x);
}

/* Numbers at a time; no fewer are worth a plan. */
#define LENGTH 256
#define FEW 16
/* Bytes of a plan of fixed or floating point. */
#define MOST_PLAN 512

/* Whether elements are the machine's own floats. */
static int
is_float32 (const numsys_type *type, const void *state)
{
  const numsys_float_state *f = state;

  return type == &numsys_float && f->exponent == 8 && f->significand == 23
         && f->bias == 127 && f->specials == NUMSYS_SPECIALS_IEEE
         && f->subnormals;
}

static void
encode (const numsys_float_path *path, const void *plan,
        const numsys_target *to, const numsys_context *context, size_t n,
        const void *in, void *out, numsys_events *events)
{
  const int draws = numsys_rounding_is_stochastic (context->rounding);
  const size_t size = numsys_code_size (to);
  float x[LENGTH];
  uint32_t words[LENGTH];

  for (size_t first = 0; first < n; first += LENGTH)
    {
      const size_t length = n - first < LENGTH ? n - first : LENGTH;

      memcpy (x, (const char *) in + first * sizeof *x, length * sizeof *x);
      if (draws)
        numsys_random_words (&context->random, context->first + first, length,
                             words);
      path->encode (plan, (numsys_scale) { 0, 0 }, length, x,
                    draws ? words : NULL, size, (char *) out + first * size,
                    events);
    }
}

/* From float32 by the target's float path; -1 if it has none for this. */
static int
by_float_path (const numsys_type *type, const void *state,
               const numsys_type *from_type, const void *from_state,
               const numsys_context *context, size_t n, const void *in,
               void *out, numsys_events *events)
{
  const numsys_float_path *path = type->float_path;
  const numsys_target to = numsys_target_of (type->ladder, state);
  max_align_t plan[MOST_PLAN / sizeof (max_align_t)];
  numsys_error error;

  if (n < FEW || !is_float32 (from_type, from_state)
      || path->plan_size > sizeof plan
      || path->check (state, NUMSYS_STEP_GRID, 0, &error) != 0
      || path->plan (plan, state, context->rounding, context->random_bits)
           != 0)
    return -1;
  encode (path, plan, &to, context, n, in, out, events);
  path->unplan (plan);
  return 0;
}

int
numsys_float_convert (const void *vstate, const numsys_type *from_type,
                      const void *from_state, const numsys_context *context,
                      size_t n, const void *in, void *out,
                      numsys_events *events)
{
  const numsys_float_state *state = vstate;
  const numsys_float_facts facts = numsys_float_facts_of (state);
  const destination to = {
    .facts = &facts,
    .most = INT64_MAX,
    .half = NUMSYS_BASE2_UNIT - 1 - state->significand,
  };
  numsys_conversion conversion;

  if (by_float_path (&numsys_float, vstate, from_type, from_state, context, n, in,
                     out, events)
      == 0)
    return 0;
  if (numsys_conversion_init (&conversion, from_type, from_state,
                              numsys_float.ladder, state, context, events)
      != 0)
    return -1;
  numsys_convert_blocks (&conversion, &to, float_block, 1, n, in, out);
  return 0;
}

/* Where numbers wrap, order is kept as long as the two that a power lies
   between are less than a unit apart: then codes are the same only where steps
   are. */
int
numsys_fixed_convert (const void *vstate, const numsys_type *from_type,
                      const void *from_state, const numsys_context *context,
                      size_t n, const void *in, void *out,
                      numsys_events *events)
{
  const numsys_fixed_state *state = vstate;
  const numsys_fixed_facts facts = numsys_fixed_facts_of (state);
  const destination to = {
    .facts = &facts,
    .most = state->wraps ? -READ_WIDTH_BITS - 1 - state->fraction
                         : INT64_MAX,
    .is_fixed = 1,
    .half = -1 - state->fraction,
  };
  numsys_conversion conversion;

  if (by_float_path (&numsys_fixed, vstate, from_type, from_state, context, n, in,
                     out, events)
      == 0)
    return 0;
  if (numsys_conversion_init (&conversion, from_type, from_state,
                              numsys_fixed.ladder, state, context, events)
      != 0)
    return -1;
  numsys_convert_blocks (&conversion, &to, fixed_block, 1, n, in, out);
  return 0;
}
