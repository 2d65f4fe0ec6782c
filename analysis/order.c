/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least, median and most.  */

#include <config.h>
#include <math.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include "analysis/analysis.h"

/* On the line between neighbours; a value itself needs none, which might be
   infinite. */
static double
quartile (size_t n, const double x[], size_t quarters)
{
  const double at = (double) ((n - 1) * quarters) / 4;
  const size_t below = (n - 1) * quarters / 4;
  const double part = at - (double) below;

  return part == 0 ? x[below] : (1 - part) * x[below] + part * x[below + 1];
}

analysis_order
analysis_order_of (size_t n, double x[])
{
  analysis_order order = { n, NAN, NAN, NAN, NAN, NAN };

  if (n == 0)
    return order;
  /* A NaN has no place in an order, and gsl_sort would put it anywhere. */
  for (size_t i = 0; i < n; i++)
    if (isnan (x[i]))
      return order;
  gsl_sort (x, 1, n);
  order.least = x[0];
  order.lower = quartile (n, x, 1);
  order.median = gsl_stats_median_from_sorted_data (x, 1, n);
  order.upper = quartile (n, x, 3);
  order.most = x[n - 1];
  return order;
}
