/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entropy of frequencies.  */

#include <config.h>
#include <math.h>
#include "analysis/frequencies.h"
#include "tests/tap/tap.h"

enum { many = 1500 };

static analysis_frequencies
of (size_t n, const uint64_t count[])
{
  analysis_frequencies frequencies = { 0, 0, 0 };

  analysis_frequencies_add (&frequencies, n, count);
  return frequencies;
}

static double
entropy (size_t n, const uint64_t count[])
{
  const analysis_frequencies frequencies = of (n, count);

  return analysis_frequencies_entropy (&frequencies);
}

/* - sum p log2 p, as it stands. */
static double
plain (size_t n, const uint64_t count[])
{
  long double total = 0, sum = 0;

  for (size_t i = 0; i < n; i++)
    total += count[i];
  for (size_t i = 0; i < n; i++)
    if (count[i] > 0)
      sum -= count[i] / total * log2l (count[i] / total);
  return (double) sum;
}

int
main (void)
{
  static const uint64_t same[] = { 0, 7, 0 }, uneven[] = { 1, 3, 0, 2, 2 };
  static uint64_t each[256], odd[many];
  analysis_frequencies parts;

  for (int i = 0; i < 256; i++)
    each[i] = 1;
  for (int i = 0; i < many; i++)
    odd[i] = (uint64_t) i * i % 1009;
  plan (10);
  is_double (NAN, entropy (0, same), "nothing: no entropy");
  is_double (NAN, entropy (1, same), "...nor of what never occurred");
  is_double (0, entropy (3, same), "always the same: 0");
  is_double (8, entropy (256, each), "each of 256 once: 8 bits");
  is_int (4, (int64_t) of (5, uneven).used, "what never occurs is not used");
  is_int (8, (int64_t) of (5, uneven).total, "occurrences are added up");
  /* Shares 1, 3, 2, 2 of 8. */
  is_near (3 - (3 * log2 (3) + 4) / 8, entropy (5, uneven), 1e-15,
           "uneven: the entropy of their shares");
  is_near (plain (many, odd), entropy (many, odd), 1e-13,
           "many: as a plain sum says");
  parts = of (700, odd);
  analysis_frequencies_add (&parts, many - 700, odd + 700);
  is_int ((int64_t) of (many, odd).total, (int64_t) parts.total,
          "in two parts: as many");
  is_near (plain (many, odd), analysis_frequencies_entropy (&parts), 1e-13,
           "...and the same entropy");
  return 0;
}
