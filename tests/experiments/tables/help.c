/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of tables share.  */

#include <config.h>

#include <string.h>

#include "tests/experiments/tables/help.h"
#include "tests/tap/tap.h"

results_table *
help_parse (const char *text)
{
  numsys_error error;
  results_table *table = table_parse (text, "made up", &error);

  if (table == NULL)
    bail_out ("%s", error.text);
  return table;
}

results_table *
help_make (const char *name, const report_data *data, numsys_error *error)
{
  for (const report_table *const *table = report_tables; *table != NULL;
       table++)
    if (strcmp ((*table)->name, name) == 0)
      return (*table)->make (data, error);
  bail_out ("no table %s", name);
}

const char *
help_text (const results_table *table, size_t row, const char *column)
{
  return table_text (table, row, table_find (table, column));
}

double
help_number (const results_table *table, size_t row, const char *column)
{
  return table_number (table, row, table_find (table, column));
}
