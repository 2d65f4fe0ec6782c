/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Different values and their counts, against a plain search.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "analysis/values.h"
#include "tests/tap/tap.h"

enum { most = 254, numbers = 6000 };

static analysis_values values;

/* Whether each value that is told is one of x[0..n), told once, with the
   count that a search finds. */
static int
is_right (size_t n, const float x[])
{
  float value[most];
  uint64_t count[most];
  const size_t told = analysis_values_get (&values, 0, most, value, count);

  for (size_t i = 0; i < told; i++)
    {
      uint64_t seen = 0;

      for (size_t j = 0; j < n; j++)
        seen += x[j] == value[i];
      for (size_t j = 0; j < i; j++)
        if (value[j] == value[i])
          return 0;
      if (seen != count[i])
        return 0;
    }
  return told == values.different;
}

static void
test_strange (void)
{
  static const float x[] = { 0, -0.f, NAN, 1, INFINITY, -INFINITY, -1, 1,
                             0x1p-149f, -NAN };
  analysis_frequencies none;

  none = analysis_values_frequencies (&values);
  is_int (0, (int64_t) none.used, "empty: no value");
  analysis_values_add (&values, 10, x);
  is_int (4, (int64_t) values.different, "zeros are one value; no NaN, no "
          "infinity");
  is_int (6, (int64_t) values.total, "...nor are they counted");
  ok (is_right (10, x), "...each with its count");
  analysis_values_reset (&values);
  is_int (0, (int64_t) values.different, "reset: none is left");
}

/* As many values as there is room for, of all exponents. */
static void
test_full (void)
{
  static float x[numbers];
  uint64_t count[most];
  float value[most];
  analysis_frequencies seen;

  for (int i = 0; i < numbers; i++)
    x[i] = ldexpf (i % 2 == 0 ? 1 : -1.5f, i * 7 % most - 126);
  analysis_values_add (&values, numbers / 2, x);
  analysis_values_add (&values, numbers / 2, x + numbers / 2);
  is_int (most, (int64_t) values.different, "full: all values");
  ok (is_right (numbers, x), "...each with its count");
  is_int (3, (int64_t) analysis_values_get (&values, most - 3, most, value,
                                            count),
          "the last of them can be asked for");
  is_double ((double) x[0], (double) (analysis_values_get (&values, 0, 1,
                                                           value, count),
                                      value[0]),
             "...and the first that came");
  seen = analysis_values_frequencies (&values);
  is_int (most, (int64_t) seen.used, "frequencies: all values");
  is_int (numbers, (int64_t) seen.total, "...and all numbers");
}

int
main (void)
{
  plan (5 + 6);
  if (analysis_values_init (&values, most) != 0)
    bail_out ("no memory");
  test_strange ();
  test_full ();
  analysis_values_clear (&values);
  return 0;
}
