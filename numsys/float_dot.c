/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and dot products of floating point, exact to the end and rounded
   once.  */

#include <config.h>
#include "numsys/accumulator.h"
#include "numsys/float_apply.h"

/* Codes taken at a time. */
#define LENGTH 256

/* What is added up.  b is NULL for sums. */
typedef struct terms
{
  const numsys_float_facts *facts;
  size_t size, n;
  const void *a, *b;
  int64_t least;       /* exponent of the accumulator's lowest bit */
} terms;

static int
is_number (const numsys_float_facts *facts, uint32_t code)
{
  return (code & (facts->sign - 1)) <= facts->largest;
}

/* -1 when one is infinite or no number. */
static int
add_up (const terms *t, numsys_accumulator *sum)
{
  uint32_t a[LENGTH], b[LENGTH];

  for (size_t first = 0; first < t->n; first += LENGTH)
    {
      const size_t n = t->n - first < LENGTH ? t->n - first : LENGTH;

      numsys_codes_load (t->size, t->a, first, n, a);
      if (t->b != NULL)
        numsys_codes_load (t->size, t->b, first, n, b);
      for (size_t i = 0; i < n; i++)
        {
          numsys_binary x = numsys_float_binary (t->facts, a[i]);

          if (!is_number (t->facts, a[i]))
            return -1;
          if (t->b != NULL)
            {
              const numsys_binary y = numsys_float_binary (t->facts, b[i]);

              if (!is_number (t->facts, b[i]))
                return -1;
              x.negative ^= y.negative;
              x.exponent += y.exponent;
              x.c = (uint64_t) x.c * (uint64_t) y.c;
            }
          numsys_accumulate (sum, x.negative, (uint64_t) x.c,
                             (uint64_t) (x.exponent - t->least));
        }
    }
  return 0;
}

void
numsys_float_dot (const void *vstate, const numsys_context *context, size_t n,
                  const void *a, const void *b, void *out,
                  numsys_events *events)
{
  const numsys_float_state *state = vstate;
  const numsys_float_facts facts = numsys_float_facts_of (state);
  const int factors = b != NULL ? 2 : 1;
  terms t = { &facts, 0, n, a, b,
              factors * (1 - facts.bias - (int64_t) facts.significand) };
  numsys_accumulator sum;
  numsys_call call;
  numsys_binary x;
  uint32_t word, code;

  numsys_call_init (&call, numsys_float.ladder, state, NUMSYS_ADD, context,
                    events);
  t.size = numsys_code_size (&call.target);
  numsys_accumulator_init (
    &sum, (unsigned) factors
            * ((1u << state->exponent) + (unsigned) facts.significand + 1));
  if (add_up (&t, &sum) != 0)
    {
      numsys_default_dot (&call.target, context, n, a, b, out, events);
      return;
    }
  x = numsys_accumulator_sum (&sum, t.least);
  word = numsys_call_word (&call, 0);
  if (x.c != 0)
    code = numsys_float_round (&call, &facts, x, &word);
  else
    code = numsys_accumulator_zero_sign (&sum, context->rounding)
             ? facts.sign : 0;
  numsys_code_store (out, t.size, 0, code);
}
