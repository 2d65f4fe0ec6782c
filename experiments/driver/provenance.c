/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DIR/study.cfg and DIR/provenance.tsv.  */

#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/driver/provenance.h"
#include "experiments/results/memory.h"
#include "experiments/results/store.h"
#include "numsys/spec.h"

static void
add (results_table *table, const char *key, const char *value)
{
  const size_t row = table_add_row (table);

  table_set_text (table, row, table_column (table, "key"), key);
  table_set_text (table, row, table_column (table, "value"), value);
}

static void
add_count (results_table *table, const char *key, size_t count)
{
  char *text = memory_format ("%zu", count);

  add (table, key, text);
  free (text);
}

/* The different seeds of the runs, in their order. */
static void
add_seeds (results_table *table, const results_table *results)
{
  const int column = table_find (results, "seed");
  char *list = memory_copy ("");

  for (size_t i = 0; i < table_rows (results); i++)
    {
      const char *seed = table_text (results, i, column);
      size_t j = 0;
      char *longer;

      while (j < i && strcmp (table_text (results, j, column), seed) != 0)
        j++;
      if (j < i)
        continue;
      longer = memory_format ("%s%s%s", list, *list != '\0' ? " " : "", seed);
      free (list);
      list = longer;
    }
  add (table, "seeds", list);
  free (list);
}

/* Settings that all runs share, and what the size and the user changed. */
static void
add_settings (results_table *table, const study_file *study,
              const grid *runs)
{
  for (size_t i = 0; i < study->over.count; i++)
    {
      char *key = memory_format ("over %s", study->over.item[i].name);
      add (table, key, study->over.item[i].value);
      free (key);
    }
  for (int k = 0; k < SETTINGS_COUNT && runs->count > 0; k++)
    {
      const char *value = runs->run[0].settings.value[k];
      size_t i = 1;

      while (i < runs->count
             && strcmp (runs->run[i].settings.value[k], value) == 0)
        i++;
      add (table, settings_table[k].key, i == runs->count ? value : "varies");
    }
}

static int
copy_text (FILE *stream, const void *text)
{
  return fputs (text, stream) < 0 ? -1 : 0;
}

int
provenance_begin (const char *dir, const study_file *study,
                  numsys_error *error)
{
  char *path = memory_format ("%s/study.cfg", dir);
  char *text = memory_read_file (study->path, NULL);
  int result = -1;

  if (text == NULL)
    numsys_error_set (error, "cannot read %s: %s", study->path,
                      strerror (errno));
  else
    result = store_write_file (path, copy_text, text, error);
  free (text);
  free (path);
  return result;
}

int
provenance_write (const char *dir, const study_file *study, const grid *runs,
                  const results_table *results, numsys_error *error)
{
  results_table *table = table_new ();
  char *path = memory_format ("%s/provenance.tsv", dir);
  int result;

  add (table, "study", study->name);
  add (table, "size", study->size);
  add (table, "question", study->question);
  add (table, "version", PACKAGE_VERSION);
  add_count (table, "numerics", STORE_NUMERICS);
  add_count (table, "runs", table_rows (results));
  add_seeds (table, results);
  add_settings (table, study, runs);
  result = table_write (table, path, error);
  free (path);
  table_free (table);
  return result;
}

static const char *
value_of (const results_table *table, const char *key)
{
  for (size_t i = 0; i < table_rows (table); i++)
    if (strcmp (table_text (table, i, 0), key) == 0)
      return table_text (table, i, 1);
  return "-";
}

/* Lists that the user set; settings are those of the runs that are there. */
static int
set_again (study_file *study, const char *key, const char *value,
           numsys_error *error)
{
  char *assignment;
  int result;

  if (strncmp (key, "over ", 5) != 0 || study_find_list (key + 5) < 0)
    return 0;
  assignment = memory_format ("%s=%s", key + 5, value);
  result = study_set (study, assignment, error);
  free (assignment);
  return result;
}

int
provenance_read (const char *dir, study_file *study, numsys_error *error)
{
  char *path = memory_format ("%s/provenance.tsv", dir);
  results_table *table = table_read (path, error);
  int result = -1;

  memset (study, 0, sizeof *study);
  free (path);
  if (table == NULL)
    return -1;
  path = memory_format ("%s/study.cfg", dir);
  result = study_read (path, value_of (table, "size"), study, error);
  for (size_t i = 0; result == 0 && i < table_rows (table); i++)
    result = set_again (study, table_text (table, i, 0),
                        table_text (table, i, 1), error);
  if (result == 0)
    {
      free (study->name);
      study->name = memory_copy (value_of (table, "study"));
    }
  free (path);
  table_free (table);
  return result;
}
