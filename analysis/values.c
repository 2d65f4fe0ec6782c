/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts of values, by hashing: a value lies at the place that its bits say,
   or at the next free one.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/values.h"

/* Half as many places again as values, or more.  The fewest fit a core's first
   cache, and keep values of 8 bits from falling on each other; those of 2^16
   values fit its second. */
enum { least_bits = 12, most_bits = 28 };

static size_t
places (const analysis_values *values)
{
  return (size_t) 1 << (32 - values->shift);
}

int
analysis_values_init (analysis_values *values, size_t most)
{
  *values = (analysis_values) { .shift = 32 - least_bits };
  while (places (values) < most + most / 2 && values->shift > 32 - most_bits)
    values->shift--;
  values->place = calloc (places (values), sizeof values->place[0]);
  values->taken = calloc (places (values), sizeof values->taken[0]);
  if (values->place != NULL && values->taken != NULL)
    return 0;
  analysis_values_clear (values);
  return -1;
}

void
analysis_values_clear (analysis_values *values)
{
  free (values->place);
  free (values->taken);
  *values = (analysis_values) { .shift = 0 };
}

void
analysis_values_reset (analysis_values *values)
{
  for (size_t i = 0; i < values->different; i++)
    values->place[values->taken[i]].count = 0;
  values->different = 0;
  values->total = 0;
}

static void
fetch (const analysis_value *place)
{
#ifdef __GNUC__
  __builtin_prefetch (place, 1);
#else
  (void) place;
#endif
}

/* Where to look first for each number of a piece, and its bits. */
static void
locate (const analysis_values *values, size_t n, const float x[],
        uint32_t bits[restrict], uint32_t at[restrict])
{
  const unsigned shift = values->shift;

  for (size_t i = 0; i < n; i++)
    {
      memcpy (&bits[i], &x[i], sizeof bits[i]);
      bits[i] = bits[i] << 1 == 0 ? 0 : bits[i];
      at[i] = bits[i] * UINT32_C (2654435769) >> shift;
    }
  for (size_t i = 0; i < n; i++)
    fetch (&values->place[at[i]]);
}

static void
add_piece (analysis_values *values, size_t n, const uint32_t bits[],
           const uint32_t first[])
{
  const uint32_t infinity = UINT32_C (0x7f800000);
  const uint32_t last = UINT32_MAX >> values->shift;
  analysis_value *place = values->place;
  uint64_t total = 0;

  for (size_t i = 0; i < n; i++)
    {
      uint32_t at = first[i];

      if ((bits[i] & infinity) == infinity)
        continue;
      while (place[at].bits != bits[i] && place[at].count > 0)
        at = (at + 1) & last;
      if (place[at].count++ == 0)
        {
          place[at].bits = bits[i];
          values->taken[values->different++] = at;
        }
      total++;
    }
  values->total += total;
}

void
analysis_values_add (analysis_values *values, size_t n, const float x[])
{
  enum { piece_length = 256 };
  uint32_t bits[piece_length], first[piece_length];

  for (size_t i = 0, length; i < n; i += length)
    {
      length = n - i < piece_length ? n - i : piece_length;
      locate (values, length, x + i, bits, first);
      add_piece (values, length, bits, first);
    }
}

size_t
analysis_values_get (const analysis_values *values, size_t i, size_t n,
                     float x[], uint64_t count[])
{
  if (n > values->different - i)
    n = values->different - i;
  for (size_t j = 0; j < n; j++)
    {
      const analysis_value *value = &values->place[values->taken[i + j]];

      memcpy (&x[j], &value->bits, sizeof x[j]);
      count[j] = value->count;
    }
  return n;
}

analysis_frequencies
analysis_values_frequencies (const analysis_values *values)
{
  enum { piece_length = 512 };
  analysis_frequencies frequencies = { 0, 0, 0 };
  uint64_t count[piece_length];
  float x[piece_length];

  for (size_t i = 0, n; i < values->different; i += n)
    {
      n = analysis_values_get (values, i, piece_length, x, count);
      analysis_frequencies_add (&frequencies, n, count);
    }
  return frequencies;
}
