/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The study's float32 runs.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/tables/float32.h"

/* The baseline that a row belongs to, made if it is the first. */
static float32_baseline *
baseline_of (float32_list *list, const results_table *results, size_t row)
{
  const char *group = select_text (results, row, "group");
  const char *optimizer = select_text (results, row, "optimizer");
  const char *lr = select_text (results, row, "lr");

  for (size_t i = 0; i < list->count; i++)
    if (strcmp (list->item[i].group, group) == 0
        && strcmp (list->item[i].optimizer, optimizer) == 0
        && strcmp (list->item[i].lr, lr) == 0)
      return &list->item[i];
  list->item = memory_grow (list->item, list->count, sizeof list->item[0]);
  list->item[list->count]
    = (float32_baseline) { group, optimizer, lr, { 0, NULL }, -INFINITY, 0 };
  return &list->item[list->count++];
}

/* Whether a cell has the seed of one of rows; where there are no cells, all is
   reported. */
static int
is_reported (const results_table *results, const select_rows *rows)
{
  size_t cells = 0;

  for (size_t row = 0; row < table_rows (results); row++)
    if (select_is_cell (results, row))
      {
        cells++;
        if (select_find_seed (results, rows, row) >= 0)
          return 1;
      }
  return cells == 0;
}

float32_list
float32_find (const results_table *results)
{
  float32_list list = { 0, NULL };

  for (size_t row = 0; row < table_rows (results); row++)
    if (select_is_float32 (results, row))
      select_add (&baseline_of (&list, results, row)->rows, row);
  for (size_t i = 0; i < list.count; i++)
    {
      double mean = select_mean (results, &list.item[i].rows,
                                 "validation_accuracy").mean;
      if (isfinite (mean))
        list.item[i].validation = mean;
      list.item[i].is_reported = is_reported (results, &list.item[i].rows);
    }
  return list;
}

void
float32_free (float32_list *list)
{
  for (size_t i = 0; i < list->count; i++)
    free (list->item[i].rows.row);
  free (list->item);
}

/* Specs of one optimizer, whatever its parameters. */
static int
is_same_name (const char *a, const char *b)
{
  size_t length = strcspn (a, ":");

  return length == strcspn (b, ":") && strncmp (a, b, length) == 0;
}

const float32_baseline *
float32_best (const float32_list *list, const char *optimizer)
{
  const float32_baseline *best = NULL;

  for (size_t i = 0; i < list->count; i++)
    if (list->item[i].is_reported
        && (optimizer == NULL
            || is_same_name (list->item[i].optimizer, optimizer))
        && (best == NULL || list->item[i].validation > best->validation))
      best = &list->item[i];
  return best;
}
