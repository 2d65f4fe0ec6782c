/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes in use, and their entropy.  */

#include <config.h>
#include <math.h>
#include "analysis/codes.h"
#include "tests/tap/tap.h"

static analysis_codes_result
of (unsigned bits, size_t n, const uint32_t code[])
{
  analysis_codes codes;
  analysis_codes_result result;

  if (analysis_codes_init (&codes, bits) != 0)
    bail_out ("no memory");
  analysis_codes_add (&codes, n, code);
  result = analysis_codes_of (&codes);
  analysis_codes_clear (&codes);
  return result;
}

static void
test_merge (const uint32_t code[256])
{
  analysis_codes a, b;

  if (analysis_codes_init (&a, 8) != 0 || analysis_codes_init (&b, 8) != 0)
    bail_out ("no memory");
  analysis_codes_add (&a, 100, code);
  analysis_codes_add (&b, 156, code + 100);
  analysis_codes_merge (&a, &b);
  is_double (8, analysis_codes_of (&a).entropy_bits, "merged: all are there");
  analysis_codes_reset (&a);
  is_int (0, (int64_t) analysis_codes_of (&a).used, "reset: none is left");
  is_double (NAN, analysis_codes_of (&a).entropy_bits, "...nor an entropy");
  analysis_codes_clear (&a);
  analysis_codes_clear (&b);
}

int
main (void)
{
  static const uint32_t same[] = { 5, 5, 5, 5, 5, 5, 5 };
  static const uint32_t uneven[] = { 0, 1, 1, 1, 1023, 1023, 7, 7 };
  uint32_t all[256];

  for (uint32_t i = 0; i < 256; i++)
    all[i] = i;
  plan (8 + 3);
  is_int (0, (int64_t) of (8, 0, same).used, "empty: no code");
  is_double (NAN, of (8, 0, same).entropy_bits, "...and no entropy");
  is_int (1, (int64_t) of (8, 7, same).used, "a constant: one code");
  is_double (0, of (8, 7, same).entropy_bits, "...of entropy 0");
  is_double (8, of (8, 256, all).entropy_bits, "each code once: 8 bits");
  is_int (256, (int64_t) of (8, 256, all).used, "...all are in use");
  is_int (4, (int64_t) of (10, 8, uneven).used, "uneven: four codes");
  /* Frequencies 1, 3, 2, 2 of 8. */
  is_near (3 - (3 * log2 (3) + 4) / 8, of (10, 8, uneven).entropy_bits, 1e-15,
           "...and the entropy of their frequencies");
  test_merge (all);
  return 0;
}
