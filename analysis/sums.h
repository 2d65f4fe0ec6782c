/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums for streamed statistics: element i goes to sum i mod ANALYSIS_LANES, so
   that vector units can add without changing the order.  n is a multiple of
   ANALYSIS_LANES: pad with zeros.  */

#ifndef ANALYSIS_SUMS_H
#define ANALYSIS_SUMS_H

#include <stddef.h>

#define ANALYSIS_LANES 8

/* n, brought up to whole lanes. */
size_t analysis_padded (size_t n);

double analysis_sum (size_t n, const double x[]);
double analysis_sum_magnitudes (size_t n, const double x[]);
double analysis_sum_squares (size_t n, const double x[]);

#endif
