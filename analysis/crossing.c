/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a curve meets a threshold.  */

#include <config.h>
#include <math.h>
#include "analysis/analysis.h"

/* The neighbours lie on different sides of threshold; no NaN or infinity. */
static int
brackets (double a, double b, double threshold)
{
  return isfinite (a) && isfinite (b)
         && ((a < threshold && threshold < b)
             || (b < threshold && threshold < a));
}

double
analysis_crossing (size_t n, const double x[], const double y[],
                   double threshold)
{
  for (size_t i = 0; i < n; i++)
    {
      if (i > 0 && brackets (y[i - 1], y[i], threshold))
        return x[i - 1] + (x[i] - x[i - 1])
                          * ((threshold - y[i - 1]) / (y[i] - y[i - 1]));
      if (y[i] == threshold && isfinite (y[i]))
        return x[i];
    }
  return NAN;
}
