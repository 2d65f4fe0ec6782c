/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and dot products of an LNS, rounded once.

   Codes are gone through twice: for the largest term, and to add up all terms
   relative to it (lns_sum.h); then the sum is located between two values
   (lns_locate.h).  What both leave open is the default's.  */

#include <config.h>
#include "numsys/families.h"
#include "numsys/lns_locate.h"
#include "numsys/lns_settle.h"

#define INLINE NUMSYS_LNS_INLINE

/* Codes taken at a time. */
#define LENGTH 256

/* The step of a zero: too low for any other. */
#define NO_STEP (INT64_MIN / 4)

/* What is added up, b being NULL for sums. */
typedef struct factors
{
  const numsys_lns_facts *facts;
  size_t size, n;
  const void *a, *b;
} factors;

/* Terms of a block: steps, those of products without their bias. */
typedef struct terms
{
  size_t first, n;
  int64_t step[LENGTH];
  uint32_t negative[LENGTH];   /* 0 or 1 */
} terms;

static INLINE void
unpack (const numsys_lns_facts *facts, const uint32_t a[], const uint32_t b[],
        terms *out)
{
  for (size_t i = 0; i < out->n; i++)
    {
      const numsys_lns_term x = numsys_lns_unpack (facts, a[i]);
      const numsys_lns_term y
        = b == NULL ? (numsys_lns_term) { 0, 0, 0 }
                    : numsys_lns_unpack (facts, b[i]);

      out->step[i] = x.is_zero | y.is_zero ? NO_STEP : x.e + y.e;
      out->negative[i] = (uint32_t) (x.negative ^ y.negative);
    }
}

/* The block that begins at first; one that is there already stays. */
static void
read_block (const factors *f, size_t first, terms *out)
{
  const size_t left = f->n - first;
  uint32_t a[LENGTH], b[LENGTH];

  if (out->n != 0 && out->first == first)
    return;
  out->first = first;
  out->n = left < LENGTH ? left : LENGTH;
  numsys_codes_load (f->size, f->a, first, out->n, a);
  if (f->b == NULL)
    {
      unpack (f->facts, a, NULL, out);
      return;
    }
  numsys_codes_load (f->size, f->b, first, out->n, b);
  unpack (f->facts, a, b, out);
}

/* Sets the enclosure's top and count. */
static void
measure (const factors *f, terms *block, numsys_lns_enclosure *x)
{
  int64_t top = NO_STEP;
  uint64_t count = 0;

  for (size_t first = 0; first < f->n; first += LENGTH)
    {
      read_block (f, first, block);
      for (size_t i = 0; i < block->n; i++)
        {
          const int64_t step = block->step[i];

          top = step > top ? step : top;
          count += step != NO_STEP;
        }
    }
  x->top = top;
  x->count = count;
}

/* Zeros count as nothing, being far below; they make no sum inexact. */
static void
add_up (const factors *f, terms *block, const numsys_roots *roots,
        numsys_lns_enclosure *out)
{
  numsys_lns_enclosure x = *out;

  for (size_t first = 0; first < f->n; first += LENGTH)
    {
      read_block (f, first, block);
      for (size_t i = 0; i < block->n; i++)
        if (block->step[i] != NO_STEP)
          numsys_lns_enclose (&x, roots, (uint64_t) (x.top - block->step[i]),
                              (int) block->negative[i], 1);
    }
  *out = x;
}

/* A numsys_lns_listing. */
static void
list_terms (const void *data, numsys_lns_list *list)
{
  const factors *f = data;
  terms block = { .n = 0 };

  for (size_t first = 0; first < f->n; first += LENGTH)
    {
      read_block (f, first, &block);
      for (size_t i = 0; i < block.n; i++)
        if (block.step[i] != NO_STEP)
          numsys_lns_list_add (list, block.step[i],
                               block.negative[i] ? -1 : 1);
    }
}

/* 0 where the draw is open. */
static int
settle (const numsys_lns_element *at, const numsys_lns_place *place,
        int64_t step, uint32_t *code)
{
  int away = 0;

  if (!at->call->is_stochastic)
    *code = numsys_lns_settle (at, place->negative,
                               NUMSYS_STEP_SIDE (step, place->side));
  else
    {
      if (place->side != NUMSYS_SIDE_HIT || step < at->facts->least)
        away = numsys_lns_decide (at, step, place->part, place->margin);
      if (away >= 0)
        *code = numsys_lns_settle_drawn (at, place->negative, step, away);
    }
  return away >= 0;
}

/* 0 if it is open. */
static int
round_sum (const numsys_lns_element *at, const factors *f,
           const numsys_roots *roots, uint32_t *code)
{
  const numsys_rounding rounding = at->call->context->rounding;
  numsys_lns_total total = { .roots = roots, .list = list_terms, .data = f };
  numsys_lns_place place;
  terms block;

  block.n = 0;
  measure (f, &block, &total.enclosure);
  total.most = total.enclosure.count;
  if (total.most >= NUMSYS_LNS_MOST_COUNT)
    return 0;
  if (total.most == 0)
    {
      *code = numsys_lns_zero (at, 0);
      return 1;
    }
  add_up (f, &block, roots, &total.enclosure);
  switch (numsys_lns_locate (&total, rounding, &place))
    {
    case NUMSYS_LNS_NOTHING:
      *code = numsys_lns_zero (at, rounding == NUMSYS_DOWN);
      return 1;
    case NUMSYS_LNS_PLACE:
      return settle (at, &place,
                     place.step - (f->b == NULL ? 0 : f->facts->bias), code);
    default:
      return 0;
    }
}

void
numsys_lns_dot (const void *vstate, const numsys_context *context, size_t n,
                const void *a, const void *b, void *out,
                numsys_events *events)
{
  const numsys_lns_state *state = vstate;
  const numsys_lns_facts facts = numsys_lns_facts_of (state);
  const numsys_roots *roots = numsys_lns_roots_of (state->tables);
  factors f = { &facts, 0, n, a, b };
  numsys_call call;
  uint32_t word, code;
  const numsys_block block = { .n = 1, .words = &word };
  const numsys_lns_element at = { &call, &facts, &block, 0 };

  numsys_call_init (&call, numsys_lns.ladder, vstate, NUMSYS_ADD, context,
                    events);
  f.size = numsys_code_size (&call.target);
  word = numsys_call_word (&call, 0);
  if (roots != NULL && round_sum (&at, &f, roots, &code))
    numsys_code_store (out, f.size, 0, code);
  else
    numsys_default_dot (&call.target, context, n, a, b, out, events);
}
