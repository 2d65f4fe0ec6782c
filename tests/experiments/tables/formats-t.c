/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts of formats, and the theory of their rounding against rounding.  */

#include <config.h>

#include <math.h>
#include <string.h>

#include "experiments/tables/formats.h"
#include "numsys/elementary.h"
#include "numsys/numsys.h"
#include "numsys/spec.h"
#include "tests/tap/tap.h"

enum { SAMPLES = 4096 };

static format_facts
facts_of (const char *spec)
{
  format_facts facts;
  numsys_error error;

  if (formats_facts_of (spec, &facts, &error) != 0)
    bail_out ("%s", error.text);
  return facts;
}

static void
test_facts (void)
{
  format_facts facts = facts_of ("lns:6,4,zero=code");
  numsys_error error;

  is_string ("lns", facts.family, "the family of an LNS");
  is_int (6, facts.bits, "...its bits");
  is_int (7, facts_of ("lns:6,4,zero=flag").bits, "...a flag is one more");
  is_double (4, facts.gamma, "...its gamma");
  is_double (NAN, facts.significand, "...it stores no significand");
  facts = facts_of ("e4m3:scale-step=pow2");
  is_double (3, facts.significand, "significand bits that a float stores");
  is_int (0, facts.is_exact, "e4m3 loses something");
  is_int (1, facts_of ("fp32").is_exact, "fp32 loses nothing");
  ok (formats_facts_of ("lns:6,5.5", &facts, &error) != 0, "no spec: %s",
      error.text);
}

static void
test_range (void)
{
  format_range range;
  numsys_error error;

  formats_range_of ("int8:scale-step=pow2", 0x1.8p-3, &range, &error);
  is_double (0x1p-9, range.least, "an int8's step, 7 bits under 2^-2");
  is_double (127 * 0x1p-9, range.largest, "...its largest value");
  formats_range_of ("lns:8,8,zero=code,scale-step=pow2", sqrt (2), &range, &error);
  is_near (126 / 8., log2 (range.largest / range.least), 1e-5,
           "octaves of an LNS of 8 bits, a code taken for zero");
  ok (range.largest >= sqrt (2) && range.largest < 4,
      "...about the largest magnitude");
  ok (formats_range_of ("fp32", 1, &range, &error) != 0,
      "too many bits: %s", error.text);
}

/* Rounding logarithms that are spread evenly over whole octaves. */
static void
test_theory (const char *spec, double tolerance)
{
  const format_facts facts = facts_of (spec);
  const format_theory theory = formats_theory_of (&facts);
  numsys_error error;
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, &error);
  float x[SAMPLES], q[SAMPLES];
  double signal = 0, noise = 0, relative = 0;

  for (int i = 0; i < SAMPLES; i++)
    x[i] = (float) numsys_exp2 (-2 * (i + 0.5) / SAMPLES);
  numsys_quantize (quantizer, 1, SAMPLES, 0, x, NULL, q, NULL);
  numsys_quantizer_free (quantizer);
  for (int i = 0; i < SAMPLES; i++)
    {
      const double e = (double) q[i] - x[i];

      signal += (double) x[i] * x[i];
      noise += e * e;
      relative += e * e / ((double) x[i] * x[i]);
    }
  is_near (theory.noise, sqrt (noise / signal), tolerance * theory.noise,
           "%s: noise as theory says", spec);
  is_near (theory.relative, sqrt (relative / SAMPLES),
           tolerance * theory.relative, "...relative error too");
}

int
main (void)
{
  const format_facts fixed = facts_of ("int8");

  plan (9 + 5 + 6 + 1);
  test_facts ();
  test_range ();
  test_theory ("lns:12,16,scale-step=pow2", 0.02);
  test_theory ("float:4,4,specials=nan,scale-step=pow2", 0.02);
  test_theory ("float:4,7,specials=nan,scale-step=pow2", 0.02);
  is_double (NAN, formats_theory_of (&fixed).noise,
             "fixed point has no error of its own kind here");
  return 0;
}
