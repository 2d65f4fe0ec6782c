/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Histograms of exponents, against ilogb.  */

#include <config.h>
#include <float.h>
#include <math.h>
#include <string.h>
#include "analysis/exponents.h"
#include "tests/tap/tap.h"

static analysis_exponents
of (size_t n, const float x[])
{
  analysis_exponents exponents;

  memset (&exponents, 0, sizeof exponents);
  analysis_exponents_add (&exponents, n, x);
  return exponents;
}

static int64_t
at (const analysis_exponents *exponents, int exponent)
{
  return (int64_t) exponents->count[exponent - ANALYSIS_LEAST_EXPONENT];
}

static void
test_every_exponent (void)
{
  size_t bad = 0;

  for (int e = ANALYSIS_LEAST_EXPONENT; e <= ANALYSIS_GREATEST_EXPONENT; e++)
    {
      const float power = ldexpf (1, e);
      const float both[] = { power, -nextafterf (ldexpf (1, e), INFINITY) };
      const analysis_exponents seen = of (2, both);

      bad += at (&seen, ilogbf (both[0])) < 1;
      bad += at (&seen, ilogbf (both[1])) < 1;
    }
  ok (bad == 0, "every exponent of float32 has its bin");
}

static void
test_arrays (void)
{
  static const float x[] = { 1, 1.99f, -1.5f, 0, -0.f, NAN, INFINITY,
                             -INFINITY, FLT_MAX, 0x1p-149f, 0x1.8p-127f, 3 };
  analysis_exponents seen = of (12, x), more;
  unsigned first, last;

  is_int (3, at (&seen, 0), "numbers from 1 to 2");
  is_int (1, at (&seen, 1), "...from 2 to 4");
  is_int (1, at (&seen, -127), "a subnormal number");
  is_int (2, (int64_t) seen.zeros, "zeros apart");
  is_int (1, (int64_t) seen.nan, "...NaN");
  is_int (2, (int64_t) seen.infinite, "...infinities");
  ok (analysis_exponents_range (&seen, &first, &last), "there is a range");
  is_int (-149, (int) first + ANALYSIS_LEAST_EXPONENT, "...from the least");
  is_int (127, (int) last + ANALYSIS_LEAST_EXPONENT, "...to the greatest");
  more = of (12, x);
  analysis_exponents_merge (&seen, &more);
  is_int (6, at (&seen, 0), "merged: bins add up");
  is_int (4, (int64_t) seen.zeros, "...and zeros");
}

static void
test_without_numbers (void)
{
  static const float zeros[] = { 0, 0, NAN };
  const analysis_exponents none = of (0, zeros), seen = of (3, zeros);
  unsigned first, last;

  ok (!analysis_exponents_range (&none, &first, &last), "empty: no range");
  ok (!analysis_exponents_range (&seen, &first, &last), "zeros and NaN: none");
  is_int (2, (int64_t) seen.zeros, "...but they are counted");
}

/* Through the loops for many numbers, against one by one. */
static void
test_many (void)
{
  enum { count = 40003 };
  static float x[count];
  analysis_exponents plain, seen;

  memset (&plain, 0, sizeof plain);
  for (int i = 0; i < count; i++)
    {
      x[i] = ldexpf (i % 3 - 1, i % 290 - 150);
      if (i % 1000 == 7)
        x[i] = NAN;
      if (x[i] == 0)
        plain.zeros++;
      else if (x[i] != x[i])
        plain.nan++;
      else if (isinf (x[i]))
        plain.infinite++;
      else
        plain.count[ilogbf (x[i]) - ANALYSIS_LEAST_EXPONENT]++;
    }
  seen = of (count, x);
  ok (memcmp (&plain, &seen, sizeof plain) == 0, "many: as one by one");
  for (int i = 0; i < count; i++)
    x[i] = 3;
  seen = of (count, x);
  is_int (count, at (&seen, 1), "a constant: one bin");
}

int
main (void)
{
  plan (1 + 11 + 3 + 2);
  test_every_exponent ();
  test_arrays ();
  test_without_numbers ();
  test_many ();
  return 0;
}
