/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points of a grid, and which of their learning rates is chosen.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/tables/points.h"

static const char *const rate_only[] = { POINTS_RATE, NULL };

static int
is_among (const char *word, const char *const words[])
{
  while (*words != NULL && strcmp (*words, word) != 0)
    words++;
  return *words != NULL;
}

/* Whether two rows have the same labels on all axes but these. */
static int
rows_agree (const report_data *data, size_t a, size_t b,
            const char *const but[])
{
  for (const char *const *axis = data->axes; *axis != NULL; axis++)
    if (!is_among (*axis, but)
        && strcmp (select_text (data->results, a, *axis),
                   select_text (data->results, b, *axis)) != 0)
      return 0;
  return 1;
}

const char *
points_label (const points *all, const point *one, const char *axis)
{
  return select_text (all->data->results, one->rows.row[0], axis);
}

int
points_agree (const points *all, const point *one, const point *other,
              const char *const but[])
{
  return rows_agree (all->data, one->rows.row[0], other->rows.row[0], but);
}

static point *
point_of (points *all, size_t row)
{
  static const char *const none[] = { NULL };
  const char *group = select_text (all->data->results, row, "group");
  point *one;

  /* The runs of a point stand together, seeds being the last axis. */
  if (all->count > 0)
    {
      one = &all->item[all->count - 1];
      if (strcmp (one->group, group) == 0
          && rows_agree (all->data, one->rows.row[0], row, none))
        return one;
    }
  all->item = memory_grow (all->item, all->count, sizeof all->item[0]);
  one = &all->item[all->count++];
  *one = (point) {
    .group = group,
    .is_search = strncmp (group, "search", strlen ("search")) == 0,
    .is_float32 = select_is_float32 (all->data->results, row),
  };
  return one;
}

/* Of the points that compete with one: those of searches, or of its group. */
static int
competes (const points *all, const point *one, const point *other,
          int by_search)
{
  return (by_search ? other->is_search
                    : strcmp (other->group, one->group) == 0)
         && points_agree (all, one, other, rate_only);
}

/* Where in the list of its competitors a point's rate is the best, and whether
   that is one's own. */
static points_choice
choose (const points *all, const point *one)
{
  const point *best = NULL, *first = NULL, *last = NULL;
  int by_search = 0;

  if (strcmp (points_label (all, one, POINTS_RATE), "-") == 0)
    return POINTS_NONE;
  for (size_t i = 0; i < all->count; i++)
    by_search |= competes (all, one, &all->item[i], 1);
  for (size_t i = 0; i < all->count; i++)
    {
      const point *other = &all->item[i];

      if (!competes (all, one, other, by_search))
        continue;
      first = first == NULL ? other : first;
      last = other;
      if (!isnan (other->validation)
          && (best == NULL || other->validation > best->validation))
        best = other;
    }
  /* Where every rate diverged, the least has to stand for the cell. */
  if (best == NULL)
    best = first;
  if (strcmp (points_label (all, one, POINTS_RATE),
              points_label (all, best, POINTS_RATE)) != 0)
    return POINTS_NOT_CHOSEN;
  return best == first || best == last ? POINTS_EDGE : POINTS_CHOSEN;
}

points
points_find (const report_data *data)
{
  points all = { data, 0, NULL };

  for (size_t row = 0; row < table_rows (data->results); row++)
    select_add (&point_of (&all, row)->rows, row);
  for (size_t i = 0; i < all.count; i++)
    all.item[i].validation
      = select_count (data->results, &all.item[i].rows, "diverged") > 0
        ? (double) NAN
        : select_mean (data->results, &all.item[i].rows,
                       "validation_accuracy").mean;
  for (size_t i = 0; i < all.count; i++)
    all.item[i].choice = choose (&all, &all.item[i]);
  return all;
}

void
points_free (points *all)
{
  for (size_t i = 0; i < all->count; i++)
    free (all->item[i].rows.row);
  free (all->item);
}

int
points_is_result (const point *one)
{
  return !one->is_search && one->choice != POINTS_NOT_CHOSEN;
}

const point *
points_of_row (const points *all, const results_table *other, size_t row,
               size_t *run)
{
  const results_table *results = all->data->results;
  const char *hash = select_text (other, row, "hash");
  const char *group = select_text (other, row, "group");

  for (const point *one = all->item; one < all->item + all->count; one++)
    if (points_is_result (one) && strcmp (one->group, group) == 0)
      for (size_t i = 0; i < one->rows.n; i++)
        if (strcmp (select_text (results, one->rows.row[i], "hash"), hash)
            == 0)
          {
            *run = i;
            return one;
          }
  return NULL;
}

/* The same optimizer, whatever its parameters. */
static int
is_same_rule (const points *all, const point *one, const point *other)
{
  const char *a = points_label (all, one, "optimizer");
  const char *b = points_label (all, other, "optimizer");
  const size_t length = strcspn (a, ":");

  return length == strcspn (b, ":") && strncmp (a, b, length) == 0;
}

const point *
points_float32 (const points *all, const point *one, int is_own)
{
  const point *best = NULL;

  for (size_t i = 0; i < all->count; i++)
    {
      const point *other = &all->item[i];

      if (other->is_float32 && points_is_result (other)
          && !isnan (other->validation)
          && (!is_own || is_same_rule (all, one, other))
          && (best == NULL || other->validation > best->validation))
        best = other;
    }
  return best;
}

const char *
points_choice_name (points_choice choice)
{
  static const char *const names[] = {
    [POINTS_NONE] = "-",
    [POINTS_CHOSEN] = "best",
    [POINTS_EDGE] = "edge",
    [POINTS_NOT_CHOSEN] = "no",
  };

  return names[choice];
}

double
points_share (const points *all, const point *one, const char *part,
              const char *whole)
{
  const results_table *results = all->data->results;
  double parts = 0, wholes = 0;

  for (size_t i = 0; i < one->rows.n; i++)
    {
      parts += select_number (results, one->rows.row[i], part);
      wholes += select_number (results, one->rows.row[i], whole);
    }
  return wholes > 0 ? parts / wholes : (double) NAN;
}

void
points_set_labels (results_table *table, size_t row, const points *all,
                   const point *one)
{
  select_set_text (table, row, "group", one->group);
  for (const char *const *axis = all->data->axes; *axis != NULL; axis++)
    select_set_text (table, row, *axis, points_label (all, one, *axis));
}
