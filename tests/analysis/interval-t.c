/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means and intervals, against Student's t in closed form.  */

#include <config.h>
#include <math.h>
#include "analysis/analysis.h"
#include "tests/tap/tap.h"

#define PI 3.14159265358979323846

/* The 97.5 % quantile of Student's t where it has a closed form. */
static double
quantile (unsigned freedom)
{
  const double p = 0.975, a = 4 * p * (1 - p);

  switch (freedom)
    {
    case 1:
      return tan (PI * (p - 0.5));
    case 2:
      return (2 * p - 1) * sqrt (2 / a);
    default:   /* 4 */
      return 2 * sqrt (cos (acos (sqrt (a)) / 3) / sqrt (a) - 1);
    }
}

static void
test_values (void)
{
  const double two[] = { 3, 7 }, three[] = { -1, 0, 4 };
  const double five[] = { 87.1, 87.9, 88.2, 87.5, 88.0 };
  analysis_interval interval = analysis_interval_of (2, two);

  is_near (5, interval.mean, 1e-15, "mean of two");
  is_near (sqrt (8), interval.deviation, 1e-15, "...their deviation");
  is_near (2 * quantile (1), interval.half_width, 1e-11, "...half width");
  interval = analysis_interval_of (3, three);
  is_near (1, interval.mean, 1e-15, "mean of three");
  is_near (sqrt (7), interval.deviation, 1e-15, "...their deviation");
  is_near (quantile (2) * sqrt (7. / 3), interval.half_width, 1e-12,
           "...half width");
  interval = analysis_interval_of (5, five);
  is_near (87.74, interval.mean, 1e-13, "mean of five");
  /* Squares of -0.64 0.16 0.46 -0.24 0.26 add up to 0.772. */
  is_near (sqrt (0.772 / 4), interval.deviation, 1e-13, "...their deviation");
  is_near (quantile (4) * sqrt (0.772 / 20), interval.half_width, 1e-12,
           "...half width");
  is_near (2.7764451051977987, quantile (4), 1e-12, "...t as tables give it");
}

static void
test_edges (void)
{
  const double constant[] = { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 };
  const double strange[][3] = { { 1, NAN, 2 }, { INFINITY, 1, 2 },
                                { 1, 2, -INFINITY },
                                { INFINITY, -INFINITY, 0 } };
  analysis_interval interval = analysis_interval_of (0, constant);

  is_double (NAN, interval.mean, "nothing has no mean");
  is_double (NAN, interval.half_width, "...and no interval");
  interval = analysis_interval_of (1, constant);
  is_double (0.1, interval.mean, "one value is its mean");
  is_double (NAN, interval.half_width, "...of unknown spread");
  interval = analysis_interval_of (7, constant);
  is_double (0.1, interval.mean, "a constant is its mean exactly");
  is_double (0, interval.half_width, "...without spread");
  for (size_t i = 0; i < 4; i++)
    {
      interval = analysis_interval_of (3, strange[i]);
      is_double (NAN, interval.mean, "no mean with NaN or infinity, %zu", i);
      is_double (NAN, interval.half_width, "...and no interval");
    }
}

static void
test_paired (void)
{
  const double x[] = { 90, 80, 70 }, y[] = { 89, 78, 67 };
  double differences[3];
  analysis_interval interval = analysis_paired (3, x, y, differences);

  is_double (2, differences[1], "a difference is first minus second");
  is_near (2, interval.mean, 1e-15, "mean difference");
  is_near (quantile (2) / sqrt (3), interval.half_width, 1e-12,
           "pairs take the spread of the seeds away");
}

int
main (void)
{
  plan (10 + 6 + 8 + 3);
  test_values ();
  test_edges ();
  test_paired ();
  return 0;
}
