/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The errors of an approximation, measured over all arguments.  True values
   come from our own exp2 and log2 in double, within 2^-40 steps.  */

#include <config.h>
#include <math.h>
#include "numsys/approx/parts.h"
#include "numsys/elementary.h"

/* Step counts: the true result and the one of the function. */
static double
error_at (const numsys_approx *approx, numsys_approx_function function,
          int64_t x)
{
  const double gamma = (double) approx->gamma;
  const double one = ldexp (1, (int) approx->fraction);
  double seen, sign = 1, wanted;
  int64_t out;

  numsys_approx_apply (approx, function, 1, &x, &out);
  seen = (double) out;
  switch (function)
    {
    case NUMSYS_APPROX_DIFFERENCE:
      sign = -1;
      /* fallthrough */
    case NUMSYS_APPROX_SUM:
      wanted = sign * gamma
               * numsys_log2 (1 + sign * numsys_exp2 (-(double) x / gamma));
      break;
    case NUMSYS_APPROX_TO_LINEAR:
      seen = gamma * numsys_log2 (seen / one);
      wanted = (double) x;
      break;
    default:
      wanted = gamma * numsys_log2 ((double) x / one);
    }
  return seen - wanted;
}

/* The arguments first, first + step, ... below end. */
typedef struct range
{
  int64_t first, end, step;
} range;

/* Whether the function still gives anything from d on: both of them fall. */
static int64_t
reach (const numsys_approx *approx, numsys_approx_function function)
{
  int64_t d = approx->end[function], out;

  for (;; d++)
    {
      numsys_approx_apply (approx, function, 1, &d, &out);
      if (out == 0)
        return d;
    }
}

static range
domain (const numsys_approx *approx, numsys_approx_function function)
{
  const unsigned F = approx->fraction;

  switch (function)
    {
    case NUMSYS_APPROX_SUM:
      return (range) { 0, reach (approx, function), 1 };
    case NUMSYS_APPROX_DIFFERENCE:
      return (range) { 1, reach (approx, function), 1 };
    case NUMSYS_APPROX_TO_LINEAR:
      return (range) { 0, approx->gamma, 1 };
    default:
      return (range) { INT64_C (1) << F, INT64_C (2) << F,
                       F > 16 ? INT64_C (1) << (F - 16) : 1 };
    }
}

static numsys_approx_error
measure (const numsys_approx *approx, numsys_approx_function function,
         range over)
{
  /* A difference is subtracted. */
  const double sign = function == NUMSYS_APPROX_DIFFERENCE ? -1 : 1;
  numsys_approx_error all = { 0 };

  for (int64_t x = over.first; x < over.end; x += over.step)
    {
      const double e = error_at (approx, function, x);
      const double relative
        = numsys_exp2 (sign * e / (double) approx->gamma) - 1;

      all.judged++;
      all.least = fmin (all.judged == 1 ? e : all.least, e);
      all.most = fmax (all.judged == 1 ? e : all.most, e);
      all.mean += fabs (e);
      all.bias += e;
      all.relative_mean += fabs (relative);
      all.relative_bias += relative;
      all.relative_largest = fmax (all.relative_largest, fabs (relative));
      if (all.judged == 1 || fabs (e) > all.largest)
        {
          all.largest = fabs (e);
          all.where = x;
        }
    }
  if (all.judged > 0)
    {
      all.mean /= (double) all.judged;
      all.bias /= (double) all.judged;
      all.relative_mean /= (double) all.judged;
      all.relative_bias /= (double) all.judged;
    }
  return all;
}

numsys_approx_error
numsys_approx_measure_between (const numsys_approx *approx,
                               numsys_approx_function function, int64_t first,
                               int64_t end)
{
  return measure (approx, function, (range) { first, end, 1 });
}

numsys_approx_error
numsys_approx_measure (const numsys_approx *approx,
                       numsys_approx_function function)
{
  return measure (approx, function, domain (approx, function));
}
