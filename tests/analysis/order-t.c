/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least, median and most.  */

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
  double least, median, most;
} cases[] = {
  { "nothing", 0, { 0 }, NAN, NAN, NAN },
  { "one", 1, { 3 }, 3, 3, 3 },
  { "two", 2, { 4, 1 }, 1, 2.5, 4 },
  { "five", 5, { 5, -2, 9, 0, 1 }, -2, 1, 9 },
  { "a constant", 4, { 0.1, 0.1, 0.1, 0.1 }, 0.1, 0.1, 0.1 },
  { "infinities", 3, { INFINITY, 0, -INFINITY }, -INFINITY, 0, INFINITY },
  { "a NaN first", 3, { NAN, 1, 2 }, NAN, NAN, NAN },
  { "a NaN last", 3, { 1, 2, NAN }, NAN, NAN, NAN },
};

#define CASES (sizeof cases / sizeof cases[0])

int
main (void)
{
  plan (3 * CASES);
  for (size_t i = 0; i < CASES; i++)
    {
      double x[5];
      analysis_order order;

      memcpy (x, cases[i].x, sizeof x);
      order = analysis_order_of (cases[i].n, x);
      is_double (cases[i].least, order.least, "least of %s", cases[i].what);
      is_double (cases[i].median, order.median, "median");
      is_double (cases[i].most, order.most, "most");
    }
  return 0;
}
