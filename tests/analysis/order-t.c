/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least, median, quartiles and most.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "analysis/analysis.h"
#include "tests/tap/tap.h"

static const struct
{
  const char *what;
  size_t n;
  double x[5];
  double least, median, most, lower, upper;
} cases[] = {
  { "nothing", 0, { 0 }, NAN, NAN, NAN, NAN, NAN },
  { "one", 1, { 3 }, 3, 3, 3, 3, 3 },
  { "two", 2, { 4, 1 }, 1, 2.5, 4, 1.75, 3.25 },
  { "five", 5, { 5, -2, 9, 0, 1 }, -2, 1, 9, 0, 5 },
  { "a constant", 4, { 0.5, 0.5, 0.5, 0.5 }, 0.5, 0.5, 0.5, 0.5,
    0.5 },
  { "infinities", 3, { INFINITY, 0, -INFINITY }, -INFINITY, 0, INFINITY,
    -INFINITY, INFINITY },
  { "an infinity beside a quartile", 5, { 1, 2, 3, 4, INFINITY }, 1, 3,
    INFINITY, 2, 4 },
  { "a NaN first", 3, { NAN, 1, 2 }, NAN, NAN, NAN, NAN, NAN },
  { "a NaN last", 3, { 1, 2, NAN }, NAN, NAN, NAN, NAN, NAN },
};

#define CASES (sizeof cases / sizeof cases[0])

int
main (void)
{
  plan (5 * CASES);
  for (size_t i = 0; i < CASES; i++)
    {
      double x[5];
      analysis_order order;

      memcpy (x, cases[i].x, sizeof x);
      order = analysis_order_of (cases[i].n, x);
      is_double (cases[i].least, order.least, "least of %s", cases[i].what);
      is_double (cases[i].median, order.median, "median");
      is_double (cases[i].lower, order.lower, "lower quartile");
      is_double (cases[i].upper, order.upper, "upper quartile");
      is_double (cases[i].most, order.most, "most");
    }
  return 0;
}
