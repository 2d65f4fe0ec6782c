/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of any family as numbers, and arrays of them as blocks.  */

#include <config.h>
#include "numsys/base2.h"
#include "numsys/conversion.h"

/* Codes a block. */
#define LENGTH 256

/* Powers of two this far out are as good as any further: no value of fixed or
   floating point comes near. */
#define FAR (INT64_C (1) << 20)

_Static_assert (NUMSYS_READ_WIDTH == 2 * NUMSYS_BASE2_POWER_ERROR,
                "a power lies in the middle of what is read");

int
numsys_conversion_init (numsys_conversion *conversion,
                        const numsys_type *from_type, const void *from_state,
                        const numsys_ladder *ladder, const void *state,
                        const numsys_context *context, numsys_events *events)
{
  numsys_source *source = &conversion->source;

  source->type = from_type;
  if (from_type == &numsys_fixed)
    source->fixed = numsys_fixed_facts_of (from_state);
  else if (from_type == &numsys_float)
    source->floating = numsys_float_facts_of (from_state);
  else if (from_type == &numsys_lns)
    source->lns = numsys_lns_facts_of (from_state);
  else
    return -1;
  source->target = numsys_target_of (from_type->ladder, from_state);
  numsys_call_init (&conversion->call, ladder, state, NUMSYS_ADD, context,
                    events);
  return 0;
}

static void
read_fixed (const numsys_fixed_facts *facts, const numsys_block *block,
            numsys_reading x[])
{
  for (size_t i = 0; i < block->n; i++)
    {
      x[i].class = NUMSYS_FINITE;
      x[i].x = numsys_fixed_binary (facts, block->in[0][i]);
      x[i].x.exponent = -facts->fraction;
    }
}

static void
read_float (const numsys_source *source, const numsys_block *block,
            numsys_reading x[])
{
  const numsys_float_facts *facts = &source->floating;
  const numsys_target *target = &source->target;

  for (size_t i = 0; i < block->n; i++)
    {
      const uint32_t code = block->in[0][i];

      x[i].class = NUMSYS_FINITE;
      x[i].x = numsys_float_binary (facts, code);
      if ((code & (facts->sign - 1)) > facts->largest)
        {
          const numsys_place place
            = target->ladder->place (target->state, code);

          x[i].class = place.class;
          x[i].x.negative = place.negative;
        }
    }
}

/* 2^(k / gamma) = 2^q 2^(r / gamma), 0 <= r < gamma. */
static numsys_binary
power (int negative, int64_t k, int64_t gamma)
{
  int64_t q = k / gamma;
  int64_t r = k % gamma;
  numsys_binary x = { .negative = negative, .c = 1 };

  if (r < 0)
    {
      q--;
      r += gamma;
    }
  x.exponent = q < -FAR ? -FAR : q > FAR ? FAR : q;
  if (r != 0)
    {
      x.more = 1;
      x.exponent -= NUMSYS_BASE2_UNIT;
      x.c = numsys_base2_power ((uint64_t) r, (uint64_t) gamma)
            - NUMSYS_BASE2_POWER_ERROR;
    }
  return x;
}

static void
read_lns (const numsys_lns_facts *facts, const numsys_block *block,
          numsys_reading x[])
{
  for (size_t i = 0; i < block->n; i++)
    {
      const numsys_lns_term term
        = numsys_lns_unpack (facts, block->in[0][i]);

      x[i].class = NUMSYS_FINITE;
      x[i].x = term.is_zero ? (numsys_binary) { .c = 0 }
                            : power (term.negative, term.e - facts->bias,
                                     facts->gamma);
    }
}

static void
read_block (const numsys_source *source, const numsys_block *block,
            numsys_reading x[])
{
  if (source->type == &numsys_fixed)
    read_fixed (&source->fixed, block, x);
  else if (source->type == &numsys_float)
    read_float (source, block, x);
  else
    read_lns (&source->lns, block, x);
}

void
numsys_convert_blocks (const numsys_conversion *conversion,
                       const void *family, numsys_convert_block *convert,
                       int reads, size_t n, const void *in, void *out)
{
  const numsys_call *call = &conversion->call;
  const size_t from_size = numsys_code_size (&conversion->source.target);
  const size_t to_size = numsys_code_size (&call->target);
  uint32_t codes[LENGTH], words[LENGTH], results[LENGTH];
  numsys_reading x[LENGTH];

  for (size_t first = 0; first < n; first += LENGTH)
    {
      const numsys_block block = {
        .first = first,
        .n = n - first < LENGTH ? n - first : LENGTH,
        .in = { codes },
        .words = words,
        .out = results,
      };

      numsys_codes_load (from_size, in, first, block.n, codes);
      if (call->is_stochastic)
        numsys_call_words (call, first, block.n, words);
      if (reads)
        read_block (&conversion->source, &block, x);
      convert (conversion, family, &block, reads ? x : NULL);
      numsys_codes_store (to_size, out, first, block.n, results);
    }
}

uint32_t
numsys_conversion_default (const numsys_conversion *conversion,
                           const numsys_block *block, size_t i)
{
  const numsys_call *call = &conversion->call;

  return numsys_default_convert_code (&conversion->source.target,
                                      &call->target, call->context,
                                      block->first + i, block->in[0][i],
                                      call->events);
}
