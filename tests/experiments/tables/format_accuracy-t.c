/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of formats that are known without computing them.  */

#include <config.h>

#include <math.h>
#include <string.h>

#include "tests/experiments/tables/help.h"
#include "tests/tap/tap.h"

static const char *const formats[] = {
  "lns:bits=8,gamma=8,zero=code", "e4m3:scale-step=pow2", "int8", NULL
};

enum { CUTS = 128, OCTAVE = 4 };

/* The largest of a column over the cuts from..to of a format. */
static double
most (const results_table *table, int format, int from, int to,
      const char *column)
{
  double x = 0;

  for (int cut = from; cut < to; cut++)
    x = fmax (x, help_number (table, (size_t) (format * CUTS + cut), column));
  return x;
}

static void
test_table (const results_table *table)
{
  is_int (3 * CUTS, (int64_t) table_rows (table), "a row a cut of a format");
  is_string (formats[1], help_text (table, CUTS, "format"),
             "a format is called as the study calls it");
  is_double (8, help_number (table, 0, "bits"), "a code's bits");
  is_double (-0.125, help_number (table, 0, "octave"), "the first cut");
  /* Half a step of 2^(1/8) up. */
  is_near (exp2 (1. / 16) - 1, most (table, 0, 0, 14 * OCTAVE, "worst"), 1e-3,
           "LNS: half a step");
  ok (fabs (help_number (table, 0, "worst")
            - help_number (table, 51, "worst")) < 1e-3,
      "...everywhere");
  ok (most (table, 0, 0, 14 * OCTAVE, "rms")
        < 0.6 * most (table, 0, 0, 14 * OCTAVE, "worst"),
      "...on average less");
  ok (help_number (table, CUTS - 1, "worst") > 1000,
      "...a tiny value is raised a thousandfold");
  /* Half a unit in the last place, just above a power of two. */
  is_near (1. / 17, most (table, 1, 0, 10 * OCTAVE, "worst"), 1e-3,
           "e4m3: half a unit in the last of three bits");
  is_double (1, help_number (table, 2 * CUTS - 1, "worst"),
             "...a tiny value is lost");
  ok (help_number (table, 2 * CUTS, "worst")
        < 0.6 * help_number (table, 2 * CUTS + OCTAVE, "worst"),
      "int8 doubles its error each octave");
}

int
main (void)
{
  static const char *const unknown[] = { "e4m4", NULL };
  static const char *const chance[] = { "e4m3:round=stochastic", NULL };
  report_others others = { .dir = NULL };
  report_data data = { .list = { formats }, .others = &others };
  numsys_error error;
  results_table *table = help_make ("format-accuracy", &data, &error);

  plan (11 + 3);
  test_table (table);
  table_free (table);
  data.list[STUDY_FORMATS] = unknown;
  ok (help_make ("format-accuracy", &data, &error) == NULL, "%s", error.text);
  data.list[STUDY_FORMATS] = chance;
  ok (help_make ("format-accuracy", &data, &error) == NULL, "%s", error.text);
  data.list[STUDY_FORMATS] = unknown + 1;
  ok (help_make ("format-accuracy", &data, &error) == NULL, "%s", error.text);
  return 0;
}
