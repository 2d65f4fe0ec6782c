/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether numbers can be counted with.  */

#include <config.h>
#include <math.h>
#include "analysis/analysis.h"

int
analysis_is_finite (size_t n, const double x[])
{
  for (size_t i = 0; i < n; i++)
    if (!isfinite (x[i]))
      return 0;
  return 1;
}
