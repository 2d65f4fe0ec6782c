/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measurements as columns of a table.  */

#include <config.h>

#include <inttypes.h>

#include "experiments/probes/measure.h"
#include "experiments/results/table.h"

const char measure_columns[]
  = "\tvalues\tzeros\tnan\tinfinite\tsqnr_db\trms\trelative_rms\tbias"
    "\tlargest_relative\tlog_rms\tlog_bias\tcodes_used\tcodes_used_share"
    "\tentropy_bits\toverflow\tsaturated\tflushed\traised\tleast_exponent"
    "\tgreatest_exponent\tlargest";

static void
print_count (uint64_t count, FILE *stream)
{
  fprintf (stream, "\t%" PRIu64, count);
}

static void
print_number (double x, FILE *stream)
{
  char text[TABLE_NUMBER];

  table_number_text (x, text);
  fprintf (stream, "\t%s", text);
}

static void
print_codes (measure *m, FILE *stream)
{
  analysis_frequencies codes;

  if (!m->has_codes)
    {
      fputs ("\t-\t-\t-", stream);
      return;
    }
  codes = measure_codes (m);
  print_count (codes.used, stream);
  print_number ((double) codes.used / m->numbers, stream);
  print_number (analysis_frequencies_entropy (&codes), stream);
}

void
measure_print (measure *m, const analysis_exponents *exponents,
               FILE *stream)
{
  const analysis_error_result error = analysis_error_of (&m->error);
  const double errors[] = {
    error.sqnr_db, error.rms, error.relative_rms, error.bias,
    error.largest_relative, error.log_rms, error.log_bias,
  };
  const uint64_t values[] = {
    m->error.values, m->error.zeros, m->error.nan, m->error.infinite,
  };
  const uint64_t events[] = {
    m->events.overflow, m->events.saturated, m->events.flushed,
    m->events.raised,
  };
  unsigned first, last;

  for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
    print_count (values[i], stream);
  for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
    print_number (errors[i], stream);
  print_codes (m, stream);
  for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
    print_count (events[i], stream);
  if (analysis_exponents_range (exponents, &first, &last))
    fprintf (stream, "\t%d\t%d", (int) first + ANALYSIS_LEAST_EXPONENT,
             (int) last + ANALYSIS_LEAST_EXPONENT);
  else
    fputs ("\t-\t-", stream);
  print_number (m->largest, stream);
}
