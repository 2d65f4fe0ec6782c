/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics of users' arrays.  */

#include <config.h>

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/array.h"
#include "experiments/probes/measure.h"
#include "experiments/results/memory.h"
#include "experiments/results/table.h"
#include "experiments/statistics.h"

/* A line of spec and what it does to an array. */
static int
print_spec (const char *file, const char *spec, const array *in,
            const statistics_request *asked, FILE *stream,
            numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, error);
  const numsys_random random = { { asked->seed, 0 }, { 0, 0 } };
  const measure_array given = { in->rows, in->columns, 0, in->x, &random };
  analysis_exponents exponents;
  measure m;

  if (quantizer == NULL)
    return -1;
  if (measure_init (&m, quantizer) != 0)
    memory_exhausted ();
  measure_add (&m, &given);
  memset (&exponents, 0, sizeof exponents);
  analysis_exponents_add (&exponents, in->count, in->x);
  fprintf (stream, "%s\t%s", file,
           asked->is_for_people ? spec : numsys_quantizer_spec (quantizer));
  measure_print (&m, &exponents, stream);
  putc ('\n', stream);
  measure_clear (&m);
  numsys_quantizer_free (quantizer);
  return 0;
}

static void
print_exponents (const char *file, const array *in, FILE *stream)
{
  analysis_exponents exponents;

  memset (&exponents, 0, sizeof exponents);
  analysis_exponents_add (&exponents, in->count, in->x);
  for (int i = 0; i < ANALYSIS_EXPONENTS; i++)
    if (exponents.count[i] > 0)
      fprintf (stream, "%s\t%d\t%" PRIu64 "\n", file,
               i + ANALYSIS_LEAST_EXPONENT, exponents.count[i]);
}

/* Lines of one file. */
static int
print_file (const char *file, const statistics_request *asked, FILE *stream,
            numsys_error *error)
{
  array in;
  int result = array_read (file, &in, error);

  if (result == 0 && asked->exponents)
    print_exponents (file, &in, stream);
  for (size_t i = 0; i < asked->specs && result == 0 && !asked->exponents; i++)
    result = print_spec (file, asked->spec[i], &in, asked, stream, error);
  array_free (&in);
  return result;
}

/* --- For people --- */

/* Columns that they see, and what heads them. */
static const struct { const char *column, *heading; } shown[] = {
  { "file", "file" },
  { "spec", "spec" },
  { "sqnr_db", "SQNR dB" },
  { "relative_rms", "rel. RMS" },
  { "bias", "bias" },
  { "largest_relative", "largest" },
  { "log_rms", "log2 RMS" },
  { "codes_used_share", "codes used" },
  { "entropy_bits", "entropy" },
  { "saturated", "saturated" },
  { "overflow", "overflow" },
  { "flushed", "flushed" },
  { "raised", "raised" },
  { "nan", "NaN" },
};

enum { columns = sizeof shown / sizeof shown[0], texts = 2, cell = 32 };

static void
cell_text (const results_table *table, size_t row, int column, char out[cell])
{
  const char *text = table_text (table, row, column);

  if (strcmp (text, "-") == 0)
    snprintf (out, cell, "-");
  else
    snprintf (out, cell, "%.4g", table_number (table, row, column));
}

static void
print_aligned (const results_table *table, FILE *stream)
{
  for (size_t row = 0; row <= table_rows (table); row++)
    {
      for (size_t j = 0; j < columns; j++)
        {
          const int at = table_find (table, shown[j].column);
          size_t width = strlen (shown[j].heading);
          char text[cell];

          for (size_t i = 0; j < texts && i < table_rows (table); i++)
            if (strlen (table_text (table, i, at)) > width)
              width = strlen (table_text (table, i, at));
          if (j >= texts && width < 9)
            width = 9;
          if (row > 0 && j >= texts)
            cell_text (table, row - 1, at, text);
          fprintf (stream, j < texts ? "%s%-*s" : "%s%*s", j > 0 ? "  " : "",
                   (int) width,
                   row == 0 ? shown[j].heading
                   : j < texts ? table_text (table, row - 1, at) : text);
        }
      putc ('\n', stream);
    }
}

static int
print_for_people (const char *text, FILE *stream, numsys_error *error)
{
  results_table *table = table_parse (text, "the statistics", error);

  if (table == NULL)
    return -1;
  print_aligned (table, stream);
  table_free (table);
  return 0;
}

int
statistics_print (const statistics_request *asked, FILE *stream,
                  numsys_error *error)
{
  const int is_aligned = asked->is_for_people && !asked->exponents;
  char *text = NULL;
  size_t length = 0;
  FILE *memory = open_memstream (&text, &length);
  int result = 0;

  if (memory == NULL)
    memory_exhausted ();
  if (asked->exponents)
    fputs ("file\texponent\tcount\n", memory);
  else
    fprintf (memory, "file\tspec%s\n", measure_columns);
  for (size_t i = 0; i < asked->files && result == 0; i++)
    result = print_file (asked->file[i], asked, memory, error);
  if (asked->files == 0)
    result = print_file ("-", asked, memory, error);
  if (fclose (memory) != 0)
    memory_exhausted ();
  if (result == 0 && is_aligned)
    result = print_for_people (text, stream, error);
  else if (result == 0)
    fputs (text, stream);
  free (text);
  return result;
}
