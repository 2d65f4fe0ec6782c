/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums in lanes.  */

#include <config.h>
#include <math.h>
#include "analysis/logarithm.h"
#include "analysis/sums.h"

enum { lanes = ANALYSIS_LANES };

static double
folded (const double sum[lanes])
{
  return ((sum[0] + sum[4]) + (sum[2] + sum[6]))
         + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

size_t
analysis_padded (size_t n)
{
  return (n + lanes - 1) / lanes * lanes;
}

ANALYSIS_WIDE double
analysis_sum (size_t n, const double x[])
{
  double sum[lanes] = { 0 };

  for (size_t i = 0; i < n; i += lanes)
    for (size_t j = 0; j < lanes; j++)
      sum[j] += x[i + j];
  return folded (sum);
}

ANALYSIS_WIDE double
analysis_sum_magnitudes (size_t n, const double x[])
{
  double sum[lanes] = { 0 };

  for (size_t i = 0; i < n; i += lanes)
    for (size_t j = 0; j < lanes; j++)
      sum[j] += fabs (x[i + j]);
  return folded (sum);
}

ANALYSIS_WIDE double
analysis_sum_squares (size_t n, const double x[])
{
  double sum[lanes] = { 0 };

  for (size_t i = 0; i < n; i += lanes)
    for (size_t j = 0; j < lanes; j++)
      sum[j] += x[i + j] * x[i + j];
  return folded (sum);
}
