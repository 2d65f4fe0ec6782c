/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in text: each is rounded once, and what is no number is refused.  */

#include <config.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "numsys/numsys.h"
#include "numsys/random.h"
#include "tests/numsys/opening.h"
#include "tests/tap/tap.h"

static int
read_text (const numsys *system, const char *text, numsys_rounding rounding,
           double *value, numsys_error *error)
{
  const numsys_context context = numsys_context_of (rounding);
  numsys_events events = { 0 };
  void *element = numsys_elements_new (system, 1);
  int status = numsys_encode_text (system, &context, text, element, &events,
                                   error);

  numsys_decode (system, 1, element, value);
  numsys_elements_free (system, 1, element);
  return status;
}

static void
test_values (void)
{
  static const struct
  {
    const char *spec;
    const char *text;
    numsys_rounding rounding;
    double wanted;
  } cases[] = {
    { "fp32", "0.1", NUMSYS_NEAREST, 0x1.99999ap-4 },
    { "fp32", "0.1", NUMSYS_DOWN, 0x1.999998p-4 },
    { "fp32", "-.1", NUMSYS_DOWN, -0x1.99999ap-4 },
    { "fp32", "+1.E2", NUMSYS_NEAREST, 100 },
    { "fp32", "0X1.8p+1", NUMSYS_NEAREST, 3 },
    { "fp32", "0xff", NUMSYS_NEAREST, 255 },
    { "fp32", "-0.000e5", NUMSYS_NEAREST, -0.0 },
    { "fp32", "1e400000", NUMSYS_NEAREST, INFINITY },
    { "fp32", "1e400000", NUMSYS_DOWN, 0x1.fffffep127 },
    { "fp32", "1e-400000", NUMSYS_UP, 0x1p-149 },
    { "fp32", "-Infinity", NUMSYS_NEAREST, -INFINITY },
    { "fp32", "NaN", NUMSYS_NEAREST, NAN },
    /* A double would round this to the tie 1 + 2^-24 first. */
    { "fp32", "1.000000059604644775390626", NUMSYS_NEAREST, 0x1.000002p0 },
    { "fp32", "1.000000059604644775390625", NUMSYS_NEAREST, 1 },
    { "int8", "127.5", NUMSYS_NEAREST, 127 },
    { "int8", "126.5", NUMSYS_NEAREST, 126 },
    { "fixed:8,0,overflow=wrap", "1e30", NUMSYS_NEAREST, 0 },
    { "fixed:8,0,overflow=wrap", "1000000000000000000000000000000000127",
      NUMSYS_NEAREST, 127 },
    { "fixed:32,-64,overflow=wrap", "0x1.00000003p96", NUMSYS_NEAREST,
      0x3p64 },
    { "lns:8,1", "3", NUMSYS_NEAREST, 4 },
    { "lns:8,1", "2.8284271247461900976", NUMSYS_NEAREST, 2 },
    { "lns:8,1", "2.8284271247461900977", NUMSYS_NEAREST, 4 },
    { "lns:8,1", "3", NUMSYS_NEAREST_LINEAR, 4 },
    { "lns:8,1", "2.999999999999999999999", NUMSYS_NEAREST_LINEAR, 2 },
    { "mpfr:53", "0.1", NUMSYS_NEAREST, 0.1 },
    { "mpfr:24", "0.1", NUMSYS_DOWN, 0x1.999998p-4 },
    { "mpfr:24", "-123e5", NUMSYS_NEAREST, -12300000 },
    { "mpfr:24", "-0", NUMSYS_NEAREST, -0.0 },
    { "mpfr:24", "0x1p-1000", NUMSYS_NEAREST, 0x1p-1000 },
    { "mpfr:24", "-inf", NUMSYS_NEAREST, -INFINITY },
  };

  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    {
      numsys *system = open_system (cases[i].spec);
      numsys_error error;
      double seen = 0;

      read_text (system, cases[i].text, cases[i].rounding, &seen, &error);
      is_double (cases[i].wanted, seen, "%s of %s, %s", cases[i].spec,
                 cases[i].text, numsys_rounding_name (cases[i].rounding));
      numsys_free (system);
    }
}

static void
test_refusals (void)
{
  static const char *const texts[] = {
    "", "-", ".", "e5", "1e", "1e+", "0x", "0x.p1", "1.2.3", "12a", " 1",
    "1 ", "--1", "0x1e5p", "1p5", "infinit", "1e1000001", "0x1p9999999999999",
  };
  numsys *system = open_system ("fp32");

  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    {
      numsys_error error = { "" };
      double seen;

      ok (read_text (system, texts[i], NUMSYS_NEAREST, &seen, &error) == -1
            && strstr (error.text, "allowed are") != NULL
            && strchr (error.text, '\n') == NULL,
          "'%s' is refused: %s", texts[i], error.text);
    }
  numsys_free (system);
}

/* A double's full decimal expansion, and its hexadecimal one, must give what
   the double gives. */
static void
against_doubles (const char *spec)
{
  const numsys_random random = numsys_random_of (1, 0, 0, 1);
  numsys *system = open_system (spec);
  size_t wrong = 0;

  for (uint64_t i = 0; i < 300; i++)
    for (int rounding = 0; rounding <= NUMSYS_ODD; rounding++)
      {
        const numsys_context context
          = numsys_context_of ((numsys_rounding) rounding);
        double x = ldexp (numsys_random_normal (&random, i),
                          (int) (i % 61) - 30);
        void *element = numsys_elements_new (system, 1);
        numsys_events events = { 0 };
        numsys_error error;
        char text[1200];
        double wanted, seen;

        numsys_encode (system, &context, 1, &x, element, &events);
        numsys_decode (system, 1, element, &wanted);
        numsys_elements_free (system, 1, element);
        snprintf (text, sizeof text, i % 2 == 0 ? "%.1100g" : "%a", x);
        read_text (system, text, context.rounding, &seen, &error);
        wrong += memcmp (&wanted, &seen, sizeof seen) != 0;
      }
  is_int (0, (int64_t) wrong, "%s: text gives what its double gives", spec);
  numsys_free (system);
}

int
main (void)
{
  plan (30 + 18 + 6);
  test_values ();
  test_refusals ();
  against_doubles ("fp16");
  against_doubles ("e4m3");
  against_doubles ("fixed:16,8,overflow=wrap");
  against_doubles ("lns16");
  against_doubles ("lns:12,100,zero=flag,underflow=clamp");
  against_doubles ("mpfr:11");
  return 0;
}
