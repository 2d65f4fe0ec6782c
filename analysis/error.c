/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantization error, streamed.  Element i of a piece goes to sum i mod 8, so
   that vector units can add without changing the order.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "analysis/error.h"
#include "analysis/logarithm.h"
#include "numsys/elementary.h"

enum { lanes = 8, slice_length = 512 };   /* a multiple of lanes */

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

/* Pads to whole lanes with pairs of zeros. */
ANALYSIS_WIDE static void
take_apart (size_t n, const float x[restrict], const float q[restrict],
            slice *s)
{
  double ratio[slice_length];
  size_t i;

  for (i = 0; i < n; i++)
    {
      const int is_finite = fabsf (x[i]) < INFINITY;
      const int is_pair = is_finite & (x[i] != 0) & (q[i] != 0)
                          & (fabsf (q[i]) < INFINITY);
      const double a = is_finite ? (double) x[i] : 0;
      const double d = is_finite ? (double) q[i] - (double) x[i] : 0;

      s->x[i] = a;
      s->error[i] = d;
      s->relative[i] = (a != 0 ? d : 0) / (a != 0 ? a : 1);
      ratio[i] = (is_pair ? (double) q[i] : 1) / (is_pair ? a : 1);
    }
  for (; i % lanes != 0; i++)
    {
      s->x[i] = s->error[i] = s->relative[i] = 0;
      ratio[i] = 1;
    }
  analysis_log2 (i, ratio, s->logarithm);
}

static double
folded (const double sum[lanes])
{
  return ((sum[0] + sum[4]) + (sum[2] + sum[6]))
         + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

ANALYSIS_WIDE static double
sum_of (size_t n, const double x[])
{
  double sum[lanes] = { 0 };

  for (size_t i = 0; i < n; i += lanes)
    for (size_t j = 0; j < lanes; j++)
      sum[j] += x[i + j];
  return folded (sum);
}

ANALYSIS_WIDE static double
squares_of (size_t n, const double x[])
{
  double sum[lanes] = { 0 };

  for (size_t i = 0; i < n; i += lanes)
    for (size_t j = 0; j < lanes; j++)
      sum[j] += x[i + j] * x[i + j];
  return folded (sum);
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
      padded = (length + lanes - 1) / lanes * lanes;
      count (e, length, x + first, q + first);
      take_apart (length, x + first, q + first, &s);
      e->signal += squares_of (padded, s.x);
      e->noise += squares_of (padded, s.error);
      e->relative += sum_of (padded, s.relative);
      e->squares += squares_of (padded, s.relative);
      e->logs += sum_of (padded, s.logarithm);
      e->log_squares += squares_of (padded, s.logarithm);
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
      e->signal += squares_of (i, finite);
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
