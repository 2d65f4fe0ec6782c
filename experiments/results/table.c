/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables in memory.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/results/store.h"
#include "experiments/results/table.h"

#define NOTHING "-"

/* A row may be shorter than the heading: columns come late; the fields that
   it lacks are NOTHING, and so is a NULL. */
typedef struct table_row
{
  size_t count;
  char **field;
} table_row;

struct results_table
{
  size_t columns, rows;
  char **name;
  table_row *row;
};

results_table *
table_new (void)
{
  return memory_new (1, sizeof (results_table));
}

void
table_free (results_table *table)
{
  if (table == NULL)
    return;
  for (size_t i = 0; i < table->rows; i++)
    {
      for (size_t j = 0; j < table->row[i].count; j++)
        free (table->row[i].field[j]);
      free (table->row[i].field);
    }
  for (size_t j = 0; j < table->columns; j++)
    free (table->name[j]);
  free (table->row);
  free (table->name);
  free (table);
}

int
table_find (const results_table *table, const char *name)
{
  for (size_t j = 0; j < table->columns; j++)
    if (strcmp (table->name[j], name) == 0)
      return (int) j;
  return -1;
}

int
table_column (results_table *table, const char *name)
{
  int column = table_find (table, name);

  if (column >= 0)
    return column;
  table->name = memory_grow (table->name, table->columns,
                             sizeof table->name[0]);
  table->name[table->columns] = memory_copy (name);
  return (int) table->columns++;
}

size_t
table_columns (const results_table *table)
{
  return table->columns;
}

const char *
table_name (const results_table *table, int column)
{
  return table->name[column];
}

size_t
table_rows (const results_table *table)
{
  return table->rows;
}

size_t
table_add_row (results_table *table)
{
  table->row = memory_grow (table->row, table->rows, sizeof table->row[0]);
  table->row[table->rows] = (table_row) { 0, NULL };
  return table->rows++;
}

void
table_set_text (results_table *table, size_t row, int column, const char *text)
{
  table_row *fields = &table->row[row];

  while (fields->count <= (size_t) column)
    {
      fields->field = memory_grow (fields->field, fields->count,
                                   sizeof fields->field[0]);
      fields->field[fields->count++] = NULL;
    }
  free (fields->field[column]);
  fields->field[column] = memory_copy (*text == '\0' ? NOTHING : text);
  for (char *c = fields->field[column]; *c != '\0'; c++)
    if (*c == '\t' || *c == '\n' || *c == '\r')
      *c = ' ';
}

void
table_number_text (double x, char out[TABLE_NUMBER])
{
  if (isnan (x))
    {
      strcpy (out, "nan");   /* printf may print a sign */
      return;
    }
  for (int digits = 15; digits <= 17; digits++)
    {
      snprintf (out, TABLE_NUMBER, "%.*g", digits, x);
      if (strtod (out, NULL) == x)
        return;
    }
}

void
table_set_number (results_table *table, size_t row, int column, double x)
{
  char text[TABLE_NUMBER];

  table_number_text (x, text);
  table_set_text (table, row, column, text);
}

const char *
table_text (const results_table *table, size_t row, int column)
{
  const table_row *fields = &table->row[row];

  if (column < 0 || (size_t) column >= fields->count
      || fields->field[column] == NULL)
    return NOTHING;
  return fields->field[column];
}

double
table_number (const results_table *table, size_t row, int column)
{
  const char *text = table_text (table, row, column);
  char *end;
  double x = strtod (text, &end);

  return end == text || *end != '\0' ? NAN : x;
}

void
table_print (const results_table *table, FILE *stream)
{
  for (size_t j = 0; j < table->columns; j++)
    fprintf (stream, "%s%s", j > 0 ? "\t" : "", table->name[j]);
  putc ('\n', stream);
  for (size_t i = 0; i < table->rows; i++)
    {
      for (size_t j = 0; j < table->columns; j++)
        fprintf (stream, "%s%s", j > 0 ? "\t" : "",
                 table_text (table, i, (int) j));
      putc ('\n', stream);
    }
}

static int
print_closure (FILE *stream, const void *closure)
{
  table_print (closure, stream);
  return 0;
}

int
table_write (const results_table *table, const char *path, numsys_error *error)
{
  return store_write_file (path, print_closure, table, error);
}
