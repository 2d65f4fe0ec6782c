/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: the smallest bits within one point of float32, for every study with
   an axis `bits'.  A series is the results that agree on all axes but bits
   (and the rate, which is chosen).  Looked at from the widest down: the first
   that loses more than a point ends it, so that a lucky narrow one does not
   count.  Beside it, how fast bits mend the updates that rounding swallows: the
   slope of the logarithm to base 2 of their share, per bit.  */

#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/tables/points.h"
#include "experiments/tables/tables.h"
#include "numsys/spec.h"

/* Points of accuracy. */
#define LOSS 1.0

/* The results of a series by bits, narrow to wide. */
typedef struct series
{
  size_t n;
  const point **item;
  double *bits, *difference;
} series;

static int
by_bits (const points *all, const point *a, const point *b)
{
  const double x = strtod (points_label (all, a, "bits"), NULL);
  const double y = strtod (points_label (all, b, "bits"), NULL);

  return x < y ? -1 : x > y;
}

static series
series_of (const points *all, const point *first)
{
  static const char *const but[] = { "bits", POINTS_RATE, NULL };
  series s = { 0, NULL, NULL, NULL };

  for (const point *one = first; one < all->item + all->count; one++)
    if (points_is_result (one) && strcmp (one->group, first->group) == 0
        && points_agree (all, first, one, but))
      {
        size_t i = s.n;

        s.item = memory_grow (s.item, s.n++, sizeof s.item[0]);
        for (; i > 0 && by_bits (all, s.item[i - 1], one) > 0; i--)
          s.item[i] = s.item[i - 1];
        s.item[i] = one;
      }
  s.bits = memory_new (s.n, sizeof s.bits[0]);
  s.difference = memory_new (s.n, sizeof s.difference[0]);
  for (size_t i = 0; i < s.n; i++)
    s.bits[i] = strtod (points_label (all, s.item[i], "bits"), NULL);
  return s;
}

/* Whether this point is the first of its series. */
static int
begins (const points *all, const point *one)
{
  static const char *const but[] = { "bits", POINTS_RATE, NULL };

  if (!points_is_result (one)
      || strcmp (points_label (all, one, "bits"), "-") == 0)
    return 0;
  for (const point *other = all->item; other < one; other++)
    if (points_is_result (other) && strcmp (other->group, one->group) == 0
        && points_agree (all, one, other, but))
      return 0;
  return 1;
}

/* smallest: of the bits tried, all wider ones within a point too; `-' when the
   widest is not.  crossing: where the loss is one point, between that and the
   next narrower one; `-' when there is none. */
static void
write_smallest (results_table *table, size_t row, const series *s,
                const char *name)
{
  size_t good = s->n;
  double crossing = NAN;
  char column[32];

  while (good > 0 && s->difference[good - 1] >= -LOSS)
    good--;
  snprintf (column, sizeof column, "%s_smallest", name);
  select_set_known (table, row, column, good < s->n ? s->bits[good]
                                                    : (double) NAN);
  if (good > 0 && good < s->n)
    crossing = analysis_crossing (2, s->bits + good - 1,
                                  s->difference + good - 1, -LOSS);
  snprintf (column, sizeof column, "%s_crossing", name);
  select_set_known (table, row, column, crossing);
  snprintf (column, sizeof column, "%s_verdict", name);
  select_set_text (table, row, column,
                   good == 0 ? "all tried are within 1 point"
                   : good == s->n ? "none tried is within 1 point" : "found");
}

static void
compare (results_table *table, size_t row, const points *all, series *s,
         int is_own, const char *name)
{
  for (size_t i = 0; i < s->n; i++)
    {
      const point *float32 = points_float32 (all, s->item[i], is_own);
      const select_rows nothing = { 0, NULL };

      s->difference[i]
        = select_difference (all->data->results, &s->item[i]->rows,
                             float32 != NULL ? &float32->rows : &nothing,
                             "test_accuracy").mean;
    }
  write_smallest (table, row, s, name);
}

/* Widths at which nothing was swallowed, or everything, tell nothing. */
static void
write_slope (results_table *table, size_t row, const points *all,
             const series *s)
{
  double *bits = memory_new (s->n, sizeof *bits);
  double *octaves = memory_new (s->n, sizeof *octaves);
  analysis_line line;
  size_t n = 0;

  for (size_t i = 0; i < s->n; i++)
    {
      const double share = points_share (all, s->item[i], "swallowed",
                                         "updates");

      if (!(share > 0 && share < 1))
        continue;
      bits[n] = s->bits[i];
      octaves[n++] = log2 (share);
    }
  line = analysis_line_of (n, bits, octaves);
  select_set_known (table, row, "swallowed_slope", line.slope);
  select_set_known (table, row, "swallowed_slope_error", line.slope_error);
  free (bits);
  free (octaves);
}

static void
write_series (results_table *table, const points *all, const point *first)
{
  const size_t row = table_add_row (table);
  series s = series_of (all, first);

  select_set_text (table, row, "group", first->group);
  for (const char *const *axis = all->data->axes; *axis != NULL; axis++)
    if (strcmp (*axis, "bits") != 0 && strcmp (*axis, POINTS_RATE) != 0)
      select_set_text (table, row, *axis, points_label (all, first, *axis));
  select_set (table, row, "narrowest", s.bits[0]);
  select_set (table, row, "widest", s.bits[s.n - 1]);
  compare (table, row, all, &s, 0, "best");
  compare (table, row, all, &s, 1, "own");
  write_slope (table, row, all, &s);
  free (s.item);
  free (s.bits);
  free (s.difference);
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  results_table *table = table_new ();
  points all = points_find (data);

  for (size_t i = 0; i < all.count; i++)
    if (begins (&all, &all.item[i]))
      write_series (table, &all, &all.item[i]);
  points_free (&all);
  if (table_rows (table) > 0)
    return table;
  numsys_error_set (error, "The table smallest-bits has no rows: no run has "
                    "bits.");
  table_free (table);
  return NULL;
}

const report_table tables_smallest_bits = {
  .name = "smallest-bits",
  .summary = "the smallest bits within one point of float32, by system: of "
             "those tried, and interpolated; against the best float32 and that "
             "of the same optimizer",
  .make = make,
};
