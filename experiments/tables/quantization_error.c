/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: the rounding error of each format on real tensors, a row a role and
   format of `probe-specs', at a run's last measured step.

   noise     root mean square error by the root mean square of the values
   relative  root mean square of (q - x) / x, zeros x left out

   Each is the root mean square over the role's layers, each layer counting as
   one, biases left out; then a mean and an interval over seeds.  Beside them
   what theory says (formats.h); for fixed point the noise is step / sqrt 12 by
   the root mean square of the values, layer by layer, the step being that of
   the scale for the layer's largest magnitude.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/tables/formats.h"
#include "experiments/tables/points.h"
#include "experiments/tables/tables.h"
#include "numsys/spec.h"

/* Of one run, role and format: sums of squares over layers. */
typedef struct entry
{
  const point *of;
  size_t run;
  const char *role, *spec;     /* borrowed */
  format_facts facts;
  double layers, noise, relative, fixed_noise;
  double nonzero, flushed;
} entry;

typedef struct entries
{
  size_t count;
  entry *item;
} entries;

static int
is_same (const entry *a, const entry *b)
{
  return a->of == b->of && strcmp (a->role, b->role) == 0
         && strcmp (a->spec, b->spec) == 0;
}

static entry *
entry_of (entries *all, const entry *like)
{
  for (size_t i = 0; i < all->count; i++)
    if (all->item[i].run == like->run && is_same (&all->item[i], like))
      return &all->item[i];
  all->item = memory_grow (all->item, all->count, sizeof all->item[0]);
  all->item[all->count] = *like;
  return &all->item[all->count++];
}

/* The last step of the run that a row is of. */
static double
last_step (const results_table *probes, size_t row)
{
  const char *hash = select_text (probes, row, "hash");
  double last = 0;

  for (size_t i = 0; i < table_rows (probes); i++)
    if (strcmp (select_text (probes, i, "hash"), hash) == 0)
      last = fmax (last, select_number (probes, i, "step"));
  return last;
}

/* One layer.  A format that loses nothing has infinite decibels. */
static int
add (entry *e, const results_table *probes, size_t row, numsys_error *error)
{
  const double decibels = select_number (probes, row, "sqnr_db");
  const double noise = pow (10, -decibels / 10);
  const double rms = select_number (probes, row, "rms");
  const double relative = select_number (probes, row, "relative_rms");
  format_range range;

  e->layers++;
  e->noise += noise;
  e->relative += relative * relative;
  e->nonzero += select_number (probes, row, "values")
                - select_number (probes, row, "zeros");
  e->flushed += select_number (probes, row, "flushed");
  if (strcmp (e->facts.family, "fixed") != 0)
    return 0;
  if (formats_range_of (e->spec, select_number (probes, row, "largest"),
                        &range, error) != 0)
    return -1;
  /* The mean square of the values is rms^2 / noise. */
  e->fixed_noise += range.least * range.least / 12 * noise / (rms * rms);
  return 0;
}

static int
is_shown (const results_table *probes, size_t row)
{
  const char *role = select_text (probes, row, "role");

  return strlen (role) == 1 && strchr ("WAEG", role[0]) != NULL
         && strcmp (select_text (probes, row, "tensor"), "bias") != 0
         && !isnan (select_number (probes, row, "sqnr_db"));
}

static int
collect (entries *all, const points *grid, const results_table *probes,
         numsys_error *error)
{
  const char *hash = "";
  double last = 0;

  for (size_t row = 0; row < table_rows (probes); row++)
    {
      entry like = {
        .role = select_text (probes, row, "role"),
        .spec = select_text (probes, row, "spec"),
      };

      if (strcmp (hash, select_text (probes, row, "hash")) != 0)
        last = last_step (probes, row);
      hash = select_text (probes, row, "hash");
      if (select_number (probes, row, "step") != last
          || !is_shown (probes, row))
        continue;
      like.of = points_of_row (grid, probes, row, &like.run);
      if (like.of == NULL)
        continue;
      if (formats_facts_of (like.spec, &like.facts, error) != 0)
        return -1;
      if (!like.facts.is_exact
          && add (entry_of (all, &like), probes, row, error) != 0)
        return -1;
    }
  return 0;
}

static void
write_mean (results_table *table, size_t row, const char *name,
            const char *width, size_t n, const double x[])
{
  const analysis_interval interval = analysis_interval_of (n, x);

  select_set (table, row, name, interval.mean);
  select_set (table, row, width, interval.half_width);
}

static void
write_theory (results_table *table, size_t row, const entry *first,
              size_t n, const double fixed[])
{
  format_theory theory = formats_theory_of (&first->facts);

  if (strcmp (first->facts.family, "fixed") == 0)
    theory.noise = analysis_interval_of (n, fixed).mean;
  select_set_known (table, row, "noise_theory", theory.noise);
  select_set_known (table, row, "relative_theory", theory.relative);
}

/* The runs that are like the one at `first', which is the first of them. */
static void
write_row (results_table *table, const points *grid, const entries *all,
           size_t first)
{
  const entry *one = &all->item[first];
  const size_t row = table_add_row (table);
  double *noise = memory_new (all->count, sizeof *noise);
  double *relative = memory_new (all->count, sizeof *relative);
  double *fixed = memory_new (all->count, sizeof *fixed);
  double nonzero = 0, flushed = 0;
  size_t n = 0;

  for (const entry *e = one; e < all->item + all->count; e++)
    if (is_same (e, one))
      {
        noise[n] = sqrt (e->noise / e->layers);
        relative[n] = sqrt (e->relative / e->layers);
        fixed[n++] = sqrt (e->fixed_noise / e->layers);
        nonzero += e->nonzero;
        flushed += e->flushed;
      }
  points_set_labels (table, row, grid, one->of);
  select_set_text (table, row, "role", one->role);
  select_set_text (table, row, "spec", one->spec);
  select_set_text (table, row, "family", one->facts.family);
  select_set (table, row, "bits", one->facts.bits);
  select_set_known (table, row, "gamma", one->facts.gamma);
  select_set_known (table, row, "significand", one->facts.significand);
  select_set (table, row, "layers", one->layers);
  select_set (table, row, "n", (double) n);
  write_mean (table, row, "noise", "noise_half_width", n, noise);
  write_mean (table, row, "relative", "relative_half_width", n, relative);
  select_set (table, row, "flushed_share", flushed / nonzero);
  write_theory (table, row, one, n, fixed);
  free (noise);
  free (relative);
  free (fixed);
}

static int
is_first (const entries *all, size_t i)
{
  for (size_t k = 0; k < i; k++)
    if (is_same (&all->item[k], &all->item[i]))
      return 0;
  return 1;
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  const results_table *probes = report_data_table (data, "probes", error);
  results_table *table;
  entries all = { 0, NULL };
  points grid;
  int result;

  if (probes == NULL)
    return NULL;
  table = table_new ();
  grid = points_find (data);
  result = collect (&all, &grid, probes, error);
  for (size_t i = 0; result == 0 && i < all.count; i++)
    if (is_first (&all, i))
      write_row (table, &grid, &all, i);
  free (all.item);
  points_free (&grid);
  if (result == 0 && table_rows (table) > 0)
    return table;
  if (result == 0)
    numsys_error_set (error, "The table quantization-error has no rows: no "
                      "reported run has probe-specs that were measured.");
  table_free (table);
  return NULL;
}

const report_table tables_quantization_error = {
  .name = "quantization-error",
  .summary = "rounding error of formats on a trained net's tensors, by role "
             "and bits, and what theory says",
  .make = make,
};
