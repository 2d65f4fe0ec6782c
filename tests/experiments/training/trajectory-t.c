/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances from the truth, of whole runs: of objectives, and of a small net
   on made-up data.  */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/training/training.h"
#include "numsys/numsys.h"
#include "numsys/random.h"
#include "tests/tap/tap.h"

enum
{
  features = 5,
  count = 40,
  classes = 3
};

static uint8_t pixel[count * features], label[count];

static const data_set images = {
  .name = "made-up", .features = features, .classes = classes,
  .train = { count, pixel, label }, .test = { 8, pixel, label },
};

static uint8_t nothing[1];

static const data_set none = {
  .name = "none",
  .train = { 1, nothing, nothing }, .test = { 1, nothing, nothing },
};

static training_settings
settings_of (const char *model, const char *product, const char *truth)
{
  return (training_settings) {
    .model = model,
    .role = { "fp32", "fp32", "fp32", "fp32", "fp32", "fp32", "fp32" },
    .optimizer = "sgd:momentum=0.9",
    .schedule = "constant",
    .product = product,
    .truth = truth,
    .init = "he",
    .lr = 0x1p-9,
    .bias_init = 0.01,
    .seed = 1,
    .epochs = 10,
    .batch = 1,
    .curve_every = 1,
  };
}

static training_result
run (const training_settings *settings, const data_set *set)
{
  numsys_error error = { "" };
  training_result result;

  if (training_run (settings, set, NULL, NULL, &result, &error) != 0)
    bail_out ("%s: %s", settings->model, error.text);
  return result;
}

/* A system beside itself. */
static void
test_itself (const char *model, const data_set *set, const char *rule,
             const char *system)
{
  char product[64];
  training_settings settings;
  training_result result;
  double largest = 0;
  int are_same = 1;

  snprintf (product, sizeof product, "reference:%s", system);
  settings = settings_of (model, product, system);
  settings.optimizer = rule;
  settings.epochs = set == &none ? 10 : 1;
  result = run (&settings, set);
  for (size_t i = 0; i < result.points; i++)
    {
      if (!(result.curve[i].distance <= largest))
        largest = result.curve[i].distance;
      are_same &= result.curve[i].truth_loss == result.curve[i].train_loss;
    }
  ok (result.has_truth && result.points >= 10 && largest == 0,
      "%s, %s: %s is at no distance from itself", model, rule, system);
  ok (are_same, "...nor is its loss");
  training_result_free (&result);
}

/* The start of rosenbrock:2 in a system, of its own float32 numbers: distance
   by plain arithmetic. */
static double
distance_of_start (const char *spec)
{
  static const float w[2] = { 0.4f, 0.6f };
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  numsys_events events = { 0, 0, 0, 0, 0 };
  numsys_error error = { "" };
  numsys *system = numsys_new (spec, &error);
  void *element = system == NULL ? NULL : numsys_elements_new (system, 1);
  double error_square = 0, square = 0;

  if (element == NULL)
    bail_out ("%s", error.text);
  for (int i = 0; i < 2; i++)
    {
      const double x = w[i];
      double rounded;

      numsys_encode (system, &context, 1, &x, element, &events);
      numsys_decode (system, 1, element, &rounded);
      error_square += (rounded - x) * (rounded - x);
      square += x * x;
    }
  numsys_elements_free (system, 1, element);
  numsys_free (system);
  return sqrt (error_square / square);
}

/* At rate 0 the weights stay at their start, and all distance is its
   rounding. */
static void
test_start (const char *spec)
{
  char product[64];
  training_settings settings;
  training_result result;

  snprintf (product, sizeof product, "reference:%s", spec);
  settings = settings_of ("rosenbrock:2", product, "mpfr:256");
  settings.lr = 0;
  settings.epochs = 2;
  result = run (&settings, &none);
  is_near (distance_of_start (spec), result.distance, 1e-12,
           "%s: the start's own rounding", spec);
  training_result_free (&result);
}

/* Each system is coarser than the one before. */
static void
test_order (const char *model, const data_set *set)
{
  static const char *const by[] = {
    "reference:mpfr:40", "reference:fp32", "reference:fp16",
    "reference:bf16",
  };
  double last = 0;

  for (size_t i = 0; i < sizeof by / sizeof by[0]; i++)
    {
      training_settings settings = settings_of (model, by[i],
                                                "mpfr:256");
      training_result result;

      settings.epochs = set == &none ? 3 : 1;
      result = run (&settings, set);
      ok (result.curve[0].distance > last && result.curve[0].distance < 0.01,
          "%s, %s: %.2g from the truth after a step", model, by[i],
          result.curve[0].distance);
      last = result.curve[0].distance;
      training_result_free (&result);
    }
}

/* The truth's path does not depend on what goes on beside it. */
static void
test_truth (void)
{
  training_settings settings
    = settings_of ("rosenbrock:3", "reference:mpfr:90", NULL);
  training_result alone = run (&settings, &none), beside;

  ok (isnan (alone.distance) && !alone.has_truth, "no truth, no distance");
  ok (!alone.has_examples && isnan (alone.test_accuracy)
        && alone.test_loss < alone.train_loss && alone.parameters == 3,
      "an objective has a value and no accuracy");
  settings.product = "reference:bf16";
  settings.truth = "mpfr:90";
  beside = run (&settings, &none);
  is_double (alone.train_loss, beside.curve[beside.points - 1].truth_loss,
             "the truth is as a run alone");
  ok (beside.train_loss != alone.train_loss, "...and not the run beside it");
  training_result_free (&alone);
  training_result_free (&beside);
}

static void
test_divergence (void)
{
  training_settings settings
    = settings_of ("rosenbrock:2", "reference:fp16", "mpfr:64");
  training_result result;

  settings.lr = 4;
  settings.epochs = 40;
  result = run (&settings, &none);
  is_int (TRAINING_DIVERGED, result.status, "a run that diverges");
  ok (isnan (result.distance), "...ends at no distance");
  training_result_free (&result);
}

int
main (void)
{
  const numsys_random random = numsys_random_of (3, 1, 0, 0);

  for (size_t i = 0; i < count * features; i++)
    pixel[i] = (uint8_t) (256 * numsys_random_uniform (&random, i));
  for (size_t i = 0; i < count; i++)
    label[i] = (uint8_t) (i % classes);
  plan (2 * 5 + 4 + 2 * 4 + 4 + 2);
  test_itself ("quadratic:4", &none, "adam", "mpfr:256");
  test_itself ("rosenbrock:2", &none, "lns-madam:p_scale=3", "lns:16,1024");
  test_itself ("rosenbrock:2", &none, "sgd", "bf16");
  test_itself ("logistic", &images, "adam", "mpfr:80");
  test_itself ("mlp:4", &images, "sgd", "fp16");
  test_start ("fp16");
  test_start ("bf16");
  test_start ("lns:8,8");
  test_start ("fixed:16,10");
  test_order ("rosenbrock:2", &none);
  test_order ("mlp:4", &images);
  test_truth ();
  test_divergence ();
  return 0;
}
