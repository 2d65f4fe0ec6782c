/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Updates of weights, measured.  */

#include <config.h>

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "analysis/logarithm.h"
#include "analysis/sums.h"
#include "experiments/probes/update.h"
#include "experiments/results/table.h"

enum { part_length = 512 };   /* a multiple of ANALYSIS_LANES */

static const double ln2 = 0x1.62e42fefa39efp-1;

const char probe_update_columns[]
  = "\tupdates\tswallowed\tflips\tadditive_flips\tbounded\tchanges"
    "\tchange_l1\tchange_l2\tlog_errors\tlog_error";

void
probe_update_begin (probe_update *u, int is_multiplicative, size_t n,
                    const float w[])
{
  double sum = 0;

  memset (u, 0, sizeof *u);
  for (size_t i = 0; i < n; i++)
    sum += (double) w[i] * w[i];
  u->is_multiplicative = is_multiplicative;
  u->unit = n > 0 ? ln2 * sqrt (sum / (double) n) : 0;
}

/* What became of each weight of a part, a flag each: an update was due, and was
   lost. */
ANALYSIS_WIDE static void
find_lost (probe_update *u, const optim_slice *s, size_t from, size_t n,
           uint32_t due[restrict], uint32_t lost[restrict])
{
  const float *w = s->before + from, *fresh = s->stored + from;
  const float *proposal = s->proposal + from;
  const uint32_t decays = s->decays != 0;
  const uint32_t is_bounded = s->limit < INFINITY;
  const float limit = s->limit;
  uint32_t updates = 0, swallowed = 0, flips = 0, bounded = 0;

  for (size_t i = 0; i < n; i++)
    {
      due[i] = (proposal[i] != 0) | (decays & (w[i] != 0));
      lost[i] = due[i] & (fresh[i] == w[i]);
      updates += due[i];
      swallowed += lost[i];
      flips += ((w[i] < 0) & (fresh[i] > 0)) | ((w[i] > 0) & (fresh[i] < 0));
      bounded += is_bounded & (fabsf (fresh[i]) >= limit);
    }
  u->updates += updates;
  u->swallowed += swallowed;
  u->flips += flips;
  u->bounded += bounded;
}

/* The same by the weight's exponent; weights that are not finite are left
   out. */
static void
count_lost (probe_update *u, size_t n, const float w[], const uint32_t due[],
            const uint32_t lost[])
{
  for (size_t i = 0; i < n; i++)
    if (w[i] == 0)
      {
        u->due_zeros += due[i];
        u->lost_zeros += lost[i];
      }
    else if (fabsf (w[i]) < INFINITY)
      {
        const unsigned bin = analysis_exponents_bin (w[i]);

        u->due[bin] += due[i];
        u->lost[bin] += lost[i];
      }
}

/* log2 |y / x|; 0 unless both are finite and not zero. */
ANALYSIS_WIDE static void
log_ratios (size_t n, const float x[], const float y[], double out[])
{
  double ratio[part_length];

  for (size_t i = 0; i < n; i++)
    {
      const int is_pair = (x[i] != 0) & (y[i] != 0)
                          & (fabsf (x[i]) < INFINITY)
                          & (fabsf (y[i]) < INFINITY);

      ratio[i] = (is_pair ? (double) y[i] : 1) / (is_pair ? (double) x[i] : 1);
    }
  analysis_log2 (n, ratio, out);
}

/* Changes D of a part of a slice. */
ANALYSIS_WIDE static void
find_changes (const optim_slice *s, size_t from, size_t n, double change[])
{
  if (s->steps == NULL)
    log_ratios (n, s->before + from, s->exact + from, change);
  else
    for (size_t i = 0; i < n; i++)
      change[i] = s->steps[from + i] / s->gamma;
}

/* log2 |w^U| - log2 |w'|.  On a grid of exponents a weight moves by a whole
   number of steps, so that the difference is free of the floats' rounding. */
ANALYSIS_WIDE static void
find_errors (const optim_slice *s, size_t from, size_t n,
             const double change[], double error[])
{
  if (s->steps == NULL)
    {
      log_ratios (n, s->exact + from, s->stored + from, error);
      return;
    }
  log_ratios (n, s->before + from, s->stored + from, error);
  for (size_t i = 0; i < n; i++)
    error[i] = nearbyint (s->gamma * error[i]) / s->gamma - change[i];
}

/* Leaves the changes and errors that count, and 0 for others. */
ANALYSIS_WIDE static void
keep (probe_update *u, const optim_slice *s, size_t from, size_t n,
      double change[restrict], double error[restrict])
{
  const float *before = s->before + from, *exact = s->exact + from;
  const float *stored = s->stored + from;
  const double unit = u->unit, limit = s->limit;
  const double reach = s->steps != NULL ? 1 / s->gamma : (double) INFINITY;
  const uint64_t multiplies = u->is_multiplicative != 0;
  uint64_t changes = 0, logs = 0, flips = 0;

  for (size_t i = 0; i < n; i++)
    {
      const double w = before[i], moved = exact[i], kept = stored[i];
      const uint64_t is_change = (w != 0) & (moved != 0)
                                 & (fabs (w) < INFINITY)
                                 & (fabs (moved) < INFINITY);
      const uint64_t is_log = is_change & (kept != 0) & (fabs (kept) < limit)
                              & (fabs (error[i]) < reach);
      const uint64_t crosses = (w < 0) & (moved > 0);
      const uint64_t falls = (w > 0) & (moved < 0);
      const uint64_t turns = unit * -change[i] > fabs (w);

      flips += is_change & ((multiplies & turns)
                            | ((multiplies ^ 1) & (crosses | falls)));
      changes += is_change;
      logs += is_log;
      change[i] = is_change ? change[i] : 0;
      error[i] = is_log ? error[i] : 0;
    }
  u->additive_flips += flips;
  u->changes += changes;
  u->logs += logs;
}

static void
add_part (probe_update *u, const optim_slice *s, size_t from, size_t n)
{
  const size_t padded = analysis_padded (n);
  double change[part_length], error[part_length];
  uint32_t due[part_length], lost[part_length];

  find_lost (u, s, from, n, due, lost);
  count_lost (u, n, s->before + from, due, lost);
  find_changes (s, from, n, change);
  find_errors (s, from, n, change, error);
  keep (u, s, from, n, change, error);
  for (size_t i = n; i < padded; i++)
    change[i] = error[i] = 0;
  u->l1 += analysis_sum_magnitudes (padded, change);
  u->l2_squared += analysis_sum_squares (padded, change);
  u->log_error += analysis_sum_squares (padded, error);
}

void
probe_update_add (probe_update *u, const optim_slice *s)
{
  for (size_t from = 0; from < s->n; from += part_length)
    add_part (u, s, from,
              s->n - from < part_length ? s->n - from : part_length);
}

void
probe_update_print (const probe_update *u, FILE *stream)
{
  char l1[TABLE_NUMBER], l2[TABLE_NUMBER], log_error[TABLE_NUMBER];

  table_number_text (u->l1, l1);
  table_number_text (sqrt (u->l2_squared), l2);
  table_number_text (u->log_error, log_error);
  fprintf (stream, "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64
           "\t%" PRIu64 "\t%" PRIu64 "\t%s\t%s\t%" PRIu64 "\t%s", u->updates,
           u->swallowed, u->flips, u->additive_flips, u->bounded, u->changes,
           l1, l2, u->logs, log_error);
}

void
probe_update_print_bins (const probe_update *u, const char *prefix,
                         FILE *stream)
{
  if (u->due_zeros > 0)
    fprintf (stream, "%s\t-\t%" PRIu64 "\t%" PRIu64 "\n", prefix,
             u->due_zeros, u->lost_zeros);
  for (int i = 0; i < ANALYSIS_EXPONENTS; i++)
    if (u->due[i] > 0)
      fprintf (stream, "%s\t%d\t%" PRIu64 "\t%" PRIu64 "\n", prefix,
               i + ANALYSIS_LEAST_EXPONENT, u->due[i], u->lost[i]);
}
