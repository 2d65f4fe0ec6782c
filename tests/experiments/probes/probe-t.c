/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Probing a run: it changes nothing, and what it counts at every step adds up
   to what the run counts.  */

#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/training/training.h"
#include "experiments/probes/plan.h"
#include "experiments/probes/probe.h"
#include "experiments/results/table.h"
#include "tests/tap/tap.h"

enum { examples = 200, features = 12, classes = 4 };

static uint8_t pixels[examples * features];
static uint8_t labels[examples];

static data_set
set_of (void)
{
  const numsys_random random = { { 3, 0 }, { 0, 0 } };
  const data_split part = { .count = examples, .x = pixels, .label = labels };

  for (size_t i = 0; i < examples; i++)
    labels[i] = (uint8_t) (i % classes);
  for (size_t i = 0; i < examples * features; i++)
    pixels[i] = (uint8_t) (120 * numsys_random_uniform (&random, i)
                           + (i % features == labels[i / features] ? 130
                                                                   : 0));
  return (data_set) { .name = "made-up", .features = features,
                      .classes = classes, .train = part, .test = part };
}

static training_settings
settings_of (const char *steps, const char *specs)
{
  return (training_settings) {
    .model = "mlp:16", .optimizer = "lns-madam", .schedule = "cosine",
    .role = { "lns:8,8", "lns:8,8", "e5m2:round=stochastic", "lns:6,2",
              "lns:10,32", "fp32", "fp32" },
    .product = "fixed-order", .init = "he", .lr = 0x1p-4, .bias_init = 0.01,
    .seed = 1, .epochs = 3, .batch = 20, .validation = 40, .probe = steps,
    .probe_specs = specs,
  };
}

static void
run (const training_settings *settings, const data_set *set,
     training_result *result)
{
  numsys_error error = { "" };

  if (training_run (settings, set, NULL, NULL, result, &error) != 0)
    bail_out ("%s", error.text);
}

static int
same (const training_result *a, const training_result *b)
{
  return a->steps == b->steps
         && memcmp (&a->test_loss, &b->test_loss, sizeof a->test_loss) == 0
         && memcmp (a->role, b->role, sizeof a->role) == 0
         && a->updates == b->updates && a->swallowed == b->swallowed
         && a->flips == b->flips && a->bounded == b->bounded
         && a->points == b->points
         && memcmp (a->curve, b->curve, a->points * sizeof a->curve[0]) == 0;
}

static results_table *
block_of (const training_result *result, int index)
{
  numsys_error error;
  results_table *table = table_parse (result->probe_block[index],
                                      probe_block_names[index], &error);

  if (table == NULL)
    bail_out ("%s", error.text);
  return table;
}

/* The sum of a column, over the rows whose role and spec these are. */
static int64_t
sum_of (const results_table *table, const char *column, const char *role,
        const char *spec)
{
  const int in_role = table_find (table, "role");
  const int in_spec = table_find (table, "spec");
  double sum = 0;

  for (size_t i = 0; i < table_rows (table); i++)
    if ((role == NULL || strcmp (table_text (table, i, in_role), role) == 0)
        && (spec == NULL
            || strstr (table_text (table, i, in_spec), spec) != NULL))
      sum += table_number (table, i, table_find (table, column));
  return (int64_t) sum;
}

static void
test_undisturbed (const data_set *set)
{
  static const char *const optimizers[]
    = { "lns-madam", "madam", "adam", "sgd:momentum=0.9" };

  for (size_t i = 0; i < 4; i++)
    {
      training_settings settings = settings_of ("none", NULL);
      training_result plain, every, with_specs;

      settings.optimizer = optimizers[i];
      run (&settings, set, &plain);
      settings.probe = "1";
      run (&settings, set, &every);
      settings.probe_specs = "int8 bf16:round=stochastic";
      run (&settings, set, &with_specs);
      ok (same (&plain, &every), "%s: probed at each step, the same run",
          optimizers[i]);
      ok (same (&plain, &with_specs), "...and with further specs");
      ok (plain.probe_block[0] == NULL, "...none: no block");
      training_result_free (&plain);
      training_result_free (&every);
      training_result_free (&with_specs);
    }
}

static void
test_updates (const training_result *result)
{
  results_table *updates = block_of (result, 2);
  results_table *swallowed = block_of (result, 3);

  is_int ((int64_t) result->updates, sum_of (updates, "updates", NULL, NULL),
          "updates add up to the run's");
  is_int ((int64_t) result->swallowed,
          sum_of (updates, "swallowed", NULL, NULL), "...swallowed ones");
  is_int ((int64_t) result->flips, sum_of (updates, "flips", NULL, NULL),
          "...changes of sign");
  is_int ((int64_t) result->bounded, sum_of (updates, "bounded", NULL, NULL),
          "...weights at the bound");
  is_int ((int64_t) result->updates,
          sum_of (swallowed, "updates", NULL, NULL),
          "by magnitude: updates add up too");
  is_int ((int64_t) result->swallowed,
          sum_of (swallowed, "swallowed", NULL, NULL), "...swallowed ones");
  ok (result->swallowed > 0 && result->bounded > 0,
      "there were some of each kind");
  table_free (updates);
  table_free (swallowed);
}

static void
test_sums (const data_set *set)
{
  static const char *const specs[TRAINING_ROLES]
    = { "lns:bits=8", "lns:bits=8", "exponent=5,significand=2", "lns:bits=6",
        "lns:bits=10", NULL, NULL };
  const training_settings settings = settings_of ("1", "int8");
  training_result result;
  results_table *probes, *exponents;

  run (&settings, set, &result);
  probes = block_of (&result, 0);
  exponents = block_of (&result, 1);
  for (int i = 0; i <= TRAINING_U; i++)
    {
      const training_role_counts *role = &result.role[i];
      const char *name = training_role_names[i];
      const int64_t values = sum_of (probes, "values", name, specs[i]);
      const int64_t zeros = sum_of (probes, "zeros", name, specs[i]);

      is_int ((int64_t) role->values, values, "%s: all values were measured",
              name);
      is_int ((int64_t) role->events.raised,
              sum_of (probes, "raised", name, specs[i]), "...those raised");
      is_int ((int64_t) role->events.saturated,
              sum_of (probes, "saturated", name, specs[i]),
              "...those saturated");
      is_int ((int64_t) role->events.flushed,
              sum_of (probes, "flushed", name, specs[i]), "...those flushed");
      is_int (values, sum_of (probes, "values", name, "fixed:bits=8"),
              "...and a further spec measures as many");
      is_int (values - zeros, sum_of (exponents, "count", name, NULL),
              "...all but zeros have an exponent");
    }
  ok (sum_of (probes, "values", "V", NULL) > 0, "second moments are measured");
  test_updates (&result);
  table_free (probes);
  table_free (exponents);
  training_result_free (&result);
}

/* Of signMUL, D is the rate for each weight; where that is a whole number of
   steps nothing is rounded, and elsewhere the error is within its bounds. */
static void
test_log_error (const data_set *set)
{
  training_settings settings = settings_of ("1", NULL);
  training_result result;
  results_table *updates;

  settings.optimizer = "signmul";
  settings.schedule = "constant";
  settings.role[TRAINING_U] = "lns:14,256,round=stochastic-log";
  settings.lr = 0x1p-6;
  run (&settings, set, &result);
  updates = block_of (&result, 2);
  ok (table_rows (updates) > 0
        && sum_of (updates, "log_errors", NULL, NULL) > 0,
      "signMUL: log errors are measured");
  for (size_t i = 0; i < table_rows (updates); i++)
    if (table_number (updates, i, table_find (updates, "log_error")) != 0)
      bail_out ("a dyadic rate has an error in row %zu", i);
  ok (1, "...a dyadic rate has none");
  is_near (table_number (updates, 0, table_find (updates, "updates"))
             * settings.lr,
           table_number (updates, 0, table_find (updates, "change_l1")), 1e-9,
           "...the change is the rate for each weight");
  table_free (updates);
  training_result_free (&result);

  settings.lr = 0.013;
  run (&settings, set, &result);
  updates = block_of (&result, 2);
  for (size_t i = 0, bad = 0; i < table_rows (updates); i++)
    {
      const double d
        = table_number (updates, i, table_find (updates, "log_errors"));
      const double r
        = table_number (updates, i, table_find (updates, "log_error"));

      bad += !(r > 0 && r <= d / (256. * 256.));
      if (i + 1 == table_rows (updates))
        is_int (0, (int64_t) bad, "another rate: an error below one step each");
    }
  table_free (updates);
  training_result_free (&result);
}

static void
test_plan (void)
{
  probe_plan plan;
  numsys_error error;
  char out[200];

  probe_plan_read ("epoch", &plan, &error);
  ok (probe_plan_is_due (&plan, 1, 8, 24), "epoch: the first step");
  ok (probe_plan_is_due (&plan, 16, 8, 24), "...the last of an epoch");
  ok (!probe_plan_is_due (&plan, 9, 8, 24), "...not the first of another");
  probe_plan_read ("5", &plan, &error);
  ok (probe_plan_is_due (&plan, 1, 8, 24), "5: the first step");
  ok (probe_plan_is_due (&plan, 10, 8, 24), "...every fifth");
  ok (probe_plan_is_due (&plan, 24, 8, 24), "...and the last");
  ok (!probe_plan_is_due (&plan, 8, 8, 24), "...no other");
  probe_plan_read ("none", &plan, &error);
  ok (!probe_plan_is_due (&plan, 1, 8, 24), "none: not even the first");
  is_int (-1, probe_plan_read ("epochs", &plan, &error), "a wrong word");
  is_int (-1, probe_plan_read ("0", &plan, &error), "...and a wrong number");
  probe_specs_canonical ("  e4m3   lns:8,8 e4m3 ", sizeof out, out, &error);
  is_string ("float:exponent=4,significand=3,specials=nan "
             "lns:bits=8,gamma=8,zero=flag,underflow=clamp", out,
             "specs: canonical, each once");
  probe_specs_canonical ("", sizeof out, out, &error);
  is_string ("-", out, "...none");
  is_int (-1, probe_specs_canonical ("e4m3 lnx", sizeof out, out, &error),
          "...a wrong one");
  is_int (-1, probe_specs_canonical ("e4m3", 10, out, &error),
          "...too long a list");
}

int
main (void)
{
  const data_set set = set_of ();

  plan (12 + 30 + 1 + 7 + 4 + 14);
  test_undisturbed (&set);
  test_sums (&set);
  test_log_error (&set);
  test_plan ();
  return 0;
}
