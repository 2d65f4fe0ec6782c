/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves over seeds, from a folder with a table of them.  */

#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/experiments/tables/help.h"
#include "tests/tap/tap.h"

#define T1 12.706204736174707

/* The second run diverged after its first point; the search is not shown; the
   third run stands in two groups. */
static const char runs[]
  = "hash\tgroup\tformat\tseed\tstatus\tvalidation_accuracy\n"
    "p\tgrid\ta\t1\tfinished\t50\n"
    "q\tgrid\ta\t2\tdiverged\t10\n"
    "r\tgrid\tb\t1\tfinished\t50\n"
    "r\tother\tb\t1\tfinished\t50\n"
    "s\tsearch\ta\t9\tfinished\t50\n";

static const char curves[]
  = "hash\tgroup\tformat\tseed\tstep\tepoch\tlr\ttrain_loss\tvalidation_loss"
    "\tvalidation_accuracy\n"
    "p\tgrid\ta\t1\t5\t0.5\t1\t2\t3\t40\n"
    "p\tgrid\ta\t1\t10\t1\t1\t1\t2\t50\n"
    "q\tgrid\ta\t2\t5\t0.5\t1\t4\tnan\t10\n"
    "r\tgrid\tb\t1\t5\t0.5\t1\t2\t3\t60\n"
    "r\tother\tb\t1\t5\t0.5\t1\t2\t3\t60\n"
    "s\tsearch\ta\t9\t5\t0.5\t1\t2\t3\t99\n";

static void
test_table (const results_table *table)
{
  is_int (4, (int64_t) table_rows (table), "a row a cell and step");
  is_double (5, help_number (table, 0, "step"), "the first step");
  is_double (0.5, help_number (table, 0, "epoch"), "...its epoch");
  is_double (2, help_number (table, 0, "n"), "...both runs got there");
  is_double (3, help_number (table, 0, "train_loss"), "...mean loss");
  is_near (T1, help_number (table, 0, "train_half_width"), 1e-10,
           "...its interval");
  is_double (NAN, help_number (table, 0, "validation_loss"),
             "...a loss that is no number is not skipped");
  is_double (1, help_number (table, 1, "n"), "later one run is left");
  is_double (2, help_number (table, 1, "runs"), "...of two");
  is_double (1, help_number (table, 1, "diverged"), "...one diverged");
  is_double (50, help_number (table, 1, "validation_accuracy"),
             "...the other goes on");
  is_double (1, help_number (table, 2, "n"),
             "a run of two groups counts once in each");
}

int
main (void)
{
  static const char *const axes[] = { "format", NULL };
  char dir[] = "convergence-t.XXXXXX", path[64];
  results_table *results = help_parse (runs), *table = help_parse (curves);
  report_others others = { .count = 0 };
  const report_data data = { .results = results, .axes = axes,
                             .others = &others };
  numsys_error error;

  if (mkdtemp (dir) == NULL)
    bail_out ("no folder");
  plan (12 + 2);
  others.dir = dir;
  ok (help_make ("convergence", &data, &error) == NULL
        && strstr (error.text, "curves.tsv is not there") != NULL,
      "without curves: %s", error.text);
  snprintf (path, sizeof path, "%s/curves.tsv", dir);
  if (table_write (table, path, &error) != 0)
    bail_out ("%s", error.text);
  table_free (table);
  table = help_make ("convergence", &data, &error);
  test_table (table);
  unlink (path);
  table_free (table);
  table = help_make ("convergence", &data, &error);
  ok (table != NULL, "a table is read once");
  table_free (table);
  report_others_free (&others);
  table_free (results);
  rmdir (dir);
  return 0;
}
