/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables and figures of a study.  */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/report/report.h"
#include "experiments/results/memory.h"
#include "experiments/results/store.h"
#include "numsys/spec.h"

static int
unknown_table (const char *name, numsys_error *error)
{
  const char *words[64];
  char near[64], list[200] = "";
  size_t n = 0;

  for (; n < 64 && report_tables[n] != NULL; n++)
    {
      words[n] = report_tables[n]->name;
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                n > 0 ? ", " : "", words[n]);
    }
  numsys_nearest_word (name, n, words, near);
  numsys_error_set (error, "unknown table '%s'%s (tables: %s)", name, near,
                    list);
  return -1;
}

static const report_table *
find_table (const char *name)
{
  for (const report_table *const *t = report_tables; *t != NULL; t++)
    if (strcmp ((*t)->name, name) == 0)
      return *t;
  return NULL;
}

static int
make_table (const char *name, const report_data *data, const char *dir,
            numsys_error *error)
{
  const report_table *maker = find_table (name);
  results_table *table;
  char *path;
  int result;

  if (maker == NULL)
    return unknown_table (name, error);
  table = maker->make (data, error);
  if (table == NULL)
    return -1;
  path = memory_format ("%s/tables/%s.tsv", dir, name);
  result = table_write (table, path, error);
  free (path);
  table_free (table);
  return result;
}

/* Names of the axes, each once, without the seed: ended by NULL; the list is
   the caller's, its words are the study's. */
static const char **
axes_of (const study_file *study)
{
  const char **words = memory_new (1, sizeof words[0]);
  size_t n = 0;

  for (size_t i = 0; i < study->groups; i++)
    for (size_t j = 0; j < study->group[i].axes; j++)
      {
        const char *axis = study->group[i].axis[j].name;
        size_t k = 0;

        while (k < n && strcmp (words[k], axis) != 0)
          k++;
        if (k < n || strcmp (axis, "seed") == 0)
          continue;
        words[n++] = axis;
        words = memory_grow (words, n, sizeof words[0]);
        words[n] = NULL;
      }
  return words;
}

static int
make_tables (const study_file *study, const char *dir, numsys_error *error)
{
  char *path = memory_format ("%s/results.tsv", dir);
  results_table *results = table_read (path, error);
  char *folder = memory_format ("%s/tables", dir);
  const char **axes = axes_of (study);
  report_others others = { .dir = dir };
  report_data data = { .results = results, .axes = axes, .others = &others };
  int result = results != NULL ? 0 : -1;

  for (int i = 0; i < STUDY_LISTS; i++)
    data.list[i] = (const char *const *) study->list[i];
  if (result == 0 && study->tables[0] != NULL)
    result = store_make_folder (folder, error);
  for (char **name = study->tables; result == 0 && *name != NULL; name++)
    result = make_table (*name, &data, dir, error);
  report_others_free (&others);
  free (axes);
  free (folder);
  free (path);
  table_free (results);
  return result;
}

int
report_study (const study_file *study, const char *dir,
              const report_options *options, numsys_error *error)
{
  if (!options->is_text && make_tables (study, dir, error) != 0)
    return -1;
  return report_figures (study, dir, options, error);
}
