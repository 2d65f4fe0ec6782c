/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frequencies of codes.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/codes.h"

static size_t
room (const analysis_codes *codes)
{
  return (size_t) 1 << codes->bits;
}

int
analysis_codes_init (analysis_codes *codes, unsigned bits)
{
  *codes = (analysis_codes) { .bits = bits };
  codes->count = calloc (room (codes), sizeof codes->count[0]);
  return codes->count != NULL ? 0 : -1;
}

void
analysis_codes_clear (analysis_codes *codes)
{
  free (codes->count);
  *codes = (analysis_codes) { .bits = 0 };
}

void
analysis_codes_reset (analysis_codes *codes)
{
  memset (codes->count, 0, room (codes) * sizeof codes->count[0]);
}

void
analysis_codes_add (analysis_codes *codes, size_t n, const uint32_t code[],
                    const uint64_t count[])
{
  for (size_t i = 0; i < n; i++)
    codes->count[code[i]] += count[i];
}

void
analysis_codes_merge (analysis_codes *into, const analysis_codes *from)
{
  for (size_t i = 0; i < room (into); i++)
    into->count[i] += from->count[i];
}

analysis_frequencies
analysis_codes_frequencies (const analysis_codes *codes)
{
  analysis_frequencies frequencies = { 0, 0, 0 };

  analysis_frequencies_add (&frequencies, room (codes), codes->count);
  return frequencies;
}
