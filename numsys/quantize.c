/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing arrays.  Random words are made a piece at a time; word i belongs
   to element i of the whole array, so pieces change nothing.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "numsys/kernels/codes.h"
#include "numsys/quantizer.h"

/* Elements a piece; columns side by side, and rows, of a piece across. */
enum { PIECE = 4096, WIDE = NUMSYS_COLUMNS, HIGH = PIECE / WIDE };

/* Codes of so many bits have their values in a table, if there are more codes
   to decode than values. */
enum { TABLE_BITS = 12 };

/* Fewer codes are not worth a kernel's constants. */
enum { FEW = 16 };

static size_t
least (size_t a, size_t b)
{
  return a < b ? a : b;
}

/* Words first.. of n elements, or NULL when none are drawn. */
static const uint32_t *
draw (const numsys_quantizer *quantizer, const numsys_random *random,
      uint64_t first, size_t n, uint32_t words[])
{
  if (!numsys_quantizer_is_stochastic (quantizer))
    return NULL;
  numsys_random_words (random, first, n, words);
  return words;
}

/* Elements that one call takes. */
static size_t
piece_of (const numsys_quantizer *quantizer, size_t n)
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
      length = piece_of (quantizer, n - i);
      quantizer->path->quantize (
        quantizer->plan, scale, length, x + i,
        draw (quantizer, random, first + i, length, words), out + i,
        events == NULL ? &ignored : events);
    }
}

/* Codes of `size' bytes. */
static void
encode (const numsys_quantizer *quantizer, numsys_scale scale, size_t n,
        const float x[], const numsys_random *random, uint64_t first,
        size_t size, void *codes, numsys_events *events)
{
  numsys_events ignored = { 0 };
  uint32_t words[PIECE];

  for (size_t i = 0, length; i < n; i += length)
    {
      length = piece_of (quantizer, n - i);
      quantizer->path->encode (
        quantizer->plan, scale, length, x + i,
        draw (quantizer, random, first + i, length, words), size,
        (char *) codes + i * size, events == NULL ? &ignored : events);
    }
}

void
numsys_quantize_to_codes (const numsys_quantizer *quantizer,
                          numsys_scale scale, size_t n, const float x[],
                          const numsys_random *random, uint64_t first,
                          uint32_t codes[], numsys_events *events)
{
  encode (quantizer, scale, n, x, random, first, sizeof *codes, codes, events);
}

void
numsys_quantize_to_elements (const numsys_quantizer *quantizer,
                             numsys_scale scale, size_t n, const float x[],
                             const numsys_random *random, uint64_t first,
                             void *elements, numsys_events *events)
{
  encode (quantizer, scale, n, x, random, first,
          numsys_element_size (quantizer->system), elements, events);
}

/* Bits of codes that mean nothing are not looked at. */
static void
decode_by_table (const numsys_quantizer *quantizer, numsys_scale scale,
                 uint32_t count, size_t n, size_t size, const void *codes,
                 float out[])
{
  float table[1 << TABLE_BITS];
  uint32_t all[1 << TABLE_BITS];

  for (uint32_t code = 0; code < count; code++)
    all[code] = code;
  quantizer->path->decode (quantizer->plan, scale, count, sizeof *all, all,
                           table);
  for (size_t i = 0; i < n; i++)
    out[i] = table[numsys_code_load (codes, size, i) & (count - 1)];
}

static void
decode (const numsys_quantizer *quantizer, numsys_scale scale, size_t n,
        size_t size, const void *codes, float out[])
{
  const unsigned bits = numsys_code_bits (quantizer->system);
  const int has_table = bits <= TABLE_BITS && n > (size_t) 1 << bits;

  if (n >= FEW && (!has_table || quantizer->kernels->decodes_in_vectors)
      && quantizer->path->decode_many (quantizer->plan, scale, n, size, codes,
                                       out))
    return;
  if (has_table)
    decode_by_table (quantizer, scale, UINT32_C (1) << bits, n, size, codes,
                     out);
  else
    quantizer->path->decode (quantizer->plan, scale, n, size, codes, out);
}

void
numsys_quantize_from_codes (const numsys_quantizer *quantizer,
                            numsys_scale scale, size_t n,
                            const uint32_t codes[], float out[])
{
  decode (quantizer, scale, n, sizeof *codes, codes, out);
}

void
numsys_quantize_from_elements (const numsys_quantizer *quantizer,
                               numsys_scale scale, size_t n,
                               const void *elements, float out[])
{
  decode (quantizer, scale, n, numsys_element_size (quantizer->system),
          elements, out);
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
      length = piece_of (quantizer, n - i);
      quantizer->path->shift (
        quantizer->plan, scale, length, x + i, steps + i,
        draw (quantizer, random, first + i, length, words), out + i,
        events == NULL ? &ignored : events);
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
