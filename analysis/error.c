/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantization error, streamed.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "analysis/error.h"
#include "analysis/logarithm.h"
#include "analysis/sums.h"
#include "numsys/elementary.h"

enum { lanes = ANALYSIS_LANES, slice_length = 512 };   /* a multiple */

/* Where the short series of logarithms_near serves. */
static const double near = 0x1p-5;

/* The pairs of a slice, taken apart; 0 for what a pair has not. */
typedef struct slice
{
  double x[slice_length];          /* finite */
  double error[slice_length];      /* q - x */
  double relative[slice_length];
  double logarithm[slice_length];
} slice;

ANALYSIS_WIDE static void
count (analysis_error *e, size_t n, const float x[restrict],
       const float q[restrict])
{
  unsigned zeros = 0, nan = 0, finite = 0, pairs = 0;

  for (size_t i = 0; i < n; i++)
    {
      const int is_finite = fabsf (x[i]) < INFINITY;

      zeros += x[i] == 0;
      nan += x[i] != x[i];
      finite += is_finite;
      pairs += is_finite & (x[i] != 0) & (q[i] != 0)
               & (fabsf (q[i]) < INFINITY);
    }
  e->values += n;
  e->zeros += zeros;
  e->nan += nan;
  e->infinite += n - nan - finite;
  e->pairs += pairs;
}

/* Pads to whole lanes with pairs of zeros.  Leaves s = (q - x) / (q + x) where
   the logarithms go. */
ANALYSIS_WIDE static void
take_apart (size_t n, const float x[restrict], const float q[restrict],
            slice *s)
{
  const size_t padded = analysis_padded (n);

  for (size_t i = 0; i < n; i++)
    {
      const int is_finite = fabsf (x[i]) < INFINITY;
      const int is_pair = is_finite & (x[i] != 0) & (q[i] != 0)
                          & (fabsf (q[i]) < INFINITY);
      const double a = is_finite ? (double) x[i] : 0;
      const double d = is_finite ? (double) q[i] - (double) x[i] : 0;
      const double sum = (double) q[i] + (double) x[i];

      s->x[i] = a;
      s->error[i] = d;
      s->relative[i] = (a != 0 ? d : 0) / (a != 0 ? a : 1);
      s->logarithm[i] = (is_pair ? d : 0) / (is_pair ? sum : 1);
    }
  for (size_t i = n; i < padded; i++)
    s->x[i] = s->error[i] = s->relative[i] = s->logarithm[i] = 0;
}

/* log2 (q/x) = 2/ln2 (s + s^3/3 + s^5/5 + ...) of a slice whose s lie near
   0: the first term left out is below 2e-18. */
ANALYSIS_WIDE static void
logarithms_near (size_t n, double s[])
{
  static const double two_by_ln2 = 0x1.71547652b82fep+1;

  for (size_t i = 0; i < n; i++)
    {
      const double z = s[i] * s[i];
      const double y = 1. / 3 + z * (1. / 5 + z * (1. / 7 + z * (1. / 9
                       + z * (1. / 11))));

      s[i] = two_by_ln2 * (s[i] + s[i] * (z * y));
    }
}

/* log2 |q/x|, whatever the ratio. */
ANALYSIS_WIDE static void
logarithms (size_t n, const float x[restrict], const float q[restrict],
            double out[restrict])
{
  double ratio[slice_length];

  for (size_t i = 0; i < n; i++)
    {
      const int is_pair = (x[i] != 0) & (q[i] != 0)
                          & (fabsf (x[i]) < INFINITY)
                          & (fabsf (q[i]) < INFINITY);

      ratio[i] = (is_pair ? (double) q[i] : 1) / (is_pair ? (double) x[i] : 1);
    }
  analysis_log2 (n, ratio, out);
}

/* The largest magnitude, NaN apart: the sum of squares tells of those. */
ANALYSIS_WIDE static double
largest_of (size_t n, const double x[])
{
  double largest[lanes] = { 0 };

  for (size_t i = 0; i < n; i += lanes)
    for (size_t j = 0; j < lanes; j++)
      {
        const double magnitude = fabs (x[i + j]);

        largest[j] = magnitude > largest[j] ? magnitude : largest[j];
      }
  for (size_t j = 1; j < lanes; j++)
    largest[0] = fmax (largest[0], largest[j]);
  return largest[0];
}

void
analysis_error_add (analysis_error *e, size_t n, const float x[],
                    const float q[])
{
  slice s;

  for (size_t first = 0, length; first < n; first += length)
    {
      size_t padded;

      length = n - first < slice_length ? n - first : slice_length;
      padded = analysis_padded (length);
      count (e, length, x + first, q + first);
      take_apart (length, x + first, q + first, &s);
      if (largest_of (padded, s.logarithm) <= near)
        logarithms_near (padded, s.logarithm);
      else
        logarithms (length, x + first, q + first, s.logarithm);
      e->signal += analysis_sum_squares (padded, s.x);
      e->noise += analysis_sum_squares (padded, s.error);
      e->relative += analysis_sum (padded, s.relative);
      e->squares += analysis_sum_squares (padded, s.relative);
      e->logs += analysis_sum (padded, s.logarithm);
      e->log_squares += analysis_sum_squares (padded, s.logarithm);
      e->largest = fmax (e->largest, largest_of (padded, s.relative));
    }
}

void
analysis_error_add_exact (analysis_error *e, size_t n, const float x[])
{
  double finite[slice_length];

  for (size_t first = 0, length; first < n; first += length)
    {
      size_t i;

      length = n - first < slice_length ? n - first : slice_length;
      count (e, length, x + first, x + first);
      for (i = 0; i < length; i++)
        finite[i] = fabsf (x[first + i]) < INFINITY ? (double) x[first + i]
                                                    : 0;
      for (; i % lanes != 0; i++)
        finite[i] = 0;
      e->signal += analysis_sum_squares (i, finite);
    }
}

void
analysis_error_merge (analysis_error *into, const analysis_error *from)
{
  into->values += from->values;
  into->zeros += from->zeros;
  into->nan += from->nan;
  into->infinite += from->infinite;
  into->pairs += from->pairs;
  into->signal += from->signal;
  into->noise += from->noise;
  into->squares += from->squares;
  into->relative += from->relative;
  into->log_squares += from->log_squares;
  into->logs += from->logs;
  into->largest = fmax (into->largest, from->largest);
}

analysis_error_result
analysis_error_of (const analysis_error *e)
{
  static const double log10_2 = 0x1.34413509f79ffp-2;
  const double finite = (double) (e->values - e->nan - e->infinite);
  const double nonzero = finite - (double) e->zeros;
  const double pairs = (double) e->pairs;
  const double ratio = e->signal / e->noise;

  return (analysis_error_result) {
    .sqnr_db = ratio == 0 ? -INFINITY
               : ratio < INFINITY ? 10 * log10_2 * numsys_log2 (ratio)
                                  : ratio,
    .rms = sqrt (e->noise / finite),
    .relative_rms = sqrt (e->squares / nonzero),
    .bias = e->relative / nonzero,
    .largest_relative = nonzero == 0 || isnan (e->squares) ? (double) NAN
                                                          : e->largest,
    .log_rms = sqrt (e->log_squares / pairs),
    .log_bias = e->logs / pairs,
  };
}
