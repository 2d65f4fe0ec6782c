/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: how well formats hold numbers of each size, computed from the formats
   alone.  The line from the largest magnitude down is cut into shares of an
   octave; in each the relative error |Q(x) - x| / x is taken at logarithms
   that are spread by the golden section, since even steps would meet every
   value of an LNS at the same place.  The largest is 1, and its scale the one
   that training would choose.  */

#include <config.h>

#include <math.h>

#include "experiments/tables/select.h"
#include "experiments/tables/tables.h"
#include "numsys/elementary.h"
#include "numsys/numsys.h"
#include "numsys/spec.h"

enum
{
  OCTAVES = 32,
  CUTS = 4,        /* of an octave */
  SAMPLES = 256    /* in a cut */
};

static const double golden_section = 0.61803398874989485;

/* x of a cut: between 2^-((cut + 1) / CUTS) and 2^-(cut / CUTS). */
static void
sample (int cut, float x[SAMPLES])
{
  for (int i = 0; i < SAMPLES; i++)
    {
      const double turns = (i + 0.5) * golden_section;

      x[i] = (float) numsys_exp2 (-(cut + (turns - floor (turns))) / CUTS);
    }
}

/* One cut of one format: what is lost there. */
static void
write_cut (results_table *table, const char *format,
           const numsys_quantizer *quantizer, int cut)
{
  const numsys_scale scale = numsys_quantizer_scale (quantizer, 1);
  const size_t row = table_add_row (table);
  float x[SAMPLES], q[SAMPLES];
  double most = 0, squares = 0;

  sample (cut, x);
  numsys_quantize_at (quantizer, scale, SAMPLES, x, NULL, 0, q, NULL);
  for (int i = 0; i < SAMPLES; i++)
    {
      const double e = fabs ((double) q[i] - x[i]) / x[i];

      most = e > most ? e : most;
      squares += e * e;
    }
  select_set_text (table, row, "format", format);
  select_set_text (table, row, "system", numsys_quantizer_spec (quantizer));
  select_set (table, row, "bits", numsys_code_bits (
                                    numsys_quantizer_system (quantizer)));
  select_set (table, row, "octave", -(cut + 0.5) / CUTS);
  select_set (table, row, "worst", most);
  select_set (table, row, "rms", sqrt (squares / SAMPLES));
}

static int
write_format (results_table *table, const char *format, numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new (format, error);

  if (quantizer == NULL)
    return -1;
  if (numsys_quantizer_is_stochastic (quantizer))
    {
      numsys_error_set (error, "The table format-accuracy has no number for "
                        "%s, which rounds by chance.", format);
      numsys_quantizer_free (quantizer);
      return -1;
    }
  for (int cut = 0; cut < OCTAVES * CUTS; cut++)
    write_cut (table, format, quantizer, cut);
  numsys_quantizer_free (quantizer);
  return 0;
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  results_table *table = table_new ();
  int result = 0;

  for (const char *const *format = data->list[STUDY_FORMATS];
       *format != NULL && result == 0; format++)
    result = write_format (table, *format, error);
  if (result == 0 && table_rows (table) > 0)
    return table;
  if (result == 0)
    numsys_error_set (error, "The table format-accuracy has no rows: the "
                      "study names no formats.");
  table_free (table);
  return NULL;
}

const report_table tables_format_accuracy = {
  .name = "format-accuracy",
  .summary = "relative error of formats across the number line",
  .make = make,
};
