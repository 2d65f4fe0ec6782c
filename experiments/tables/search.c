/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: how learning rates were chosen.  Groups called search... hold runs at
   several rates; the best by validation accuracy is named, and flagged where
   it lies at an end of its grid: a better one may lie beyond.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/tables/select.h"
#include "experiments/tables/tables.h"

/* The runs of one group at one rate. */
typedef struct trial
{
  const char *group, *lr;   /* borrowed from the results */
  select_rows rows;
  double validation;
} trial;

typedef struct trials
{
  size_t count;
  trial *item;
} trials;

static trial *
trial_of (trials *all, const char *group, const char *lr)
{
  for (size_t i = 0; i < all->count; i++)
    if (strcmp (all->item[i].group, group) == 0
        && strcmp (all->item[i].lr, lr) == 0)
      return &all->item[i];
  all->item = memory_grow (all->item, all->count, sizeof all->item[0]);
  all->item[all->count] = (trial) { .group = group, .lr = lr };
  return &all->item[all->count++];
}

static trials
find_trials (const results_table *results)
{
  trials all = { 0, NULL };

  for (size_t row = 0; row < table_rows (results); row++)
    {
      const char *group = select_text (results, row, "group");

      if (strncmp (group, "search", strlen ("search")) == 0)
        select_add (&trial_of (&all, group,
                               select_text (results, row, "lr"))->rows, row);
    }
  for (size_t i = 0; i < all.count; i++)
    all.item[i].validation
      = select_mean (results, &all.item[i].rows, "validation_accuracy").mean;
  return all;
}

/* What is to be said of a trial: no, best, or edge, the best at an end of its
   group's rates, in their order in the study.  A rate at which a run diverged
   is never best, but a rate like any other. */
static const char *
verdict (const trials *all, const trial *one)
{
  const trial *first = NULL, *last = NULL;

  for (size_t i = 0; i < all->count; i++)
    {
      const trial *other = &all->item[i];

      if (strcmp (other->group, one->group) != 0)
        continue;
      first = first == NULL ? other : first;
      last = other;
      if (other->validation > one->validation
          || (other < one && other->validation == one->validation))
        return "no";
    }
  if (isnan (one->validation))
    return "no";
  return one == first || one == last ? "edge" : "best";
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  static const char *const columns[]
    = { "group", "lr", "n", "diverged", "validation_accuracy", "is_best" };
  const results_table *results = data->results;
  results_table *table = table_new ();
  trials all = find_trials (results);

  (void) error;
  for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
    table_column (table, columns[i]);
  for (size_t i = 0; i < all.count; i++)
    {
      const trial *one = &all.item[i];
      size_t row = table_add_row (table);

      select_set_text (table, row, "group", one->group);
      select_set_text (table, row, "lr", one->lr);
      select_set (table, row, "n", (double) one->rows.n);
      select_set (table, row, "diverged",
                  (double) select_count (results, &one->rows, "diverged"));
      select_set (table, row, "validation_accuracy", one->validation);
      select_set_text (table, row, "is_best", verdict (&all, one));
    }
  for (size_t i = 0; i < all.count; i++)
    free (all.item[i].rows.row);
  free (all.item);
  return table;
}

const report_table tables_search = {
  .name = "search",
  .summary = "learning rates tried: validation accuracy; the best, and whether "
             "it lies at an edge of the grid",
  .make = make,
};
