/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exponents, read off the bits of floats.  */

#include <config.h>
#include <string.h>
#include "analysis/exponents.h"

enum { fraction_bits = 23, specials = 255 };

/* Sign apart. */
static uint32_t
magnitude_of (float x)
{
  uint32_t bits;

  memcpy (&bits, &x, sizeof bits);
  return bits & UINT32_C (0x7fffffff);
}

/* Of a subnormal number, the exponent is that of its leading bit. */
static unsigned
bin_of (uint32_t magnitude)
{
  const unsigned field = magnitude >> fraction_bits;
  unsigned leading = 0;

  if (field > 0)
    return field + fraction_bits - 1;
  while (magnitude >> leading > 1)
    leading++;
  return leading;
}

unsigned
analysis_exponents_bin (float x)
{
  return bin_of (magnitude_of (x));
}

void
analysis_exponents_add (analysis_exponents *exponents, size_t n,
                        const float x[])
{
  for (size_t i = 0; i < n; i++)
    {
      const uint32_t magnitude = magnitude_of (x[i]);
      const uint32_t infinity = (uint32_t) specials << fraction_bits;

      if (magnitude == 0)
        exponents->zeros++;
      else if (magnitude < infinity)
        exponents->count[bin_of (magnitude)]++;
      else if (magnitude == infinity)
        exponents->infinite++;
      else
        exponents->nan++;
    }
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
