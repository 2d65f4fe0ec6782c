/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the approximations that a study names.  */

#include <config.h>

#include <stdlib.h>

#include "experiments/tables/approximations.h"
#include "experiments/tables/select.h"
#include "numsys/numsys.h"
#include "numsys/spec.h"

/* Steps an octave of a format; -1 and a sentence when it is no LNS. */
static int64_t
gamma_of (const char *format, numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new (format, error);
  const numsys *system;
  const numsys_ladder *ladder;
  int64_t gamma = -1;

  if (quantizer == NULL)
    return -1;
  system = numsys_quantizer_system (quantizer);
  ladder = numsys_type_of (system)->ladder;
  if (ladder != NULL && ladder->is_logarithmic)
    gamma = ladder->gamma (numsys_state (system));
  else
    numsys_error_set (error, "%s is not logarithmic: approximations are those "
                      "of an lns", numsys_spec (system));
  numsys_quantizer_free (quantizer);
  return gamma;
}

static int
write_one (results_table *table, const char *format, int64_t gamma,
           const char *fraction, const char *spec,
           void (*write) (results_table *, const approximations_case *),
           numsys_error *error)
{
  numsys_approx *approx
    = numsys_approx_new (spec, gamma, (unsigned) strtoul (fraction, NULL, 10),
                         error);

  if (approx == NULL)
    return -1;
  write (table, &(approximations_case) { format, approx });
  numsys_approx_free (approx);
  return 0;
}

results_table *
approximations_table (
  const report_data *data, const char *name,
  void (*write) (results_table *table, const approximations_case *one),
  numsys_error *error)
{
  results_table *table = table_new ();
  int result = 0;

  for (const char *const *format = data->list[STUDY_FORMATS];
       *format != NULL && result == 0; format++)
    {
      const int64_t gamma = gamma_of (*format, error);

      result = gamma < 0 ? -1 : 0;
      for (const char *const *fraction = data->list[STUDY_FRACTIONS];
           *fraction != NULL && result == 0; fraction++)
        for (const char *const *spec = data->list[STUDY_APPROXIMATIONS];
             *spec != NULL && result == 0; spec++)
          result = write_one (table, *format, gamma, *fraction, *spec, write,
                              error);
    }
  if (result == 0 && table_rows (table) > 0)
    return table;
  if (result == 0)
    numsys_error_set (error, "The table %s has no rows: the study must name "
                      "formats, fractions and approximations.", name);
  table_free (table);
  return NULL;
}

size_t
approximations_add_row (results_table *table, const approximations_case *one)
{
  const size_t row = table_add_row (table);

  select_set_text (table, row, "format", one->format);
  select_set (table, row, "gamma", (double) numsys_approx_gamma (one->approx));
  select_set (table, row, "fraction", numsys_approx_fraction (one->approx));
  select_set_text (table, row, "approximation",
                   numsys_approx_spec (one->approx));
  return row;
}
