/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics of results: arrays in, numbers out.

   Nothing is skipped in silence: unless a function says otherwise, a NaN or an
   infinity among the values makes every number a NaN, and so is a number that
   the values cannot tell (the spread of one value, the mean of none).  */

#ifndef ANALYSIS_ANALYSIS_H
#define ANALYSIS_ANALYSIS_H

#include <stddef.h>

/* 1 when x[0..n) holds no NaN and no infinity. */
int analysis_is_finite (size_t n, const double x[]);

/* A mean and how far it can be trusted. */
typedef struct analysis_interval
{
  size_t n;
  double mean;
  double deviation;    /* of one value, from the sample: n - 1 below */
  double half_width;   /* the 95 % interval is mean +- half_width: Student's t
                          with n - 1 degrees of freedom */
} analysis_interval;

/* Of x[0..n): independent values, one a seed, say. */
analysis_interval analysis_interval_of (size_t n, const double x[]);

/* Of the differences x[i] - y[i], which are left in differences (it may be x
   or y): what two settings make of the same seeds.  */
analysis_interval analysis_paired (size_t n, const double x[],
                                   const double y[], double differences[]);

typedef struct analysis_order
{
  size_t n;
  double least, lower, median, upper, most;   /* lower, upper: quartiles */
} analysis_order;

/* Of x[0..n), whose values are rearranged; quartiles lie at (n - 1)/4 and
   3 (n - 1)/4 of the order, on the line between neighbours.  Infinities have their place in the
   order; a NaN has none. */
analysis_order analysis_order_of (size_t n, double x[]);

/* The least-squares line y = intercept + slope x. */
typedef struct analysis_line
{
  size_t n;
  double intercept, slope;
  double slope_error;  /* standard error; NaN below three points */
} analysis_line;

/* Through the points (x[i], y[i]). */
analysis_line analysis_line_of (size_t n, const double x[], const double y[]);

/* The least x at which the curve through (x[i], y[i]), straight between
   neighbours and x increasing, meets threshold from either side; NaN where it
   never does.  A point with a NaN or infinite y ends a stretch of the curve
   and begins another.  */
double analysis_crossing (size_t n, const double x[], const double y[],
                          double threshold);

#endif
