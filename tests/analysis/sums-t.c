/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums in lanes, against plain ones of whole numbers, which are exact.  */

#include <config.h>
#include <math.h>
#include "analysis/sums.h"
#include "tests/tap/tap.h"

enum { count = 1000 };

int
main (void)
{
  static double x[count];
  double sum = 0, magnitudes = 0, squares = 0;

  plan (8);
  for (int i = 0; i < count; i++)
    {
      x[i] = i * 37 % 101 - 40;
      sum += x[i];
      magnitudes += fabs (x[i]);
      squares += x[i] * x[i];
    }
  is_int (0, (int64_t) analysis_padded (0), "whole lanes: none");
  is_int (8, (int64_t) analysis_padded (1), "...one");
  is_int (count, (int64_t) analysis_padded (count), "...already whole");
  is_double (sum, analysis_sum (count, x), "a sum");
  is_double (magnitudes, analysis_sum_magnitudes (count, x),
             "...of magnitudes");
  is_double (squares, analysis_sum_squares (count, x), "...of squares");
  is_double (0, analysis_sum (0, x), "a sum of nothing");
  x[700] = NAN;
  is_double (NAN, analysis_sum_squares (count, x), "NaN is not lost");
  return 0;
}
