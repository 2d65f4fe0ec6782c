/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where curves meet a threshold.  */

#include <config.h>
#include <math.h>
#include "analysis/analysis.h"
#include "tests/tap/tap.h"

static const double x[] = { 3, 4, 6, 8 };

static const struct
{
  const char *what;
  size_t n;
  double y[4], threshold, wanted;
} cases[] = {
  { "upwards, between points", 4, { 10, 50, 90, 95 }, 80, 5.5 },
  { "downwards", 4, { 95, 90, 50, 10 }, 80, 4.5 },
  { "the first of two", 4, { 0, 10, 0, 10 }, 5, 3.5 },
  { "at the first point", 4, { 7, 8, 9, 10 }, 7, 3 },
  { "at a point that only touches", 4, { 1, 5, 1, 1 }, 5, 4 },
  { "at the last point", 4, { 1, 2, 3, 4 }, 4, 8 },
  { "a constant at it", 4, { 2, 2, 2, 2 }, 2, 3 },
  { "a constant beside it", 4, { 2, 2, 2, 2 }, 3, NAN },
  { "never", 4, { 1, 2, 3, 4 }, 5, NAN },
  { "nothing", 0, { 0 }, 0, NAN },
  { "one point on it", 1, { 5 }, 5, 3 },
  { "one point beside it", 1, { 4 }, 5, NAN },
  { "not across a NaN", 4, { 1, NAN, 9, 1 }, 5, 7 },
  { "not across an infinity", 4, { 1, INFINITY, 9, 1 }, 5, 7 },
  { "an infinite threshold", 4, { 1, INFINITY, 9, 1 }, INFINITY, NAN },
  { "a NaN threshold", 4, { 1, 2, 3, 4 }, NAN, NAN },
};

#define CASES (sizeof cases / sizeof cases[0])

int
main (void)
{
  plan (CASES);
  for (size_t i = 0; i < CASES; i++)
    is_double (cases[i].wanted,
               analysis_crossing (cases[i].n, x, cases[i].y,
                                  cases[i].threshold),
               "%s", cases[i].what);
  return 0;
}
