/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From one LNS to another in integers: k / gamma is k gamma' / gamma steps of
   2^(1 / gamma'), and the remainder of that division says where between two
   steps it lies, ties of the logarithm included.  The middle of two values
   and stochastic draws are the default's.  */

#include <config.h>
#include "numsys/families.h"
#include "numsys/float_path.h"
#include "numsys/lns_settle.h"

/* More steps than lie between any two biases and ranges. */
#define FAR (INT64_C (1) << 50)

/* Codes taken at a time. */
#define LENGTH 256

/* floor (k to / from), and on which side of the middle the rest lies; what is
   far out of range is as good as any other such step. */
static int64_t
step_side (int64_t k, int64_t from, int64_t to)
{
  const numsys_wide steps = (numsys_wide) k * to;
  numsys_side side = NUMSYS_SIDE_HIT;
  int64_t quotient, rest;

  if (steps / FAR >= from || steps / FAR <= -from)
    return NUMSYS_STEP_SIDE (steps < 0 ? -FAR : FAR, NUMSYS_SIDE_HIT);
  if (steps == (int64_t) steps)
    {
      quotient = (int64_t) steps / from;
      rest = (int64_t) steps % from;
    }
  else
    {
      quotient = (int64_t) (steps / from);
      rest = (int64_t) (steps % from);
    }
  if (rest < 0)
    {
      quotient--;
      rest += from;
    }
  if (rest != 0)
    side = 2 * rest < from ? NUMSYS_SIDE_BELOW
           : 2 * rest == from ? NUMSYS_SIDE_LOG_MIDDLE : NUMSYS_SIDE_ABOVE;
  return NUMSYS_STEP_SIDE (quotient, side);
}

static void
convert_block (const numsys_call *call, const numsys_lns_facts *from,
               const numsys_lns_facts *to, const numsys_block *block)
{
  const numsys_lns_element at = { call, to, block, 0 };

  for (size_t i = 0; i < block->n; i++)
    {
      const numsys_lns_term x = numsys_lns_unpack (from, block->in[0][i]);

      block->out[i]
        = x.is_zero
            ? numsys_lns_zero (&at, 0)
            : numsys_lns_settle (&at, x.negative,
                                 step_side (x.e - from->bias, from->gamma,
                                            to->gamma)
                                   + 8 * to->bias);
    }
}

int
numsys_lns_convert (const void *state, const numsys_type *from_type,
                    const void *from_state, const numsys_context *context,
                    size_t n, const void *in, void *out,
                    numsys_events *events)
{
  const numsys_ladder *ladder = numsys_lns.ladder;
  numsys_target source;
  numsys_lns_facts from, to;
  numsys_call call;
  uint32_t codes[LENGTH];
  uint32_t results[LENGTH];

  if (from_type != &numsys_lns || context->rounding == NUMSYS_NEAREST_LINEAR
      || numsys_rounding_is_stochastic (context->rounding))
    return -1;
  source = numsys_target_of (ladder, from_state);
  from = numsys_lns_facts_of (from_state);
  to = numsys_lns_facts_of (state);
  numsys_call_init (&call, ladder, state, NUMSYS_ADD, context, events);
  for (size_t first = 0; first < n; first += LENGTH)
    {
      const numsys_block block = {
        .n = n - first < LENGTH ? n - first : LENGTH,
        .in = { codes },
        .out = results,
      };

      numsys_codes_load (numsys_code_size (&source), in, first, block.n,
                         codes);
      convert_block (&call, &from, &to, &block);
      numsys_codes_store (numsys_code_size (&call.target), out, first,
                          block.n, results);
    }
  return 0;
}
