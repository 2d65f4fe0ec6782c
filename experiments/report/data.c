/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables beside results.tsv, read when they are asked for.  */

#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "experiments/report/report.h"
#include "experiments/results/memory.h"
#include "numsys/spec.h"

static results_table *
read_other (const char *dir, const char *name, numsys_error *error)
{
  char *path = memory_format ("%s/%s.tsv", dir, name);
  results_table *table = NULL;

  if (access (path, F_OK) != 0)
    numsys_error_set (error, "%s is not there: it is made of the runs in "
                      "%s/runs when 'numsys run' ends", path, dir);
  else
    table = table_read (path, error);
  free (path);
  return table;
}

void
report_others_free (report_others *others)
{
  for (size_t i = 0; i < others->count; i++)
    {
      free (others->item[i].name);
      table_free (others->item[i].table);
    }
  free (others->item);
}

const results_table *
report_data_table (const report_data *data, const char *name,
                   numsys_error *error)
{
  report_others *others = data->others;
  results_table *table;

  for (size_t i = 0; i < others->count; i++)
    if (strcmp (others->item[i].name, name) == 0)
      return others->item[i].table;
  table = read_other (others->dir, name, error);
  if (table == NULL)
    return NULL;
  others->item = memory_grow (others->item, others->count,
                              sizeof others->item[0]);
  others->item[others->count].name = memory_copy (name);
  others->item[others->count++].table = table;
  return table;
}
