/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least, median and most.  */

#include <config.h>
#include <math.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include "analysis/analysis.h"

analysis_order
analysis_order_of (size_t n, double x[])
{
  analysis_order order = { n, NAN, NAN, NAN };

  if (n == 0)
    return order;
  /* A NaN has no place in an order, and gsl_sort would put it anywhere. */
  for (size_t i = 0; i < n; i++)
    if (isnan (x[i]))
      return order;
  gsl_sort (x, 1, n);
  order.least = x[0];
  order.median = gsl_stats_median_from_sorted_data (x, 1, n);
  order.most = x[n - 1];
  return order;
}
