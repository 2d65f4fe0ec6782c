/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays of elements as blocks of codes.  */

#include <config.h>
#include <string.h>
#include "numsys/apply.h"
#include "numsys/float_path.h"
#include "numsys/numsys.h"
#include "numsys/random.h"

/* Codes a block. */
#define LENGTH 256

void
numsys_call_init (numsys_call *call, const numsys_ladder *ladder,
                  const void *state, numsys_operation operation,
                  const numsys_context *context, numsys_events *events)
{
  call->state = state;
  call->context = context;
  call->operation = operation;
  call->events = events;
  call->target = numsys_target_of (ladder, state);
  call->is_stochastic = numsys_rounding_is_stochastic (context->rounding);
  numsys_rule_init (&call->rule, context->rounding, ladder->is_logarithmic);
}

/* Elements are aligned, being codes of 1, 2 or 4 bytes from the start. */
void
numsys_codes_load (size_t size, const void *from, size_t first, size_t n,
                   uint32_t codes[])
{
  const uint8_t *bytes = (const uint8_t *) from + first;
  const uint16_t *words = (const uint16_t *) from + first;

  if (size == 4)
    memcpy (codes, (const uint32_t *) from + first, n * sizeof *codes);
  else if (size == 2)
    for (size_t i = 0; i < n; i++)
      codes[i] = words[i];
  else
    for (size_t i = 0; i < n; i++)
      codes[i] = bytes[i];
}

void
numsys_codes_store (size_t size, void *to, size_t first, size_t n,
                    const uint32_t codes[])
{
  uint8_t *bytes = (uint8_t *) to + first;
  uint16_t *words = (uint16_t *) to + first;

  if (size == 4)
    memcpy ((uint32_t *) to + first, codes, n * sizeof *codes);
  else if (size == 2)
    for (size_t i = 0; i < n; i++)
      words[i] = (uint16_t) codes[i];
  else
    for (size_t i = 0; i < n; i++)
      bytes[i] = (uint8_t) codes[i];
}

/* min, max, negate and abs are alike in all families. */
static void
apply_places (const numsys_call *call, const numsys_block *block)
{
  const numsys_target *target = &call->target;

  for (size_t i = 0; i < block->n; i++)
    block->out[i] = numsys_place_code (
      numsys_place_operate (
        call->operation,
        target->ladder->place (target->state, block->in[0][i]),
        target->ladder->place (target->state, block->in[1][i])),
      target, call->context->rounding, call->events);
}

void
numsys_call_words (const numsys_call *call, uint64_t first, size_t n,
                   uint32_t words[])
{
  const numsys_context *context = call->context;

  numsys_random_words (&context->random, context->first + first, n, words);
  for (size_t i = 0; i < n; i++)
    words[i] >>= 32 - context->random_bits;
}

uint32_t
numsys_call_word (const numsys_call *call, uint64_t i)
{
  uint32_t word = 0;

  if (call->is_stochastic)
    numsys_call_words (call, i, 1, &word);
  return word;
}

void
numsys_apply_blocks (const numsys_call *call, const void *family,
                     numsys_block_apply *apply, size_t n, const void *a,
                     const void *b, const void *c, void *out)
{
  const size_t size = numsys_code_size (&call->target);
  const unsigned arity = numsys_operation_arity (call->operation);
  const void *const from[3] = { a, b, c };
  uint32_t in[3][LENGTH];
  uint32_t words[LENGTH];
  uint32_t results[LENGTH];

  for (unsigned j = arity; j < 3; j++)
    memset (in[j], 0, (n < LENGTH ? n : LENGTH) * sizeof in[j][0]);
  for (size_t first = 0; first < n; first += LENGTH)
    {
      const numsys_block block = {
        .first = first,
        .n = n - first < LENGTH ? n - first : LENGTH,
        .in = { in[0], in[1], in[2] },
        .words = words,
        .out = results,
      };

      for (unsigned j = 0; j < arity; j++)
        numsys_codes_load (size, from[j], first, block.n, in[j]);
      if (call->is_stochastic)
        numsys_call_words (call, block.first, block.n, words);
      if (numsys_place_has (call->operation))
        apply_places (call, &block);
      else
        apply (call, family, &block);
      numsys_codes_store (size, out, first, block.n, results);
    }
}

uint32_t
numsys_block_default (const numsys_call *call, const numsys_block *block,
                      size_t i)
{
  const unsigned arity = numsys_operation_arity (call->operation);
  uint32_t operand[3];

  for (unsigned j = 0; j < 3; j++)
    operand[j] = j < arity ? block->in[j][i] : 0;
  return numsys_default_code (&call->target, call->operation, call->context,
                              block->first + i, operand, call->events);
}
