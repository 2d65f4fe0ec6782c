/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the families' own operations on codes have in common.  Not
   installed.  */

#ifndef NUMSYS_APPLY_H
#define NUMSYS_APPLY_H

#include "numsys/arithmetic.h"
#include "numsys/side.h"

/* One call of an apply slot. */
typedef struct numsys_call
{
  const void *state;
  const numsys_context *context;
  numsys_operation operation;
  numsys_events *events;
  numsys_target target;
  numsys_rule rule;
  int is_stochastic;
} numsys_call;

void numsys_call_init (numsys_call *call, const numsys_ladder *ladder,
                       const void *state, numsys_operation operation,
                       const numsys_context *context, numsys_events *events);

/* Operands as codes, those not used being 0.  Element 0 of a block is element
   first of the call. */
typedef struct numsys_block
{
  size_t first, n;
  const uint32_t *in[3];
  uint32_t *words;       /* drawn, the top bits alone kept; of stochastic
                            roundings only */
  uint32_t *out;
} numsys_block;

/* Carries out one block; family is the caller's. */
typedef void numsys_block_apply (const numsys_call *call, const void *family,
                                 const numsys_block *block);

/* Cuts arrays of elements into blocks; min, max, negate and abs never come to
   apply. */
void numsys_apply_blocks (const numsys_call *call, const void *family,
                          numsys_block_apply *apply, size_t n, const void *a,
                          const void *b, const void *c, void *out);

/* Codes first .. first + n - 1 of elements that take size bytes each. */
void numsys_codes_load (size_t size, const void *from, size_t first, size_t n,
                        uint32_t codes[]);

void numsys_codes_store (size_t size, void *to, size_t first, size_t n,
                         const uint32_t codes[]);

/* The random words of elements first .. first + n - 1 of a call that draws, the
   top bits alone kept. */
void numsys_call_words (const numsys_call *call, uint64_t first, size_t n,
                        uint32_t words[]);

/* That of element i; 0 if the rounding draws none. */
uint32_t numsys_call_word (const numsys_call *call, uint64_t i);

/* Element i of a block by the default. */
uint32_t numsys_block_default (const numsys_call *call,
                               const numsys_block *block, size_t i);

#endif
