/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measured tensors in tables.  */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/tables/tensors.h"
#include "numsys/spec.h"

const char *const tensors_what[TENSORS_WHAT]
  = { "step", "epoch", "role", "layer", "tensor" };

void
tensors_add (tensors *all, const points *grid, const results_table *from,
            size_t first, size_t last)
{
  tensor one = {
    .first = first,
    .last = last,
    .role = select_text (from, first, "role"),
    .name = select_text (from, first, "tensor"),
    .spec = select_text (from, first, "spec"),
    .layer = select_number (from, first, "layer"),
  };

  one.of = points_of_row (grid, from, first, &one.run);
  if (one.of == NULL)
    return;
  all->item = memory_grow (all->item, all->count, sizeof one);
  all->item[all->count++] = one;
}

/* The steps of one tensor stand together, so that lines can be drawn. */
static int
by_series (const void *a, const void *b)
{
  const tensor *x = a, *y = b;
  int order = (x->of > y->of) - (x->of < y->of);

  order = order != 0 ? order : (x->run > y->run) - (x->run < y->run);
  order = order != 0 ? order : strcmp (x->role, y->role);
  order = order != 0 ? order : (x->layer > y->layer) - (x->layer < y->layer);
  order = order != 0 ? order : strcmp (x->name, y->name);
  order = order != 0 ? order : strcmp (x->spec, y->spec);
  return order != 0 ? order : (x->first > y->first) - (x->first < y->first);
}

size_t
tensors_write (results_table *table, const points *grid,
              const results_table *from, const tensor *one)
{
  const size_t row = table_add_row (table);

  points_set_labels (table, row, grid, one->of);
  select_set_text (table, row, "seed",
                   select_text (from, one->first, "seed"));
  for (size_t i = 0; i < TENSORS_WHAT; i++)
    select_set_text (table, row, tensors_what[i],
                     select_text (from, one->first, tensors_what[i]));
  return row;
}

results_table *
tensors_table (const report_data *data, const tensors_maker *by,
               numsys_error *error)
{
  const results_table *from = report_data_table (data, by->from, error);
  results_table *table;
  tensors all = { 0, NULL };
  points grid;
  int result;

  if (from == NULL)
    return NULL;
  table = table_new ();
  grid = points_find (data);
  result = by->find (&all, &grid, from, error);
  if (all.count > 0)
    qsort (all.item, all.count, sizeof all.item[0], by_series);
  for (size_t i = 0; result == 0 && i < all.count; i++)
    result = by->write (table, &grid, from, &all.item[i], error);
  free (all.item);
  points_free (&grid);
  if (result == 0 && table_rows (table) > 0)
    return table;
  if (result == 0)
    numsys_error_set (error, "The table %s has no rows: no tensor of a "
                      "reported run was measured so.", by->name);
  table_free (table);
  return NULL;
}
