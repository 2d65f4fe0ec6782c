/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.tsv and timings.tsv, from the files of runs.  */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "experiments/driver/collect.h"
#include "experiments/driver/collect_blocks.h"
#include "experiments/driver/provenance.h"
#include "experiments/results/memory.h"
#include "experiments/results/runs.h"
#include "experiments/driver/run.h"

void
collect_varying (const grid *runs, int varies[SETTINGS_COUNT])
{
  for (int k = 0; k < SETTINGS_COUNT; k++)
    {
      varies[k] = 0;
      for (size_t i = 1; i < runs->count && !varies[k]; i++)
        varies[k] = strcmp (runs->run[i].settings.value[k],
                            runs->run[0].settings.value[k]) != 0;
    }
  varies[settings_find ("seed")] = 0;
}

/* The columns that say which run it is. */
static void
add_columns (results_table *table, const study_file *study, const grid *runs,
             const int varies[SETTINGS_COUNT])
{
  table_column (table, "hash");
  table_column (table, "group");
  for (size_t i = 0; i < study->groups; i++)
    for (size_t j = 0; j < study->group[i].axes; j++)
      if (settings_find (study->group[i].axis[j].name) < 0)
        table_column (table, study->group[i].axis[j].name);
  for (int k = 0; k < SETTINGS_COUNT && runs->count > 0; k++)
    if (varies[k])
      table_column (table, settings_table[k].key);
  table_column (table, "seed");
}

static size_t
add_run (results_table *table, const grid_run *run,
         const int varies[SETTINGS_COUNT])
{
  const size_t row = table_add_row (table);
  const study_group *group = run->group;

  table_set_text (table, row, table_find (table, "hash"), run->hash.text);
  table_set_text (table, row, table_find (table, "group"), group->name);
  for (size_t j = 0; j < group->axes; j++)
    if (settings_find (group->axis[j].name) < 0)
      table_set_text (table, row, table_find (table, group->axis[j].name),
                      run->label[j]);
  for (int k = 0; k < SETTINGS_COUNT; k++)
    if (varies[k])
      table_set_text (table, row, table_find (table, settings_table[k].key),
                      run->settings.value[k]);
  table_set_text (table, row, table_find (table, "seed"),
                  settings_get (&run->settings, "seed"));
  return row;
}

/* A column KEY with the file's value of it. */
static void
copy_value (results_table *table, size_t row, const runs_file *file,
            const char *key)
{
  const char *value = runs_value (file, key);

  table_set_text (table, row, table_column (table, key),
                  value != NULL ? value : "");
}

/* ROLE_COUNT for each role that was quantized. */
static int
copy_roles (results_table *table, size_t row, const runs_file *file,
            numsys_error *error)
{
  results_table *counts = runs_block (file, RUN_BLOCK_ROLES, error);

  if (counts == NULL)
    return -1;
  for (size_t i = 0; i < table_rows (counts); i++)
    {
      if (table_number (counts, i, 1) == 0)
        continue;
      for (size_t j = 1; j < table_columns (counts); j++)
        {
          char *name = memory_format ("%s_%s", table_text (counts, i, 0),
                                      table_name (counts, (int) j));
          table_set_text (table, row, table_column (table, name),
                          table_text (counts, i, (int) j));
          free (name);
        }
    }
  table_free (counts);
  return 0;
}

/* A row of results and one of timings; 1 when the run is not done. */
static int
collect_run (const char *dir, const grid_run *run,
             const int varies[SETTINGS_COUNT], results_table *results,
             results_table *timings, numsys_error *error)
{
  static const char *const clocks[]
    = { "seconds", "steps_per_second", "version", "host", "isa", "jobs",
        "threads" };
  char *path = runs_path (dir, &run->hash, RUN_RESULT);
  char *time_path = runs_path (dir, &run->hash, RUN_TIME);
  runs_file file, time = { NULL, 0, NULL, NULL };
  int result = runs_read (path, &file, error);
  size_t row;

  if (result == 0)
    {
      row = add_run (results, run, varies);
      copy_value (results, row, &file, "status");
      for (size_t i = 0; i < RUN_METRICS; i++)
        copy_value (results, row, &file, run_metrics[i].name);
      result = copy_roles (results, row, &file, error);
      row = add_run (timings, run, varies);
      if (runs_read (time_path, &time, error) == 0)
        for (size_t i = 0; i < sizeof clocks / sizeof clocks[0]; i++)
          copy_value (timings, row, &time, clocks[i]);
      runs_free (&time);
      runs_free (&file);
    }
  free (path);
  free (time_path);
  return result;
}

int
collect_results (const char *dir, const study_file *study, const grid *runs,
                 size_t *absent, numsys_error *error)
{
  results_table *results = table_new (), *timings = table_new ();
  int varies[SETTINGS_COUNT], result = 0, naming;
  size_t missing = 0;
  char *path;

  collect_varying (runs, varies);
  add_columns (results, study, runs, varies);
  naming = (int) table_columns (results);
  add_columns (timings, study, runs, varies);
  for (size_t i = 0; i < runs->count && result >= 0; i++)
    {
      result = collect_run (dir, &runs->run[i], varies, results, timings,
                            error);
      missing += result > 0 && runs->run[i].is_first;
    }
  if (result >= 0)
    {
      path = memory_format ("%s/results.tsv", dir);
      result = table_write (results, path, error);
      free (path);
    }
  if (result == 0)
    {
      path = memory_format ("%s/timings.tsv", dir);
      result = table_write (timings, path, error);
      free (path);
    }
  if (result == 0)
    result = collect_blocks (dir, results, naming, error);
  if (result == 0)
    result = collect_curves (dir, study, runs, error);
  if (result == 0)
    result = provenance_write (dir, study, runs, results, error);
  table_free (results);
  table_free (timings);
  if (absent != NULL)
    *absent = missing;
  return result;
}
