/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances from the truth over seeds, from a folder with curves.  */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/experiments/tables/help.h"
#include "tests/tap/tap.h"

#define T1 12.706204736174707

/* q diverged at its second point; r has no truth. */
static const char runs[]
  = "hash\tgroup\tsystem\tseed\tstatus\tvalidation_accuracy\n"
    "p\tgrid\ta\t1\tfinished\t50\n"
    "q\tgrid\ta\t2\tdiverged\t10\n"
    "r\tgrid\tb\t1\tfinished\t50\n"
    "s\tgrid\tc\t1\tfinished\t50\n";

static const char curves[]
  = "hash\tgroup\tsystem\tseed\tstep\tepoch\tlr\ttrain_loss"
    "\tdistance\ttruth_loss\n"
    "p\tgrid\ta\t1\t5\t0.5\t1\t2\t0.25\t3\n"
    "p\tgrid\ta\t1\t10\t1\t1\t1\t0.5\t2\n"
    "p\tgrid\ta\t1\t15\t1.5\t1\t0.5\t0.125\t1\n"
    "q\tgrid\ta\t2\t5\t0.5\t1\t4\t0.75\t3\n"
    "q\tgrid\ta\t2\t7\t0.7\t1\tinf\tnan\t3\n"
    "r\tgrid\tb\t1\t5\t0.5\t1\t2\t-\t-\n"
    "s\tgrid\tc\t1\t5\t0.5\t1\t2\t0\t2\n";

static void
test_curves (const results_table *table)
{
  is_int (4, (int64_t) table_rows (table),
          "a row a cell and step, where there is a truth");
  is_double (5, help_number (table, 0, "step"), "the first step");
  is_double (2, help_number (table, 0, "n"), "...both runs got there");
  is_double (0.5, help_number (table, 0, "distance"), "...mean distance");
  is_near (T1 / 4, help_number (table, 0, "half_width"), 1e-10,
           "...its interval");
  is_double (3, help_number (table, 0, "train_loss"), "...mean loss");
  is_double (3, help_number (table, 0, "truth_loss"), "...and of the truth");
  is_double (NAN, help_number (table, 1, "distance"),
             "a distance that is no number is not skipped");
  is_double (1, help_number (table, 2, "n"), "later one run is left");
  is_double (0.125, help_number (table, 2, "distance"), "...its distance");
  is_string ("c", help_text (table, 3, "system"), "the next cell");
  is_double (0, help_number (table, 3, "distance"), "...at no distance");
}

static void
test_ends (const results_table *table)
{
  is_int (2, (int64_t) table_rows (table),
          "a row a cell where there is a truth");
  is_double (0.5, help_number (table, 0, "first_distance"),
             "distance at the first point");
  is_double (0.125, help_number (table, 0, "distance"), "...and at the last");
  is_double (15, help_number (table, 0, "step"), "...which step it is");
  is_double (1, help_number (table, 0, "diverged"), "...one run diverged");
  is_double (1, help_number (table, 0, "truth_loss"),
             "...the truth's loss there");
  is_double (0, help_number (table, 1, "distance"), "the next cell");
}

int
main (void)
{
  static const char *const axes[] = { "system", NULL };
  char dir[] = "trajectory-t.XXXXXX", path[64];
  results_table *results = help_parse (runs), *table = help_parse (curves);
  report_others others = { .count = 0 };
  const report_data data = { .results = results, .axes = axes,
                             .others = &others };
  numsys_error error;

  if (mkdtemp (dir) == NULL)
    bail_out ("no folder");
  plan (12 + 7);
  others.dir = dir;
  snprintf (path, sizeof path, "%s/curves.tsv", dir);
  if (table_write (table, path, &error) != 0)
    bail_out ("%s", error.text);
  table_free (table);
  table = help_make ("trajectory", &data, &error);
  test_curves (table);
  table_free (table);
  table = help_make ("distances", &data, &error);
  test_ends (table);
  table_free (table);
  unlink (path);
  report_others_free (&others);
  table_free (results);
  rmdir (dir);
  return 0;
}
