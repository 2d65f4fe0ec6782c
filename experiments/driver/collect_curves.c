/* SPDX-License-Identifier: GPL-3.0-or-later */
/* curves.tsv: the training curves of all runs, one after the other.  */

#include <config.h>

#include <stdlib.h>

#include "experiments/driver/collect.h"
#include "experiments/results/memory.h"
#include "experiments/results/runs.h"
#include "experiments/driver/run.h"

/* The columns that place a run, as results.tsv has them, but no settings. */
static results_table *
curves_table (const study_file *study)
{
  results_table *table = table_new ();

  table_column (table, "hash");
  table_column (table, "group");
  for (size_t i = 0; i < study->groups; i++)
    for (size_t j = 0; j < study->group[i].axes; j++)
      if (settings_find (study->group[i].axis[j].name) < 0)
        table_column (table, study->group[i].axis[j].name);
  table_column (table, "seed");
  return table;
}

static void
set (results_table *table, size_t row, const char *column, const char *text)
{
  table_set_text (table, row, table_column (table, column), text);
}

static void
add_curve (results_table *table, const grid_run *run,
           const results_table *curve)
{
  const study_group *group = run->group;

  for (size_t i = 0; i < table_rows (curve); i++)
    {
      const size_t row = table_add_row (table);

      set (table, row, "hash", run->hash.text);
      set (table, row, "group", group->name);
      for (size_t j = 0; j < group->axes; j++)
        if (settings_find (group->axis[j].name) < 0)
          set (table, row, group->axis[j].name, run->label[j]);
      set (table, row, "seed", settings_get (&run->settings, "seed"));
      for (int j = 0; (size_t) j < table_columns (curve); j++)
        set (table, row, table_name (curve, j), table_text (curve, i, j));
    }
}

/* 0, or -1 and a sentence; a run that is not done has no curve. */
static int
collect_curve (const char *dir, const grid_run *run, results_table *table,
               numsys_error *error)
{
  char *path = runs_path (dir, &run->hash, RUN_RESULT);
  results_table *curve = NULL;
  runs_file file;
  int result = runs_read (path, &file, error);

  if (result == 0)
    {
      curve = runs_block (&file, 0, error);
      if (curve == NULL)
        result = -1;
      else
        add_curve (table, run, curve);
      table_free (curve);
      runs_free (&file);
    }
  free (path);
  return result < 0 ? -1 : 0;
}

int
collect_curves (const char *dir, const study_file *study, const grid *runs,
                numsys_error *error)
{
  results_table *table = curves_table (study);
  char *path = memory_format ("%s/curves.tsv", dir);
  int result = 0;

  for (size_t i = 0; i < runs->count && result == 0; i++)
    result = collect_curve (dir, &runs->run[i], table, error);
  if (result == 0)
    result = table_write (table, path, error);
  free (path);
  table_free (table);
  return result;
}
