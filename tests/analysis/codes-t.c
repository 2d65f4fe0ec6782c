/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes in use.  */

#include <config.h>
#include "analysis/codes.h"
#include "tests/tap/tap.h"

static analysis_frequencies
of (unsigned bits, size_t n, const uint32_t code[], const uint64_t count[])
{
  analysis_codes codes;
  analysis_frequencies result;

  if (analysis_codes_init (&codes, bits) != 0)
    bail_out ("no memory");
  analysis_codes_add (&codes, n, code, count);
  result = analysis_codes_frequencies (&codes);
  analysis_codes_clear (&codes);
  return result;
}

static int64_t
used (const analysis_codes *codes)
{
  return (int64_t) analysis_codes_frequencies (codes).used;
}

static void
test_merge (void)
{
  static const uint32_t code[] = { 1, 2, 255, 2 };
  static const uint64_t count[] = { 3, 1, 5, 4 };
  analysis_codes a, b;

  if (analysis_codes_init (&a, 8) != 0 || analysis_codes_init (&b, 8) != 0)
    bail_out ("no memory");
  analysis_codes_add (&a, 2, code, count);
  analysis_codes_add (&b, 2, code + 2, count + 2);
  analysis_codes_merge (&a, &b);
  is_int (3, used (&a), "merged: all are there");
  is_int (5, (int64_t) a.count[2], "...and added up");
  analysis_codes_reset (&a);
  is_int (0, used (&a), "reset: none is left");
  analysis_codes_clear (&a);
  analysis_codes_clear (&b);
}

int
main (void)
{
  static const uint32_t code[] = { 0, 1023, 7, 1023 };
  static const uint64_t count[] = { 1, 2, 0, 2 };
  analysis_frequencies seen;

  plan (3 + 3);
  is_int (0, (int64_t) of (10, 0, code, count).used, "empty: no code");
  seen = of (10, 4, code, count);
  is_int (2, (int64_t) seen.used, "codes that occur");
  is_int (5, (int64_t) seen.total, "...so many times");
  test_merge ();
  return 0;
}
