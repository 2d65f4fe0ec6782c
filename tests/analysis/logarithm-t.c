/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logarithms of arrays, against long double.  */

#include <config.h>
#include <math.h>
#include "analysis/logarithm.h"
#include "tests/tap/tap.h"

enum { count = 1 << 16 };

static double x[count], y[count];

/* The largest error in units of 1 + |log2 x|. */
static double
worst (void)
{
  double largest = 0;

  analysis_log2 (count, x, y);
  for (size_t i = 0; i < count; i++)
    {
      const long double wanted = log2l (fabsl (x[i]));
      const double error = (double) fabsl (y[i] - wanted);

      largest = fmax (largest, error / (double) (1 + fabsl (wanted)));
    }
  return largest;
}

int
main (void)
{
  static const double easy[] = { 1, -1, 2, 0x1p-149, -0x1p300, 0.5 };
  static const double logs[] = { 0, 0, 1, -149, 300, -1 };
  double seen[6];

  plan (6 + 3);
  analysis_log2 (6, easy, seen);
  for (int i = 0; i < 6; i++)
    is_double (logs[i], seen[i], "log2 |%g|", easy[i]);
  for (int i = 0; i < count; i++)
    x[i] = 0.5 + i * (2. / count);
  ok (worst () <= 4e-16, "around 1: %.2g", worst ());
  for (int i = 0; i < count; i++)
    x[i] = 1 + (i - count / 2) * 0x1p-40;
  ok (worst () <= 4e-16, "very near 1: %.2g", worst ());
  for (int i = 0; i < count; i++)
    x[i] = -ldexp (1 + i * (1. / count), i % 600 - 300);
  ok (worst () <= 4e-16, "everywhere: %.2g", worst ());
  return 0;
}
