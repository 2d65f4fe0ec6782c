/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frequencies of codes.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/codes.h"
#include "numsys/elementary.h"

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
  codes->total = 0;
}

void
analysis_codes_add (analysis_codes *codes, size_t n, const uint32_t code[])
{
  for (size_t i = 0; i < n; i++)
    codes->count[code[i]]++;
  codes->total += n;
}

void
analysis_codes_merge (analysis_codes *into, const analysis_codes *from)
{
  for (size_t i = 0; i < room (into); i++)
    into->count[i] += from->count[i];
  into->total += from->total;
}

/* With n of N: - sum (n / N) log2 (n / N) = log2 N - sum (n log2 n) / N. */
analysis_codes_result
analysis_codes_of (const analysis_codes *codes)
{
  analysis_codes_result result = { 0, NAN };
  double sum = 0, total = (double) codes->total;

  for (size_t i = 0; i < room (codes); i++)
    if (codes->count[i] > 0)
      {
        const double n = (double) codes->count[i];

        result.used++;
        sum += n > 1 ? n * numsys_log2 (n) : 0;
      }
  if (result.used == 1)
    result.entropy_bits = 0;
  else if (result.used > 1)
    result.entropy_bits = numsys_log2 (total) - sum / total;
  return result;
}
