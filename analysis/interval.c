/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means over seeds and their 95 % intervals.  */

#include <config.h>
#include <math.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include "analysis/analysis.h"

/* Share of intervals that do not hold the mean, at each end. */
#define TAIL 0.025

analysis_interval
analysis_interval_of (size_t n, const double x[])
{
  analysis_interval interval = { n, NAN, NAN, NAN };

  if (n == 0 || !analysis_is_finite (n, x))
    return interval;
  interval.mean = gsl_stats_mean (x, 1, n);
  if (n == 1)
    return interval;
  interval.deviation = gsl_stats_sd_m (x, 1, n, interval.mean);
  interval.half_width = gsl_cdf_tdist_Qinv (TAIL, (double) (n - 1))
                        * interval.deviation / sqrt ((double) n);
  return interval;
}

analysis_interval
analysis_paired (size_t n, const double x[], const double y[],
                 double differences[])
{
  for (size_t i = 0; i < n; i++)
    differences[i] = x[i] - y[i];
  return analysis_interval_of (n, differences);
}
