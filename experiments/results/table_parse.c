/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables from text and from files.  */

#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/results/table.h"
#include "numsys/spec.h"

/* Takes line apart: into the heading, or into a new row.  0, or -1 when it has
   more or fewer fields than the heading. */
static int
parse_line (results_table *table, char *line, int is_heading)
{
  size_t row = is_heading ? 0 : table_add_row (table);
  size_t count = 0;
  char *field;

  while ((field = strsep (&line, "\t")) != NULL)
    {
      if (is_heading)
        table_column (table, field);
      else if (count < table_columns (table))
        table_set_text (table, row, (int) count, field);
      count++;
    }
  return count == table_columns (table) ? 0 : -1;
}

results_table *
table_parse (const char *text, const char *what, numsys_error *error)
{
  results_table *table = table_new ();
  char *copy = memory_copy (text);
  char *rest = copy, *line;

  for (size_t number = 1; (line = strsep (&rest, "\n")) != NULL; number++)
    {
      if (rest == NULL && *line == '\0')
        break;
      if (parse_line (table, line, number == 1) == 0)
        continue;
      numsys_error_set (error, "%s:%zu: this line has not the %zu fields of "
                        "the heading", what, number, table_columns (table));
      table_free (table);
      table = NULL;
      break;
    }
  free (copy);
  return table;
}

results_table *
table_read (const char *path, numsys_error *error)
{
  char *text = memory_read_file (path, NULL);
  results_table *table;

  if (text == NULL)
    {
      numsys_error_set (error, "cannot read %s: %s", path, strerror (errno));
      return NULL;
    }
  table = table_parse (text, path, error);
  free (text);
  return table;
}
