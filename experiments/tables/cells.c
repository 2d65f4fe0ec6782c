/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of an accuracy map, and why they lose.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/tables/cells.h"

/* Points of accuracy. */
#define LOSS 1.0
/* The share of raised values up to which a range counts as wide enough. */
#define LITTLE 0.01

const char *const cells_roles[CELLS_ROLES] = { "W", "A", "E", "G" };

/* The map that a run belongs to: of the axis, or else its group. */
static const char *
map_of (const results_table *results, size_t row)
{
  const char *map = select_text (results, row, "map");

  return strcmp (map, "-") == 0 ? select_text (results, row, "group") : map;
}

static cell *
cell_of (cells *all, const char *map, double gamma, double bits)
{
  for (size_t i = 0; i < all->count; i++)
    if (strcmp (all->item[i].map, map) == 0 && all->item[i].gamma == gamma
        && all->item[i].bits == bits)
      return &all->item[i];
  all->item = memory_grow (all->item, all->count, sizeof all->item[0]);
  all->item[all->count] = (cell) { .map = map, .gamma = gamma, .bits = bits };
  return &all->item[all->count++];
}

/* The first cell of this one's map, and of its gamma. */
static size_t
first_of_map (const cells *all, size_t i)
{
  size_t first = 0;

  while (strcmp (all->item[first].map, all->item[i].map) != 0)
    first++;
  return first;
}

static size_t
first_of_gamma (const cells *all, size_t i)
{
  size_t first = 0;

  while (all->item[first].gamma != all->item[i].gamma)
    first++;
  return first;
}

/* Counts the maps that came before, and the smaller gammas. */
static void
place (cells *all, size_t i)
{
  cell *one = &all->item[i];

  for (size_t k = 0; k < all->count; k++)
    {
      one->map_index += first_of_map (all, k) == k
                        && k < first_of_map (all, i);
      one->gamma_index += first_of_gamma (all, k) == k
                          && all->item[k].gamma < one->gamma;
    }
}

static void
judge_raised (cell *one, const results_table *results)
{
  one->raised = NAN;
  for (size_t role = 0; role < CELLS_ROLES; role++)
    {
      double share = select_share (results, &one->rows, cells_roles[role],
                                   "raised");

      if (!(share <= one->raised) && !isnan (share))
        {
          one->raised = share;
          one->raised_role = role;
        }
    }
}

cells
cells_find (const results_table *results, const float32_baseline *best)
{
  const select_rows nothing = { 0, NULL };
  cells all = { 0, NULL };

  for (size_t row = 0; row < table_rows (results); row++)
    if (select_is_cell (results, row))
      select_add (&cell_of (&all, map_of (results, row),
                            select_number (results, row, "gamma"),
                            select_number (results, row, "bits"))->rows,
                  row);
  for (size_t i = 0; i < all.count; i++)
    {
      place (&all, i);
      judge_raised (&all.item[i], results);
      all.item[i].difference
        = select_difference (results, &all.item[i].rows,
                             best != NULL ? &best->rows : &nothing,
                             "test_accuracy");
    }
  return all;
}

void
cells_free (cells *all)
{
  for (size_t i = 0; i < all->count; i++)
    free (all->item[i].rows.row);
  free (all->item);
}

/* Without a float32 run of a same seed there is nothing to lose against; a
   mean that is no number is a diverged run's. */
static int
is_lost (const cell *one)
{
  return one->difference.n > 0 && !(one->difference.mean >= -LOSS);
}

/* The loss to compare by: a diverged run loses everything. */
static double
gained (const cell *one)
{
  return isnan (one->difference.mean) ? -INFINITY : one->difference.mean;
}

const char *
cells_cause (const cells *all, const cell *one)
{
  const cell *widest = one;

  for (size_t i = 0; i < all->count; i++)
    if (all->item[i].map_index == one->map_index
        && all->item[i].gamma == one->gamma
        && all->item[i].bits > widest->bits)
      widest = &all->item[i];
  if (!is_lost (one))
    return "none";
  if (!is_lost (widest) || widest->raised > LITTLE)
    return "range";
  return gained (one) >= gained (widest) - LOSS ? "gap" : "both";
}
