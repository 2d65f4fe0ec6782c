/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exponents, read off the bits of floats.  */

#include <config.h>
#include <string.h>
#include "analysis/exponents.h"
#include "analysis/logarithm.h"

enum { fraction_bits = 23, specials = 255, least_normal = 1 << fraction_bits };
enum { turns = 4, slice_length = 1 << 14 };

/* Sign apart. */
static uint32_t
magnitude_of (float x)
{
  uint32_t bits;

  memcpy (&bits, &x, sizeof bits);
  return bits & UINT32_C (0x7fffffff);
}

/* Those whose field tells too little: zeros and subnormal numbers, infinities
   and NaN. */
ANALYSIS_WIDE static void
add_odd (analysis_exponents *exponents, size_t n, const float x[])
{
  const uint32_t infinity = (uint32_t) specials << fraction_bits;
  uint32_t zeros = 0, infinite = 0, nan = 0, subnormal = 0;

  for (size_t i = 0; i < n; i++)
    {
      const uint32_t magnitude = magnitude_of (x[i]);

      zeros += magnitude == 0;
      infinite += magnitude == infinity;
      nan += magnitude > infinity;
      subnormal += magnitude - 1 < least_normal - 1;
    }
  exponents->zeros += zeros;
  exponents->infinite += infinite;
  exponents->nan += nan;
  for (size_t i = 0; subnormal > 0 && i < n; i++)
    if (magnitude_of (x[i]) - 1 < least_normal - 1)
      exponents->count[analysis_exponents_bin (x[i])]++;
}

/* Neighbours are often alike, so that they are counted in turns: an addition
   need not wait for the one before it. */
static void
add_slice (analysis_exponents *exponents, size_t n, const float x[])
{
  uint32_t seen[turns][specials + 1];
  size_t i = 0;

  memset (seen, 0, sizeof seen);
  for (; i + turns <= n; i += turns)
    for (unsigned turn = 0; turn < turns; turn++)
      seen[turn][magnitude_of (x[i + turn]) >> fraction_bits]++;
  for (; i < n; i++)
    seen[0][magnitude_of (x[i]) >> fraction_bits]++;
  for (unsigned turn = 0; turn < turns; turn++)
    for (unsigned field = 1; field < specials; field++)
      exponents->count[field + fraction_bits - 1] += seen[turn][field];
  for (unsigned turn = 0; turn < turns; turn++)
    if (seen[turn][0] > 0 || seen[turn][specials] > 0)
      {
        add_odd (exponents, n, x);
        break;
      }
}

void
analysis_exponents_add (analysis_exponents *exponents, size_t n,
                        const float x[])
{
  for (size_t i = 0; i < n; i += slice_length)
    add_slice (exponents, n - i < slice_length ? n - i : slice_length, x + i);
}

void
analysis_exponents_merge (analysis_exponents *into,
                          const analysis_exponents *from)
{
  into->zeros += from->zeros;
  into->nan += from->nan;
  into->infinite += from->infinite;
  for (size_t i = 0; i < ANALYSIS_EXPONENTS; i++)
    into->count[i] += from->count[i];
}

int
analysis_exponents_range (const analysis_exponents *exponents, unsigned *first,
                          unsigned *last)
{
  int any = 0;

  for (unsigned i = 0; i < ANALYSIS_EXPONENTS; i++)
    if (exponents->count[i] > 0)
      {
        if (!any)
          *first = i;
        *last = i;
        any = 1;
      }
  return any;
}
