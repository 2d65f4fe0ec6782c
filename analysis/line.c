/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A straight line through points.  */

#include <config.h>
#include <math.h>
#include <gsl/gsl_fit.h>
#include "analysis/analysis.h"

/* Two different x at least: else every slope fits. */
static int
has_slope (size_t n, const double x[])
{
  for (size_t i = 1; i < n; i++)
    if (x[i] != x[0])
      return 1;
  return 0;
}

analysis_line
analysis_line_of (size_t n, const double x[], const double y[])
{
  analysis_line line = { n, NAN, NAN, NAN };
  double var_intercept, covariance, var_slope, squares;

  if (!analysis_is_finite (n, x) || !analysis_is_finite (n, y)
      || !has_slope (n, x))
    return line;
  gsl_fit_linear (x, 1, y, 1, n, &line.intercept, &line.slope, &var_intercept,
                  &covariance, &var_slope, &squares);
  if (n > 2)
    line.slope_error = sqrt (var_slope);
  return line;
}
