/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics of an array, drawn.  */

#include <config.h>

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/array.h"
#include "experiments/study/files.h"
#include "experiments/probes/measure.h"
#include "experiments/results/memory.h"
#include "experiments/results/table.h"
#include "experiments/statistics.h"
#include "numsys/spec.h"
#include "plots/plots.h"

/* More rows than these cannot be read. */
enum { most_specs = 12 };

/* log2 of the least and the greatest magnitude of a system at a scale, zero
   apart; 0 where its codes are too many to look at. */
static int
find_range (const numsys_quantizer *quantizer, numsys_scale scale,
            double *least, double *greatest)
{
  enum { piece_length = 1024 };
  const unsigned bits = numsys_code_bits (numsys_quantizer_system (quantizer));
  const uint32_t codes = bits <= ANALYSIS_CODES_MOST_BITS
                           ? UINT32_C (1) << bits : 0;
  uint32_t code[piece_length];
  float value[piece_length];

  *least = INFINITY;
  *greatest = -INFINITY;
  for (uint32_t first = 0, n; first < codes; first += n)
    {
      n = codes - first < piece_length ? codes - first : piece_length;
      for (uint32_t i = 0; i < n; i++)
        code[i] = first + i;
      numsys_quantize_from_codes (quantizer, scale, n, code, value);
      for (uint32_t i = 0; i < n; i++)
        if (value[i] != 0 && isfinite (value[i]))
          {
            *least = fmin (*least, log2 (fabs ((double) value[i])));
            *greatest = fmax (*greatest, log2 (fabs ((double) value[i])));
          }
    }
  return *least <= *greatest;
}

static void
print_number (double x, FILE *stream)
{
  char text[TABLE_NUMBER];

  table_number_text (x, text);
  fprintf (stream, "\t%s", isfinite (x) ? text : "-");
}

/* A row of the table of specs. */
static int
print_spec (const char *spec, const array *in, uint32_t seed, FILE *stream,
            numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, error);
  const numsys_random random = { { seed, 0 }, { 0, 0 } };
  const measure_array given = { in->rows, in->columns, 0, in->x, &random };
  analysis_error_result result;
  double least = 0, greatest = 0;
  measure m;

  if (quantizer == NULL)
    return -1;
  if (measure_init (&m, quantizer) != 0)
    memory_exhausted ();
  measure_add (&m, &given);
  result = analysis_error_of (&m.error);
  fputs (spec, stream);
  print_number (result.sqnr_db, stream);
  print_number (result.relative_rms, stream);
  print_number (result.largest_relative, stream);
  print_number ((double) (m.events.flushed + m.events.raised)
                  / (double) m.error.values, stream);
  if (find_range (quantizer,
                  numsys_quantizer_scale (quantizer,
                                          numsys_largest (in->count, in->x)),
                  &least, &greatest))
    {
      print_number (least, stream);
      print_number (greatest, stream);
      putc ('\n', stream);
    }
  else
    fputs ("\t-\t-\n", stream);
  measure_clear (&m);
  numsys_quantizer_free (quantizer);
  return 0;
}

static char *
specs_table (const statistics_request *asked, const array *in,
             numsys_error *error)
{
  char *text = NULL;
  size_t length;
  FILE *stream = open_memstream (&text, &length);
  int status = 0;

  if (stream == NULL)
    memory_exhausted ();
  fputs ("spec\tsqnr_db\trelative_rms\tlargest_relative\tlost_below\tleast"
         "\tgreatest\n", stream);
  for (size_t i = 0; i < asked->specs && status == 0; i++)
    status = print_spec (asked->spec[i], in, asked->seed, stream, error);
  if (fclose (stream) != 0)
    memory_exhausted ();
  if (status == 0)
    return text;
  free (text);
  return NULL;
}

/* Bins from the first to the last that is not empty, all of them; NULL and a
   sentence when all are. */
static char *
exponents_table (const array *in, numsys_error *error)
{
  analysis_exponents exponents;
  unsigned first, last;
  char *text = NULL;
  size_t length;
  FILE *stream;

  memset (&exponents, 0, sizeof exponents);
  analysis_exponents_add (&exponents, in->count, in->x);
  if (!analysis_exponents_range (&exponents, &first, &last))
    {
      numsys_error_set (error, "there is nothing to draw: no number but zeros, "
                        "NaN and infinities");
      return NULL;
    }
  stream = open_memstream (&text, &length);
  if (stream == NULL)
    memory_exhausted ();
  fputs ("exponent\tcount\tshare\n", stream);
  for (unsigned i = first; i <= last; i++)
    {
      fprintf (stream, "%d\t%" PRIu64, (int) i + ANALYSIS_LEAST_EXPONENT,
               exponents.count[i]);
      print_number ((double) exponents.count[i] / (double) in->count, stream);
      putc ('\n', stream);
    }
  if (fclose (stream) != 0)
    memory_exhausted ();
  return text;
}

static int
draw (const statistics_request *asked, const array *in, const char *file,
      numsys_error *error)
{
  char *exponents = exponents_table (in, error);
  char *specs = exponents != NULL ? specs_table (asked, in, error) : NULL;
  char *scripts = files_path ("plots");
  const plots_figure figure
    = { .folder = scripts, .name = "statistics", .note = "" };
  const plots_table tables[]
    = { { "statistics", specs }, { "exponents", exponents }, { NULL, NULL } };
  plots_status status = PLOTS_FAILED;

  if (specs != NULL)
    status = plots_draw_file (&figure, tables, file, error);
  free (scripts);
  free (specs);
  free (exponents);
  return status == PLOTS_DRAWN ? 0 : -1;
}

int
statistics_draw (const statistics_request *asked, const char *file,
                 numsys_error *error)
{
  array in;
  int status;

  if (plots_format_of (file, error) == NULL)
    return -1;
  if (asked->files > 1)
    numsys_error_set (error, "a figure shows one array: '%s' is too much",
                      asked->file[1]);
  else if (asked->specs > most_specs)
    numsys_error_set (error, "a figure shows at most %d number systems",
                      most_specs);
  if (asked->files > 1 || asked->specs > most_specs)
    return -1;
  status = array_read (asked->files > 0 ? asked->file[0] : "-", &in, error);
  if (status == 0)
    status = draw (asked, &in, file, error);
  array_free (&in);
  return status;
}
