/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step on stored codes: the change in steps of U's grid, as step.c has it,
   is added to the stored exponent by U's rounding, and nothing else is.  Rules
   that multiply need no more of a weight than its sign.

   A watch is shown floats: a watched slice is decoded, moved, and encoded.  */

#include <config.h>
#include <math.h>
#include "optim/loops.h"
#include "optim/step.h"

/* Codes are signs and magnitudes, and magnitudes in order have codes in
   order. */
static optim_layout
layout_of (const numsys *system)
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const void *state = numsys_state (system);
  const numsys_place least = { .rung = 1 };
  const numsys_place below = { .rung = 1, .negative = 1 };
  const numsys_place most = { .rung = ladder->top (state, 0) };

  return (optim_layout) {
    .sign = ladder->code (state, least) ^ ladder->code (state, below),
    .least = ladder->code (state, least),
    .most = ladder->code (state, most),
  };
}

/* The code of the rule's bound; without one, above all. */
static uint32_t
limit_of (const optim_span *s, const optim_layout *layout)
{
  const numsys_random any = { { 0, 0 }, { 0, 0 } };
  uint32_t code;

  if (isinf (s->limit))
    return layout->most + 1;
  numsys_quantize_to_codes (s->storage->U, s->storage->scale, 1, &s->limit,
                            &any, 0, &code, NULL);
  return code;
}

static void
step_codes (const optim_span *s, const float g[], const uint32_t from[],
            uint32_t to[], optim_counts *counts)
{
  const optim_storage *storage = s->storage;
  const optim_loops *loops = s->tensor->loops;
  const optim_constants *c = &s->tensor->c;
  const optim_codes *codes = s->codes;
  float sign[OPTIM_SLICE], proposal[OPTIM_SLICE], steps[OPTIM_SLICE];
  optim_tally tally;

  loops->signs (s->n, &codes->layout, from, sign);
  optim_span_propose (s, g, sign, proposal);
  optim_span_changes (s, proposal, steps);
  numsys_quantize_shift_codes (storage->U, s->n, from, steps, storage->random,
                               s->first, to, &counts->stored);
  if (codes->limit < codes->layout.most)
    loops->held_codes (s->n, &codes->layout, codes->limit, to);
  tally = loops->count_codes (s->n, &codes->layout,
                              c->keep != 1 || c->decay != 0, codes->limit,
                              proposal, from, to);
  optim_tally_add (&tally, counts);
}

static void
step_watched (const optim_span *s, const float g[], const uint32_t from[],
              uint32_t to[], optim_counts *counts)
{
  const numsys_quantizer *U = s->storage->U;
  const numsys_random any = { { 0, 0 }, { 0, 0 } };
  float w[OPTIM_SLICE];

  numsys_quantize_from_codes (U, s->storage->scale, s->n, from, w);
  optim_span_step_floats (s, g, w, counts);
  numsys_quantize_to_codes (U, s->storage->scale, s->n, w, &any, 0, to, NULL);
}

static void
step_elements (const optim_span *s, const float g[], void *w,
               optim_counts *counts)
{
  const numsys *system = numsys_quantizer_system (s->storage->U);
  const optim_watch *watch = s->storage->watch;
  uint32_t room[OPTIM_SLICE], to[OPTIM_SLICE];
  const uint32_t *from = room;

  if (s->codes->size == sizeof *from)
    from = w;
  else
    numsys_to_codes (system, s->n, w, room);
  if (watch != NULL && watch->slice != NULL)
    step_watched (s, g, from, to, counts);
  else
    step_codes (s, g, from, to, counts);
  numsys_from_codes (system, s->n, to, w);
}

int
optim_keeps_codes (const optim_tensor *tensor, const optim_storage *storage)
{
  return optim_storage_shifts (tensor, storage) && tensor->type->is_never_nan;
}

void
optim_step_codes_part (optim_tensor *tensor, const optim_storage *storage,
                       size_t first, size_t n, const float g[], void *w,
                       optim_counts *counts)
{
  const numsys *system = numsys_quantizer_system (storage->U);
  optim_span whole = optim_span_of (tensor, storage, first, n);
  optim_codes codes = { .layout = layout_of (system),
                        .size = numsys_element_size (system) };

  codes.limit = limit_of (&whole, &codes.layout);
  whole.codes = &codes;
  optim_step_spans (&whole, codes.size, g, w, counts, step_elements);
}

void
optim_step_codes (optim_tensor *tensor, double lr,
                  const optim_storage *storage, size_t n, const float g[],
                  void *w, optim_counts *counts)
{
  optim_step_begin (tensor, lr, storage, n, g, NULL);
  optim_step_codes_part (tensor, storage, 0, n, g, w, counts);
}
