/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts of formats.  */

#include <config.h>

#include <math.h>
#include <string.h>

#include "experiments/tables/formats.h"
#include "numsys/numsys.h"
#include "numsys/spec.h"

#define MOST_BITS 16

static const double ln2 = 0x1.62e42fefa39efp-1;

/* The value of a key of the system's family, or NaN. */
static double
value_of (const numsys *system, const char *key)
{
  const numsys_param *params = numsys_type_of (system)->params;

  for (size_t i = 0; params[i].key != NULL; i++)
    if (strcmp (params[i].key, key) == 0)
      return (double) numsys_value (system, i);
  return NAN;
}

int
formats_facts_of (const char *spec, format_facts *out, numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, error);
  const numsys *system;

  if (quantizer == NULL)
    return -1;
  system = numsys_quantizer_system (quantizer);
  *out = (format_facts) {
    .family = numsys_type_of (system)->name,
    .is_exact = numsys_quantizer_is_identity (quantizer),
    .bits = numsys_code_bits (system),
    .gamma = value_of (system, "gamma"),
    .significand = value_of (system, "significand"),
  };
  numsys_quantizer_free (quantizer);
  return 0;
}

static format_range
range_of (const numsys_quantizer *quantizer, unsigned bits, double largest)
{
  const numsys_scale scale
    = numsys_quantizer_scale (quantizer, (float) largest);
  format_range range = { INFINITY, 0 };

  for (uint32_t code = 0; code < UINT32_C (1) << bits; code++)
    {
      float x;

      numsys_quantize_from_codes (quantizer, scale, 1, &code, &x);
      if (!(x > 0 && x < INFINITY))
        continue;
      range.least = fmin (range.least, x);
      range.largest = fmax (range.largest, x);
    }
  return range;
}

int
formats_range_of (const char *spec, double largest, format_range *out,
                  numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, error);
  unsigned bits;

  if (quantizer == NULL)
    return -1;
  bits = numsys_code_bits (numsys_quantizer_system (quantizer));
  if (bits > 0 && bits <= MOST_BITS)
    *out = range_of (quantizer, bits, largest);
  else
    numsys_error_set (error, "the range of %s is not told: only systems of at "
                      "most %d bits have theirs", spec, MOST_BITS);
  numsys_quantizer_free (quantizer);
  return bits > 0 && bits <= MOST_BITS ? 0 : -1;
}

format_theory
formats_theory_of (const format_facts *facts)
{
  const double even = 1 / sqrt (12);

  if (strcmp (facts->family, "lns") == 0)
    return (format_theory) { even * ln2 / facts->gamma,
                             even * ln2 / facts->gamma };
  if (strcmp (facts->family, "float") == 0)
    {
      const double step = ldexp (even, -(int) facts->significand);

      return (format_theory) { step * sqrt (2 * ln2 / 3),
                               step * sqrt (3 / (8 * ln2)) };
    }
  return (format_theory) { NAN, NAN };
}
