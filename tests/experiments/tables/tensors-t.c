/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of measured tensors and updates, from a folder with small ones.  */

#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "numsys/spec.h"
#include "tests/experiments/tables/help.h"
#include "tests/tap/tap.h"

#define T1 12.706204736174707

/* Two seeds; the search is not shown. */
static const char runs[]
  = "hash\tgroup\trule\tU\tseed\tstatus\tvalidation_accuracy\n"
    "p\tgrid\ta\tlns:bits=8,gamma=4,zero=flag\t1\tfinished\t50\n"
    "q\tgrid\ta\tlns:bits=8,gamma=4,zero=flag\t2\tfinished\t50\n"
    "s\tsearch\ta\tlns:bits=8,gamma=4,zero=flag\t9\tfinished\t50\n";

#define WHO(hash, group, seed) hash "\t" group "\ta\t" seed "\t"

/* Step 2 is the last.  Layers of noise 1 % and 4 % as power, of relative error
   3 and 4; a bias, stored weights and float32 itself, which are not shown. */
#define PROBE(who, step, rest) who step "\t0.5\t" rest "\n"
static const char probes[]
  = "hash\tgroup\trule\tseed\tstep\tepoch\trole\tlayer\ttensor\tspec\tvalues"
    "\tzeros\tsqnr_db\trms\trelative_rms\tflushed\tlargest\n"
    PROBE (WHO ("p", "grid", "1"), "1",
           "E\t1\t-\te4m3\t10\t0\t3\t1\t9\t0\t1")
    PROBE (WHO ("p", "grid", "1"), "2",
           "E\t1\t-\tfp32\t10\t0\tinf\t0\t0\t0\t1")
    PROBE (WHO ("p", "grid", "1"), "2",
           "E\t1\t-\te4m3\t10\t2\t20\t1\t3\t4\t1")
    PROBE (WHO ("p", "grid", "1"), "2",
           "E\t2\t-\te4m3\t10\t0\t13.979400086720376\t1\t4\t2\t1")
    PROBE (WHO ("p", "grid", "1"), "2",
           "W\t1\tbias\te4m3\t10\t0\t3\t1\t9\t0\t1")
    PROBE (WHO ("p", "grid", "1"), "2",
           "U\t1\tweight\te4m3\t10\t0\t3\t1\t9\t0\t1")
    PROBE (WHO ("p", "grid", "1"), "2", "W\t1\tweight\t"
           "fixed:bits=8,fraction=0,scale-step=pow2\t4\t0\t20\t0.5\t1\t0\t64")
    PROBE (WHO ("q", "grid", "2"), "1",
           "E\t1\t-\te4m3\t10\t0\t20\t1\t1\t0\t1")
    PROBE (WHO ("s", "search", "9"), "2",
           "E\t1\t-\te4m3\t10\t0\t20\t1\t1\t0\t1");

/* A step of layer 2 between two of layer 1. */
static const char exponents[]
  = "hash\tgroup\trule\tseed\tstep\tepoch\trole\tlayer\ttensor\texponent\tcount"
    "\n"
    WHO ("p", "grid", "1") "1\t0.5\tE\t1\t-\t-4\t30\n"
    WHO ("p", "grid", "1") "1\t0.5\tE\t1\t-\t-1\t10\n"
    WHO ("p", "grid", "1") "1\t0.5\tE\t2\t-\t0\t8\n"
    WHO ("p", "grid", "1") "2\t1\tE\t1\t-\t3\t8\n";

/* Run p: 10 weights err by 2 in all, of two arrays; |D| is small in the first
   and large in the second, so that each part of the bound holds once. */
static const char updates[]
  = "hash\tgroup\trule\tseed\tstep\tepoch\tlayer\ttensor\tchanges\tchange_l1"
    "\tlog_errors\tlog_error\n"
    WHO ("p", "grid", "1") "1\t0.5\t1\tweight\t4\t0.16\t4\t0.5\n"
    WHO ("p", "grid", "1") "1\t0.5\t1\tbias\t16\t100\t6\t1.5\n"
    WHO ("q", "grid", "2") "1\t0.5\t1\tweight\t4\t0.16\t4\t1.6\n"
    WHO ("s", "search", "9") "1\t0.5\t1\tweight\t4\t0.16\t4\t16\n";

static const char swallowed[]
  = "hash\tgroup\trule\tseed\tstep\tepoch\tlayer\ttensor\texponent\tupdates"
    "\tswallowed\n"
    WHO ("p", "grid", "1") "1\t0.5\t1\tweight\t-\t5\t5\n"
    WHO ("p", "grid", "1") "1\t0.5\t1\tweight\t-3\t10\t4\n"
    WHO ("p", "grid", "1") "1\t0.5\t1\tbias\t-3\t10\t10\n"
    WHO ("q", "grid", "2") "1\t0.5\t2\tweight\t-3\t20\t2\n"
    WHO ("p", "grid", "1") "1\t0.5\t1\tweight\t-2\t10\t0\n"
    WHO ("s", "search", "9") "1\t0.5\t1\tweight\t-3\t10\t10\n";

static void
test_error (const report_data *data)
{
  numsys_error error;
  results_table *table = help_make ("quantization-error", data, &error);

  is_int (2, (int64_t) table_rows (table),
          "quantization-error: a row a role and format");
  is_string ("E", help_text (table, 0, "role"), "the first");
  is_double (3, help_number (table, 0, "significand"), "...its format");
  is_double (2, help_number (table, 0, "n"), "...over seeds");
  is_near ((sqrt (0.025) + 0.1) / 2, help_number (table, 0, "noise"), 1e-12,
           "...noise, over layers, at the last step");
  is_near (T1 * (sqrt (0.025) - 0.1) / 2,
           help_number (table, 0, "noise_half_width"), 1e-9,
           "...its interval");
  is_near ((sqrt (12.5) + 1) / 2, help_number (table, 0, "relative"), 1e-12,
           "...relative error");
  is_near (6 / 28., help_number (table, 0, "flushed_share"), 1e-12,
           "...the share of nonzero values flushed");
  is_double (1, help_number (table, 1, "layers"), "fixed: one layer");
  is_near (0.1 / sqrt (12) / 0.5, help_number (table, 1, "noise_theory"),
           1e-12, "...a step of 1 against values of 5");
  is_string ("-", help_text (table, 1, "relative_theory"),
             "...no theory of its relative error");
  table_free (table);
}

static void
test_range (const report_data *data)
{
  numsys_error error;
  results_table *table = help_make ("dynamic-range", data, &error);

  is_int (3, (int64_t) table_rows (table),
          "dynamic-range: a row a tensor and step");
  is_double (-4, help_number (table, 0, "least"), "least exponent");
  is_double (-1, help_number (table, 0, "greatest"), "...greatest");
  is_double (40, help_number (table, 0, "nonzero"), "...values");
  is_near (-4 + 2 / 3., help_number (table, 0, "q50"), 1e-12, "...median");
  is_near (-0.2, help_number (table, 0, "q95"), 1e-12,
           "...a share in a later octave");
  is_double (2, help_number (table, 1, "step"),
             "steps of a tensor stand together");
  is_double (2, help_number (table, 2, "layer"), "...then the next layer");
  table_free (table);

  table = help_make ("format-range", data, &error);
  is_int (6, (int64_t) table_rows (table),
          "format-range: a row a tensor and format, but for float32 and U");
  is_double (4 / 8., help_number (table, 1, "flushed_share"),
             "the share of nonzero values flushed");
  is_string ("fixed", help_text (table, 4, "family"), "fixed point");
  is_double (0, help_number (table, 4, "bottom"), "...its step");
  is_near (log2 (127), help_number (table, 4, "top"), 1e-12, "...its end");
  table_free (table);
}

static void
test_updates (const report_data *data)
{
  numsys_error error;
  results_table *table = help_make ("update-error", data, &error);

  is_int (1, (int64_t) table_rows (table), "update-error: a row a point");
  is_double (4, help_number (table, 0, "gamma"), "gamma, of U");
  is_near ((0.2 + 0.4) / 2, help_number (table, 0, "error"), 1e-12,
           "...error per weight, mean over seeds");
  is_near (T1 * 0.1, help_number (table, 0, "half_width"), 1e-9,
           "...its interval");
  is_near ((0.04 + 16 / 64. + 0.04) / 24, help_number (table, 0, "bound"),
           1e-12, "...bound, by array the smaller one");
  is_double (1 / 64., help_number (table, 0, "largest"), "...the largest");
  is_double (1 / 96., help_number (table, 0, "uniform"), "...the uniform");
  table_free (table);

  table = help_make ("swallowed", data, &error);
  is_int (2, (int64_t) table_rows (table), "swallowed: a row an octave");
  is_double (-3, help_number (table, 0, "exponent"), "from the least up");
  is_double (30, help_number (table, 0, "updates"),
             "...updates of weights, over runs and layers");
  is_double (6 / 30., help_number (table, 0, "swallowed_share"),
             "...the share swallowed");
  is_double (10 / 40., help_number (table, 1, "updates_share"),
             "...the share of all updates");
  table_free (table);
}

static const struct { const char *name, *file, *text; } made[] = {
  { "quantization-error", "probes", probes },
  { "format-range", "probes", probes },
  { "dynamic-range", "exponents", exponents },
  { "update-error", "updates", updates },
  { "swallowed", "swallowed", swallowed },
};

#define MADE (sizeof made / sizeof made[0])

static void
write_files (const char *dir)
{
  for (size_t i = 0; i < MADE; i++)
    {
      results_table *table = help_parse (made[i].text);
      numsys_error error;
      char path[64];

      snprintf (path, sizeof path, "%s/%s.tsv", dir, made[i].file);
      if (table_write (table, path, &error) != 0)
        bail_out ("%s", error.text);
      table_free (table);
    }
}

int
main (void)
{
  static const char *const axes[] = { "rule", NULL };
  char dir[] = "tensors-t.XXXXXX", path[64];
  results_table *results = help_parse (runs);
  report_others others = { .count = 0 };
  const report_data data = { .results = results, .axes = axes,
                             .others = &others };
  numsys_error error;

  if (mkdtemp (dir) == NULL)
    bail_out ("no folder");
  plan (11 + 13 + 12 + MADE);
  others.dir = dir;
  for (size_t i = 0; i < MADE; i++)
    ok (help_make (made[i].name, &data, &error) == NULL
          && strstr (error.text, "is not there") != NULL,
        "%s without its file: %s", made[i].name, error.text);
  write_files (dir);
  test_error (&data);
  test_range (&data);
  test_updates (&data);
  report_others_free (&others);
  for (size_t i = 0; i < MADE; i++)
    {
      snprintf (path, sizeof path, "%s/%s.tsv", dir, made[i].file);
      unlink (path);
    }
  table_free (results);
  rmdir (dir);
  return 0;
}
