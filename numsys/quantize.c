/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing arrays.  Random words are made a piece at a time; word i belongs
   to element i of the whole array, so pieces change nothing.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "numsys/quantizer.h"

/* Columns side by side, and rows, of a piece across. */
enum { PIECE = NUMSYS_PIECE, WIDE = NUMSYS_COLUMNS, HIGH = PIECE / WIDE };

static size_t
least (size_t a, size_t b)
{
  return a < b ? a : b;
}

const uint32_t *
numsys_quantizer_draw (const numsys_quantizer *quantizer,
                       const numsys_random *random, uint64_t first, size_t n,
                       uint32_t words[])
{
  if (!numsys_quantizer_is_stochastic (quantizer))
    return NULL;
  numsys_random_words (random, first, n, words);
  return words;
}

size_t
numsys_quantizer_piece (const numsys_quantizer *quantizer, size_t n)
{
  return numsys_quantizer_is_stochastic (quantizer) ? least (n, PIECE) : n;
}

void
numsys_quantize_at (const numsys_quantizer *quantizer, numsys_scale scale,
                    size_t n, const float x[], const numsys_random *random,
                    uint64_t first, float out[], numsys_events *events)
{
  numsys_events ignored = { 0 };
  uint32_t words[PIECE];

  if (quantizer->is_identity)
    {
      memmove (out, x, n * sizeof *out);
      return;
    }
  for (size_t i = 0, length; i < n; i += length)
    {
      length = numsys_quantizer_piece (quantizer, n - i);
      quantizer->path->quantize (
        quantizer->plan, scale, length, x + i,
        numsys_quantizer_draw (quantizer, random, first + i, length, words),
        out + i,
        events == NULL ? &ignored : events);
    }
}

void
numsys_quantize_shift (const numsys_quantizer *quantizer, numsys_scale scale,
                       size_t n, const float x[], const float steps[],
                       const numsys_random *random, uint64_t first,
                       float out[], numsys_events *events)
{
  numsys_events ignored = { 0 };
  uint32_t words[PIECE];

  for (size_t i = 0, length; i < n; i += length)
    {
      length = numsys_quantizer_piece (quantizer, n - i);
      quantizer->path->shift (
        quantizer->plan, scale, length, x + i, steps + i,
        numsys_quantizer_draw (quantizer, random, first + i, length, words),
        out + i,
        events == NULL ? &ignored : events);
    }
}

void
numsys_quantize_shift_codes (const numsys_quantizer *quantizer, size_t n,
                             const uint32_t codes[], const float steps[],
                             const numsys_random *random, uint64_t first,
                             uint32_t out[], numsys_events *events)
{
  numsys_events ignored = { 0 };
  uint32_t words[NUMSYS_PIECE];

  for (size_t i = 0, length; i < n; i += length)
    {
      length = numsys_quantizer_piece (quantizer, n - i);
      quantizer->path->shift_codes (
        quantizer->plan, length, codes + i, steps + i,
        numsys_quantizer_draw (quantizer, random, first + i, length, words),
        out + i, events == NULL ? &ignored : events);
    }
}

/* n neighbours that share a scale. */
static void
quantize_group (const numsys_quantizer *quantizer, size_t n, const float x[],
                const numsys_random *random, uint64_t first, float out[],
                numsys_events *events)
{
  numsys_scale scale
    = numsys_quantizer_scale (quantizer, quantizer->kernels->largest (n, x));

  numsys_quantize_at (quantizer, scale, n, x, random, first, out, events);
}

static void
quantize_rows (const numsys_quantizer *quantizer, size_t rows, size_t columns,
               uint64_t group, const float x[], const numsys_random *random,
               float out[], numsys_events *events)
{
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0, n; j < columns; j += n)
      {
        size_t at = i * columns + j;

        n = group < columns - j ? (size_t) group : columns - j;
        quantize_group (quantizer, n, x + at, random, at, out + at, events);
      }
}

/* Rows of `wide' numbers, `columns' apart, to columns, and back. */
static inline __attribute__ ((always_inline)) void
turn (size_t n, size_t wide, size_t columns, const float x[restrict],
      float column[restrict][HIGH])
{
  for (size_t i = 0; i < n; i++)
    for (size_t c = 0; c < wide; c++)
      column[c][i] = x[i * columns + c];
}

static inline __attribute__ ((always_inline)) void
turn_back (size_t n, size_t wide, size_t columns,
           float column[restrict][HIGH], float out[restrict])
{
  for (size_t i = 0; i < n; i++)
    for (size_t c = 0; c < wide; c++)
      out[i * columns + c] = column[c][i];
}

/* n rows of up to WIDE columns, from number `at' on, each column at its scale:
   turned, so that columns are rows, and back. */
static void
quantize_tile (const numsys_quantizer *quantizer, const numsys_scale scale[],
               size_t n, size_t wide, size_t columns, const float x[],
               const numsys_random *random, size_t at, float out[],
               numsys_events *events)
{
  float column[WIDE][HIGH];
  uint32_t words[WIDE][HIGH], row[WIDE];
  int is_stochastic = numsys_quantizer_is_stochastic (quantizer);

  /* Most tiles are whole, and their loops of constant length. */
  if (wide == WIDE)
    turn (n, WIDE, columns, x + at, column);
  else
    turn (n, wide, columns, x + at, column);
  for (size_t i = 0; is_stochastic && i < n; i++)
    {
      numsys_random_words (random, at + i * columns, wide, row);
      for (size_t c = 0; c < wide; c++)
        words[c][i] = row[c];
    }
  for (size_t c = 0; c < wide; c++)
    quantizer->path->quantize (quantizer->plan, scale[c], n, column[c],
                               is_stochastic ? words[c] : NULL, column[c],
                               events);
  if (wide == WIDE)
    turn_back (n, WIDE, columns, column, out + at);
  else
    turn_back (n, wide, columns, column, out + at);
}

/* The largest magnitudes of `wide' neighbouring columns. */
static void
find_largest (const numsys_kernels *kernels, size_t rows, size_t wide,
              size_t columns, const float x[], float largest[])
{
  if (wide == WIDE)
    {
      kernels->largest_columns (rows, columns, x, largest);
      return;
    }
  memset (largest, 0, WIDE * sizeof *largest);
  for (size_t i = 0, n; i < rows; i += n)
    {
      float tile[HIGH * WIDE], most[WIDE];

      n = least (HIGH, rows - i);
      for (size_t r = 0; r < n; r++)
        for (size_t c = 0; c < WIDE; c++)
          tile[r * WIDE + c] = c < wide ? x[(i + r) * columns + c] : 0;
      kernels->largest_columns (n, WIDE, tile, most);
      for (size_t c = 0; c < wide; c++)
        largest[c] = fmaxf (largest[c], most[c]);
    }
}

/* `wide' neighbouring columns from number j on. */
static void
quantize_side_by_side (const numsys_quantizer *quantizer, size_t rows,
                       size_t wide, size_t columns, size_t j, const float x[],
                       const numsys_random *random, float out[],
                       numsys_events *events)
{
  const numsys_float_path *path = quantizer->path;
  float largest[WIDE];
  numsys_scale scale[WIDE];

  find_largest (quantizer->kernels, rows, wide, columns, x + j, largest);
  for (size_t c = 0; c < wide; c++)
    scale[c] = numsys_quantizer_scale (quantizer, largest[c]);
  if (wide == WIDE
      && path->quantize_columns (quantizer->plan, scale, rows, columns, x + j,
                                 out + j, events))
    return;
  for (size_t i = 0; i < rows; i += HIGH)
    quantize_tile (quantizer, scale, least (HIGH, rows - i), wide, columns, x,
                   random, i * columns + j, out, events);
}

static void
quantize_columns (const numsys_quantizer *quantizer, size_t rows,
                  size_t columns, const float x[],
                  const numsys_random *random, float out[],
                  numsys_events *events)
{
  for (size_t j = 0; j < columns; j += WIDE)
    quantize_side_by_side (quantizer, rows, least (WIDE, columns - j),
                           columns, j, x, random, out, events);
}

void
numsys_quantize (const numsys_quantizer *quantizer, size_t rows,
                 size_t columns, int channel_axis, const float x[],
                 const numsys_random *random, float out[],
                 numsys_events *events)
{
  numsys_events ignored = { 0 };
  const numsys_quantizer_values *values = &quantizer->values;

  if (events == NULL)
    events = &ignored;
  if (quantizer->is_identity)
    memmove (out, x, rows * columns * sizeof *out);
  else if (values->scaling == NUMSYS_SCALE_BLOCK)
    quantize_rows (quantizer, rows, columns, values->block, x, random, out,
                   events);
  else if (values->scaling != NUMSYS_SCALE_CHANNEL)
    quantize_group (quantizer, rows * columns, x, random, 0, out, events);
  else if (channel_axis == 0 && columns == 1)   /* as one row, side by side */
    quantize_columns (quantizer, 1, rows, x, random, out, events);
  else if (channel_axis == 0)
    quantize_rows (quantizer, rows, columns, columns, x, random, out, events);
  else
    quantize_columns (quantizer, rows, columns, x, random, out, events);
}
