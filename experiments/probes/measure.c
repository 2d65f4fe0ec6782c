/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring quantizers, a piece at a time.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/probes/measure.h"

enum { piece_length = 4096 };

/* Values met at the present scale, and their codes, at a place that the
   value's bits say: rounded values are few, and finding a code anew is slow. */
typedef struct measure_known
{
  uint32_t bits, code, round;   /* round: when it was entered */
} measure_known;

/* Of places, for codes of few bits and of many. */
enum { few_bits = 12, many_bits = 16 };

/* A piece of an array: values as they are, their codes, and what they
   become. */
typedef struct piece
{
  uint32_t code[piece_length];
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
  m->known_shift = 32 - (bits <= few_bits ? few_bits : many_bits);
  m->known = calloc ((UINT32_MAX >> m->known_shift) + (size_t) 1,
                     sizeof m->known[0]);
  if (m->known != NULL && analysis_codes_init (&m->codes, bits) == 0)
    return 0;
  free (m->known);
  memset (m, 0, sizeof *m);
  return -1;
}

void
measure_clear (measure *m)
{
  if (m->has_codes)
    analysis_codes_clear (&m->codes);
  free (m->known);
  memset (m, 0, sizeof *m);
}

void
measure_reset (measure *m)
{
  memset (&m->error, 0, sizeof m->error);
  memset (&m->events, 0, sizeof m->events);
  if (m->has_codes)
    analysis_codes_reset (&m->codes);
}

/* Codes of finite values; all zeros are one. */
static void
add_codes (measure *m, size_t n, const float q[], uint32_t code[])
{
  size_t kept = 0;

  for (size_t i = 0; i < n; i++)
    {
      code[kept] = q[i] == 0 ? m->zero : code[i];
      kept += fabsf (q[i]) < INFINITY;
    }
  analysis_codes_add (&m->codes, kept, code);
}

/* What is known at another scale is forgotten. */
static void
set_scale (measure *m, numsys_scale scale)
{
  if (m->round == 0 || scale.steps != m->scale.steps
      || scale.largest != m->scale.largest)
    m->round++;
  m->scale = scale;
}

/* Codes of n values q of the grid at the present scale; those met before are
   known. */
static void
find_codes (measure *m, size_t n, const float q[], uint32_t code[])
{
  const numsys_random any = { { 0, 0 }, { 0, 0 } };
  uint32_t place[piece_length], found[piece_length];
  float missing[piece_length];
  size_t index[piece_length], count = 0;

  for (size_t i = 0; i < n; i++)
    {
      const measure_known *known;
      uint32_t bits;

      memcpy (&bits, &q[i], sizeof bits);
      place[i] = bits * UINT32_C (2654435769) >> (m->known_shift);
      known = &m->known[place[i]];
      code[i] = known->code;
      index[count] = i;
      missing[count] = q[i];
      count += (known->bits != bits) | (known->round != m->round);
    }
  if (count > 0)
    numsys_quantize_to_codes (m->quantizer, m->scale, count, missing, &any, 0,
                              found, NULL);
  for (size_t k = 0; k < count; k++)
    {
      measure_known *known = &m->known[place[index[k]]];

      memcpy (&known->bits, &missing[k], sizeof known->bits);
      known->round = m->round;
      known->code = code[index[k]] = found[k];
    }
}

/* n elements of the present scale, which draw the words from `first' on. */
static void
round_group (measure *m, size_t n, const float x[],
             const numsys_random *random, uint64_t first, uint32_t code[],
             float q[])
{
  numsys_quantize_at (m->quantizer, m->scale, n, x, random, first, q,
                      &m->events);
  if (m->has_codes)
    find_codes (m, n, q, code);
}

static void
add_piece (measure *m, size_t n, const float x[], piece *room)
{
  analysis_error_add (&m->error, n, x, room->q);
  if (m->has_codes)
    add_codes (m, n, room->q, room->code);
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
      round_group (m, length, a->x + at, a->random, at,
                   room->code + used, room->q + used);
      left -= length;
      used += length;
      if (used < piece_length && at + length < n)
        continue;
      add_piece (m, used, a->x + at + length - used, room);
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
        round_group (m, 1, room->x + k, a->random,
                     (i + k) * a->columns + j, room->code + k, room->q + k);
      if (!one_by_one)
        round_group (m, length, room->x, NULL, 0, room->code, room->q);
      add_piece (m, length, room->x, room);
    }
}

void
measure_add (measure *m, const measure_array *a)
{
  const size_t n = a->rows * a->columns;
  piece room;

  if (n == 0)
    return;
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
  uint32_t code[piece_length];

  if (m->quantizer == NULL)
    {
      analysis_error_add_exact (&m->error, n, x);
      return;
    }
  set_scale (m, scale);
  analysis_error_add (&m->error, n, x, q);
  for (size_t i = 0, length; m->has_codes && i < n; i += length)
    {
      length = least (piece_length, n - i);
      find_codes (m, length, q + i, code);
      add_codes (m, length, q + i, code);
    }
}
