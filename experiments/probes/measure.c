/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring quantizers, a piece at a time.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/probes/measure.h"

enum { piece_length = 4096 };

/* Values are told apart by so few numbers that their counts fit. */
static const uint64_t most_values = UINT32_MAX;

/* A piece of an array: values as they are, and what they become. */
typedef struct piece
{
  float x[piece_length], q[piece_length];
} piece;

static size_t
least (size_t a, size_t b)
{
  return a < b ? a : b;
}

int
measure_init (measure *m, const numsys_quantizer *quantizer)
{
  const numsys_scale none = { 0, 0 };
  const float zero = 0;
  const numsys *system;
  const numsys_ladder *ladder;
  const void *state;
  unsigned bits;

  memset (m, 0, sizeof *m);
  if (quantizer == NULL || numsys_quantizer_is_identity (quantizer))
    return 0;
  m->quantizer = quantizer;
  system = numsys_quantizer_system (quantizer);
  bits = numsys_code_bits (system);
  m->has_codes = bits > 0 && bits <= ANALYSIS_CODES_MOST_BITS;
  if (!m->has_codes)
    return 0;
  ladder = numsys_type_of (system)->ladder;
  state = numsys_state (system);
  m->numbers = (double) ladder->top (state, 0)
               + (double) ladder->top (state, 1)
               + (ladder->has_zero (state) ? 1 : 0);
  if (ladder->has_zero (state))
    {
      const numsys_random any = { { 0, 0 }, { 0, 0 } };

      numsys_quantize_to_codes (quantizer, none, 1, &zero, &any, 0, &m->zero,
                                NULL);
    }
  if (analysis_codes_init (&m->codes, bits) == 0
      && analysis_values_init (&m->values, (size_t) m->numbers + 1) == 0)
    return 0;
  measure_clear (m);
  return -1;
}

void
measure_clear (measure *m)
{
  analysis_codes_clear (&m->codes);
  analysis_values_clear (&m->values);
  memset (m, 0, sizeof *m);
}

void
measure_reset (measure *m)
{
  memset (&m->error, 0, sizeof m->error);
  memset (&m->events, 0, sizeof m->events);
  m->largest = 0;
  if (m->is_coded)
    analysis_codes_reset (&m->codes);
  m->is_coded = 0;
  analysis_values_reset (&m->values);
}

/* Counts the values at hand as codes. */
static void
encode (measure *m)
{
  enum { length = 512 };
  const numsys_random any = { { 0, 0 }, { 0, 0 } };
  uint64_t count[length];
  uint32_t code[length];
  float q[length];

  for (size_t i = 0, n; i < m->values.different; i += n)
    {
      n = analysis_values_get (&m->values, i, length, q, count);
      numsys_quantize_to_codes (m->quantizer, m->scale, n, q, &any, 0, code,
                                NULL);
      for (size_t j = 0; j < n; j++)
        code[j] = q[j] == 0 ? m->zero : code[j];
      analysis_codes_add (&m->codes, n, code, count);
    }
  analysis_values_reset (&m->values);
  m->is_coded = 1;
}

/* Values of another scale have other codes. */
static void
set_scale (measure *m, numsys_scale scale)
{
  if (m->values.different > 0
      && (scale.steps != m->scale.steps || scale.largest != m->scale.largest))
    encode (m);
  m->scale = scale;
}

static void
add_values (measure *m, size_t n, const float q[])
{
  if (m->values.total > most_values - n)
    encode (m);
  analysis_values_add (&m->values, n, q);
}

analysis_frequencies
measure_codes (measure *m)
{
  if (!m->is_coded)
    return analysis_values_frequencies (&m->values);
  encode (m);
  return analysis_codes_frequencies (&m->codes);
}

/* n elements of the present scale, which draw the words from `first' on. */
static void
round_group (measure *m, size_t n, const float x[],
             const numsys_random *random, uint64_t first, float q[])
{
  numsys_quantize_at (m->quantizer, m->scale, n, x, random, first, q,
                      &m->events);
  if (m->has_codes)
    add_values (m, n, q);
}

/* Neighbours, in groups of one scale each. */
static void
add_groups (measure *m, const measure_array *a, size_t row, size_t group,
            piece *room)
{
  const size_t n = a->rows * a->columns;
  size_t left = 0, used = 0;

  for (size_t at = 0, length; at < n; at += length)
    {
      if (left == 0)
        {
          left = least (group, row - at % row);
          set_scale (m, numsys_quantizer_scale (
                          m->quantizer, numsys_largest (left, a->x + at)));
        }
      length = least (left, piece_length - used);
      round_group (m, length, a->x + at, a->random, at, room->q + used);
      left -= length;
      used += length;
      if (used < piece_length && at + length < n)
        continue;
      analysis_error_add (&m->error, used, a->x + at + length - used,
                          room->q);
      used = 0;
    }
}

/* Column j: its elements, gathered, draw words that lie columns apart. */
static void
add_column (measure *m, const measure_array *a, size_t j, piece *room)
{
  const int one_by_one = numsys_quantizer_is_stochastic (m->quantizer);
  float largest = 0;

  for (size_t i = 0; i < a->rows; i++)
    largest = fmaxf (largest, numsys_largest (1, a->x + i * a->columns + j));
  set_scale (m, numsys_quantizer_scale (m->quantizer, largest));
  for (size_t i = 0, length; i < a->rows; i += length)
    {
      length = least (piece_length, a->rows - i);
      for (size_t k = 0; k < length; k++)
        room->x[k] = a->x[(i + k) * a->columns + j];
      for (size_t k = 0; one_by_one && k < length; k++)
        round_group (m, 1, room->x + k, a->random, (i + k) * a->columns + j,
                     room->q + k);
      if (!one_by_one)
        round_group (m, length, room->x, NULL, 0, room->q);
      analysis_error_add (&m->error, length, room->x, room->q);
    }
}

void
measure_add (measure *m, const measure_array *a)
{
  const size_t n = a->rows * a->columns;
  piece room;

  if (n == 0)
    return;
  m->largest = fmaxf (m->largest, numsys_largest (n, a->x));
  if (m->quantizer == NULL)
    {
      analysis_error_add_exact (&m->error, n, a->x);
      return;
    }
  switch (numsys_quantizer_scaling (m->quantizer))
    {
    case NUMSYS_SCALE_BLOCK:
      add_groups (m, a, a->columns, numsys_quantizer_block (m->quantizer),
                  &room);
      break;
    case NUMSYS_SCALE_CHANNEL:
      if (a->channel_axis == 0)
        add_groups (m, a, a->columns, a->columns, &room);
      for (size_t j = 0; a->channel_axis != 0 && j < a->columns; j++)
        add_column (m, a, j, &room);
      break;
    default:
      add_groups (m, a, n, n, &room);
      break;
    }
}

void
measure_add_pairs (measure *m, numsys_scale scale, size_t n, const float x[],
                   const float q[])
{
  m->largest = fmaxf (m->largest, numsys_largest (n, x));
  if (m->quantizer == NULL)
    {
      analysis_error_add_exact (&m->error, n, x);
      return;
    }
  set_scale (m, scale);
  analysis_error_add (&m->error, n, x, q);
  if (m->has_codes)
    add_values (m, n, q);
}
