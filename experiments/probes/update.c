/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Updates of weights, measured.  */

#include <config.h>

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "analysis/logarithm.h"
#include "experiments/probes/update.h"
#include "experiments/results/table.h"

enum { part_length = 256 };

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

static void
count (probe_update *u, const optim_slice *s)
{
  for (size_t i = 0; i < s->n; i++)
    {
      const float w = s->before[i], fresh = s->stored[i];
      const unsigned due
        = (s->proposal[i] != 0) | (s->decays && w != 0);
      const unsigned lost = due & (fresh == w);

      u->updates += due;
      u->swallowed += lost;
      u->flips += ((w < 0) & (fresh > 0)) | ((w > 0) & (fresh < 0));
      u->bounded += (s->limit < INFINITY) & (fabsf (fresh) >= s->limit);
      if (w == 0)
        {
          u->due_zeros += due;
          u->lost_zeros += lost;
        }
      else if (fabsf (w) < INFINITY)
        {
          u->due[analysis_exponents_bin (w)] += due;
          u->lost[analysis_exponents_bin (w)] += lost;
        }
    }
}

/* log2 |y / x|; 0 unless both are finite and not zero. */
static void
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
static void
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
static void
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

static void
add_part (probe_update *u, const optim_slice *s, size_t from, size_t n)
{
  double change[part_length], error[part_length];

  find_changes (s, from, n, change);
  find_errors (s, from, n, change, error);
  for (size_t i = 0; i < n; i++)
    {
      const float w = s->before[from + i], exact = s->exact[from + i];
      const float stored = s->stored[from + i];
      const int flips = u->is_multiplicative
                          ? u->unit * -change[i] > fabs ((double) w)
                          : ((w < 0) & (exact > 0)) | ((w > 0) & (exact < 0));

      if (w == 0 || exact == 0 || !isfinite (w) || !isfinite (exact))
        continue;
      u->additive_flips += (uint64_t) flips;
      u->changes++;
      u->l1 += fabs (change[i]);
      u->l2_squared += change[i] * change[i];
      if (stored == 0 || !isfinite (stored) || fabsf (stored) >= s->limit
          || (s->steps != NULL && fabs (error[i] * s->gamma) >= 1))
        continue;
      u->logs++;
      u->log_error += error[i] * error[i];
    }
}

void
probe_update_add (probe_update *u, const optim_slice *s)
{
  count (u, s);
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
