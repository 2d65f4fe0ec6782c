/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Straight lines, against sums done by hand.  */

#include <config.h>
#include <math.h>
#include "analysis/analysis.h"
#include "tests/tap/tap.h"

static void
test_lines (void)
{
  const double x[] = { 0, 1, 2, 3 };
  const double straight[] = { 1, 3, 5, 7 }, bent[] = { 1, 2, 2, 5 };
  analysis_line line = analysis_line_of (4, x, straight);

  is_near (1, line.intercept, 1e-14, "intercept of a straight line");
  is_near (2, line.slope, 1e-14, "...its slope");
  is_near (0, line.slope_error, 1e-14, "...without error");
  /* Means 1.5 and 2.5, Sxx = 5, Sxy = 6; residuals 0.3 0.1 -1.1 0.7, squares
     1.8, by two degrees of freedom 0.9, by Sxx 0.18. */
  line = analysis_line_of (4, x, bent);
  is_near (0.7, line.intercept, 1e-14, "intercept of scattered points");
  is_near (1.2, line.slope, 1e-14, "...slope");
  is_near (sqrt (0.18), line.slope_error, 1e-14, "...its standard error");
}

static void
test_edges (void)
{
  const double x[] = { 1, 2, 3 }, same[] = { 2, 2, 2 };
  const double strange[] = { 1, NAN, 2 }, endless[] = { 1, 2, INFINITY };
  const double u[] = { 0.1, 0.7 }, v[] = { 0.3, 1.1 };
  analysis_line line = analysis_line_of (2, x, x);

  is_near (1, line.slope, 1e-15, "two points make a line");
  is_double (NAN, analysis_line_of (2, u, v).slope_error,
             "...of unknown error, whatever rounding leaves");
  is_double (NAN, analysis_line_of (0, x, x).slope, "no points, no line");
  is_double (NAN, analysis_line_of (1, x, x).slope, "nor through one");
  is_double (NAN, analysis_line_of (3, same, x).slope, "nor through one x");
  line = analysis_line_of (3, x, same);
  is_near (0, line.slope, 1e-15, "a constant has no slope");
  is_double (NAN, analysis_line_of (3, x, strange).slope, "NaN hands on");
  is_double (NAN, analysis_line_of (3, strange, x).slope, "...in x too");
  line = analysis_line_of (3, x, endless);
  is_double (NAN, line.intercept, "an infinite y, no intercept");
  is_double (NAN, line.slope, "...and no slope");
}

int
main (void)
{
  plan (6 + 10);
  test_lines ();
  test_edges ();
  return 0;
}
