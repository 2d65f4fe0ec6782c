/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of a results table that belong together, and what they say.  */

#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/tables/select.h"

void
select_add (select_rows *rows, size_t row)
{
  rows->row = memory_grow (rows->row, rows->n, sizeof rows->row[0]);
  rows->row[rows->n++] = row;
}

const char *
select_text (const results_table *results, size_t row, const char *column)
{
  return table_text (results, row, table_find (results, column));
}

double
select_number (const results_table *results, size_t row, const char *column)
{
  return table_number (results, row, table_find (results, column));
}

int
select_is_float32 (const results_table *results, size_t row)
{
  static const char suffix[] = "_values";

  for (int column = 0; (size_t) column < table_columns (results); column++)
    {
      const char *name = table_name (results, column);
      size_t length = strlen (name);

      if (length >= strlen (suffix)
          && strcmp (name + length - strlen (suffix), suffix) == 0
          && table_number (results, row, column) > 0)
        return 0;
    }
  return 1;
}

int
select_is_cell (const results_table *results, size_t row)
{
  return !isnan (select_number (results, row, "gamma"))
         && !isnan (select_number (results, row, "bits"))
         && !select_is_float32 (results, row);
}

analysis_interval
select_mean (const results_table *results, const select_rows *rows,
             const char *metric)
{
  double *x = memory_new (rows->n, sizeof *x);
  analysis_interval interval;

  for (size_t i = 0; i < rows->n; i++)
    x[i] = select_number (results, rows->row[i], metric);
  interval = analysis_interval_of (rows->n, x);
  free (x);
  return interval;
}

ptrdiff_t
select_find_seed (const results_table *results, const select_rows *others,
                  size_t row)
{
  const char *seed = select_text (results, row, "seed");

  for (size_t i = 0; i < others->n; i++)
    if (strcmp (select_text (results, others->row[i], "seed"), seed) == 0)
      return (ptrdiff_t) others->row[i];
  return -1;
}

analysis_interval
select_difference (const results_table *results, const select_rows *rows,
                   const select_rows *others, const char *metric)
{
  double *x = memory_new (rows->n, sizeof *x);
  double *y = memory_new (rows->n, sizeof *y);
  analysis_interval interval;
  size_t n = 0;

  for (size_t i = 0; i < rows->n; i++)
    {
      ptrdiff_t partner = select_find_seed (results, others, rows->row[i]);

      if (partner < 0)
        continue;
      x[n] = select_number (results, rows->row[i], metric);
      y[n++] = select_number (results, (size_t) partner, metric);
    }
  interval = analysis_paired (n, x, y, x);
  free (x);
  free (y);
  return interval;
}

size_t
select_count (const results_table *results, const select_rows *rows,
              const char *status)
{
  size_t count = 0;

  for (size_t i = 0; i < rows->n; i++)
    count += strcmp (select_text (results, rows->row[i], "status"), status)
             == 0;
  return count;
}

double
select_share (const results_table *results, const select_rows *rows,
              const char *role, const char *event)
{
  char of_values[32], of_event[32];
  double values = 0, events = 0;

  snprintf (of_values, sizeof of_values, "%s_values", role);
  snprintf (of_event, sizeof of_event, "%s_%s", role, event);
  for (size_t i = 0; i < rows->n; i++)
    {
      double more = select_number (results, rows->row[i], of_values);

      if (!(more > 0))
        continue;
      values += more;
      events += select_number (results, rows->row[i], of_event);
    }
  return values > 0 ? events / values : NAN;
}

void
select_set (results_table *table, size_t row, const char *column, double x)
{
  table_set_number (table, row, table_column (table, column), x);
}

void
select_set_known (results_table *table, size_t row, const char *column,
                  double x)
{
  if (isnan (x))
    table_column (table, column);
  else
    select_set (table, row, column, x);
}

void
select_set_text (results_table *table, size_t row, const char *column,
                 const char *text)
{
  table_set_text (table, row, table_column (table, column), text);
}
