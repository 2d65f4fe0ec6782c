/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole runs on small made-up data.  */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/training/training.h"
#include "numsys/kernels/kernels.h"
#include "numsys/random.h"
#include "tests/tap/tap.h"

enum
{
  features = 6,
  classes = 3,
  train_count = 420,
  test_count = 90
};

/* Classes that a plane can tell apart: noise, and one feature of the class's
   own that is bright. */
static data_split
split (unsigned index, size_t count)
{
  const numsys_random random = numsys_random_of (11, 200, index, 0);
  data_split part = { .count = count, .x = malloc (count * features),
                      .label = malloc (count) };

  if (part.x == NULL || part.label == NULL)
    bail_out ("no memory");
  for (size_t i = 0; i < count; i++)
    {
      part.label[i] = (uint8_t) (i % classes);
      for (size_t j = 0; j < features; j++)
        {
          const double noise
            = numsys_random_uniform (&random, i * features + j);

          part.x[i * features + j]
            = (uint8_t) (120 * noise + (j == i % classes ? 130 : 0));
        }
    }
  return part;
}

static data_set
make_set (void)
{
  return (data_set) {
    .name = "made-up",
    .features = features,
    .classes = classes,
    .train = split (0, train_count),
    .test = split (1, test_count),
  };
}

static training_settings
settings_of (const char *model, const char *product, const char *format)
{
  return (training_settings) {
    .model = model,
    .role = { format, format, format, format, "fp32", "fp32", "fp32" },
    .optimizer = "sgd",
    .schedule = "cosine",
    .product = product,
    .init = "he",
    .lr = 0.5,
    .bias_init = 0.01,
    .seed = 1,
    .epochs = 8,
    .batch = 32,
    .validation = 60,
  };
}

static void
run (const training_settings *settings, const data_set *set,
     training_result *result)
{
  numsys_error error = { "" };

  if (training_run (settings, set, NULL, NULL, result, &error) != 0)
    bail_out ("%s: %s", settings->model, error.text);
}

/* What a run yields, clocks apart, as bytes. */
static int
same (const training_result *a, const training_result *b)
{
  return a->status == b->status && a->steps == b->steps
         && memcmp (&a->train_loss, &b->train_loss, sizeof a->train_loss) == 0
         && memcmp (&a->test_loss, &b->test_loss, sizeof a->test_loss) == 0
         && memcmp (a->role, b->role, sizeof a->role) == 0
         && a->points == b->points
         && memcmp (a->curve, b->curve, a->points * sizeof a->curve[0]) == 0;
}

static void
test_learning (const data_set *set, const char *model, const char *product,
               const char *format)
{
  training_settings settings = settings_of (model, product, format);
  training_result first, second, third;
  double chance;

  run (&settings, set, &first);
  run (&settings, set, &second);
  settings.seed = 2;
  run (&settings, set, &third);
  chance = log (classes);
  is_int (TRAINING_FINISHED, first.status, "%s, %s, %s: finished", model,
          product, format);
  ok (first.test_accuracy > 90 && first.validation_accuracy > 90
      && first.test_loss < chance / 2,
      "...it learns: %.1f %% of the test part, loss %.3f",
      first.test_accuracy, first.test_loss);
  ok (same (&first, &second), "...the same seed gives the same bits");
  ok (!same (&first, &third), "...another seed others");
  training_result_free (&first);
  training_result_free (&second);
  training_result_free (&third);
}

/* A wide datapath computes what float32 does, but for rounding; each product
   has a setting of its own. */
static void
test_products (const data_set *set)
{
  static const char wide[] = "datapath:acc=60,fraction=30";
  static const char coarse[] = "accumulate:e4m3,order=pairwise";
  training_settings settings = settings_of ("mlp:8", "fixed-order", "lns8");
  training_result plain, exact, dx, dw;

  run (&settings, set, &plain);
  settings.product = wide;
  settings.product_dw = "same";
  run (&settings, set, &exact);
  is_near (plain.points > 0 ? plain.curve[0].train_loss : NAN,
           exact.curve[0].train_loss, 0.05 * plain.curve[0].train_loss,
           "a wide datapath trains as float32 does");
  ok (strncmp (exact.product[PRODUCT_FORWARD], "products=", 9) == 0
        && strstr (exact.product[PRODUCT_DW], " overflow=0") != NULL,
      "...and counts: %s", exact.product[PRODUCT_FORWARD]);
  is_string ("", plain.product[PRODUCT_FORWARD], "...float32 does not");
  settings.product = "fixed-order";
  settings.product_dx = coarse;
  run (&settings, set, &dx);
  settings.product_dx = NULL;
  settings.product_dw = coarse;
  run (&settings, set, &dw);
  ok (!same (&plain, &dx) && dx.product[PRODUCT_DX][0] != '\0'
        && dx.product[PRODUCT_DW][0] == '\0',
      "errors below may have a product of their own");
  ok (!same (&plain, &dw) && dw.product[PRODUCT_DW][0] != '\0',
      "...so may weight gradients");
  ok (!same (&dx, &dw), "...which are two");
  training_result_free (&plain);
  training_result_free (&exact);
  training_result_free (&dx);
  training_result_free (&dw);
}

/* Every instruction set gives the same bits; one that is not there falls back
   on another. */
static void
test_instruction_sets (const data_set *set)
{
  static const char *const sets[] = { "portable", "avx2", "avx512" };
  training_settings settings
    = settings_of ("mlp:70-17", "fixed-order", "lns:8,8");
  training_result first, other;

  settings.role[TRAINING_A] = "e4m3:round=stochastic";
  settings.role[TRAINING_E] = "lns:6,4,round=stochastic";
  settings.role[TRAINING_G] = "int8:scale=channel";
  settings.role[TRAINING_U] = "lns:16,2048";
  settings.optimizer = "lns-madam";
  settings.lr = 0.03125;
  settings.epochs = 2;
  run (&settings, set, &first);
  for (int i = 0; i < 3; i++)
    {
      numsys_kernels_use (sets[i]);
      run (&settings, set, &other);
      ok (same (&first, &other), "the same bits by %s kernels",
          numsys_isa ());
      training_result_free (&other);
    }
  numsys_kernels_use (NULL);
  training_result_free (&first);
}

/* The curve, steps and counts of a run. */
static void
test_counts (const data_set *set)
{
  training_settings settings = settings_of ("mlp:8", "fixed-order", "e4m3");
  const uint64_t steps = 8 * (360 / 32);
  const uint64_t weights = 6 * 8 + 8 * 3, biases = 8 + 3;
  training_result result;

  settings.role[TRAINING_U] = "fixed:16,8";
  run (&settings, set, &result);
  is_int ((int64_t) steps, (int64_t) result.steps,
          "steps: whole batches of what validation leaves");
  is_int ((int64_t) steps, (int64_t) training_steps (&settings, set),
          "...as foretold");
  is_int ((int64_t) (weights + biases), (int64_t) result.parameters,
          "parameters");
  is_int (8, (int64_t) result.points, "a point of the curve each epoch");
  is_double (8, result.curve[7].epoch, "...the last at the end");
  is_int ((int64_t) (steps * weights),
          (int64_t) result.role[TRAINING_W].values, "W: all weights a step");
  is_int ((int64_t) (steps * 32 * (6 + 8)),
          (int64_t) result.role[TRAINING_A].values, "A: all layers' inputs");
  is_int ((int64_t) (steps * 32 * (8 + 3)),
          (int64_t) result.role[TRAINING_E].values, "E: all layers' errors");
  is_int ((int64_t) (steps * (weights + biases)),
          (int64_t) result.role[TRAINING_G].values, "G: all gradients");
  is_int ((int64_t) (steps * (weights + biases)),
          (int64_t) result.role[TRAINING_U].values, "U: all parameters");
  ok (training_cost (&settings, set) > 3. * (double) (steps * 32 * weights),
      "a cost is foretold");
  training_result_free (&result);

  settings.curve_every = 10;
  settings.role[TRAINING_W] = settings.role[TRAINING_U] = "fp32";
  run (&settings, set, &result);
  is_int (9, (int64_t) result.points, "a point every ten steps, and the last");
  is_int (88, (int64_t) result.curve[8].step, "...of all steps");
  is_int (0, (int64_t) (result.role[TRAINING_W].values
                        + result.role[TRAINING_U].values),
          "float32 roles count nothing");
  training_result_free (&result);
}

/* Scales of U that are set once, and scales that follow the data. */
static void
test_u_scale (const data_set *set, const char *U)
{
  training_settings settings = settings_of ("mlp:8", "fixed-order", "fp32");
  training_result once, again, anew;

  settings.role[TRAINING_U] = U;
  run (&settings, set, &once);
  settings.U_scale = "initial";
  run (&settings, set, &again);
  settings.U_scale = "data";
  run (&settings, set, &anew);
  ok (same (&once, &again), "U = %s: its scale is set once, if nothing is said",
      U);
  is_int (0, (int64_t) once.dragged, "...and drags no weight");
  ok (anew.dragged > 0, "...one that follows the data moves %d weights",
      (int) anew.dragged);
  ok (!same (&once, &anew)
        && anew.role[TRAINING_U].values == once.role[TRAINING_U].values,
      "...and makes another run");
  ok (anew.swallowed > 0 && anew.swallowed < anew.updates,
      "...in which %d updates of %d are swallowed", (int) anew.swallowed,
      (int) anew.updates);
  training_result_free (&once);
  training_result_free (&again);
  training_result_free (&anew);
}

/* A rate that no net survives. */
static void
test_divergence (const data_set *set)
{
  training_settings settings = settings_of ("mlp:8", "sgemm", "fp32");
  training_result result;

  settings.lr = 1e30;
  settings.schedule = "constant";
  run (&settings, set, &result);
  is_int (TRAINING_DIVERGED, result.status, "a huge rate diverges");
  ok (result.steps < training_steps (&settings, set), "...and ends there");
  ok (!isfinite (result.train_loss), "...its loss is not finite");
  ok (result.test_accuracy >= 20 && result.test_accuracy <= 50,
      "...it guesses: %.1f %%", result.test_accuracy);
  training_result_free (&result);
}

static int
stop (void *closure, uint64_t step, uint64_t steps)
{
  *(uint64_t *) closure = steps;
  return step == 5;
}

static void
test_stop (const data_set *set)
{
  const training_settings settings = settings_of ("logistic", "sgemm", "fp32");
  numsys_error error = { "" };
  training_result result;
  uint64_t steps = 0;

  is_int (1, training_run (&settings, set, stop, &steps, &result, &error),
          "progress can stop a run");
  is_int (88, (int64_t) steps, "...and knows how long it is");
}

/* Wholly in elements; the widest system agrees with float32 for a while. */
static void
test_reference (const data_set *set)
{
  training_settings settings = settings_of ("mlp:4", "fixed-order", "fp32");
  training_result small, big;

  settings.train_limit = 64;
  settings.batch = 16;
  settings.epochs = 2;
  run (&settings, set, &small);
  settings.product = "reference:mpfr:100";
  run (&settings, set, &big);
  is_near (big.test_loss, small.test_loss, 1e-5,
           "float32 follows the true trajectory");
  ok (big.test_loss != small.test_loss, "...which has more digits");
  training_result_free (&big);
  settings.product = "reference:fp32";
  run (&settings, set, &big);
  is_near (big.test_loss, small.test_loss, 1e-5, "...in elements of fp32 too");
  training_result_free (&big);
  settings.product = "reference:lns:16,256";
  run (&settings, set, &big);
  is_near (small.test_loss, big.test_loss, 0.1, "...a coarse system roughly");
  ok (big.role[TRAINING_A].events.nan == 0, "...and makes no NaN");
  training_result_free (&big);
  training_result_free (&small);
}

int
main (void)
{
  data_set set = make_set ();

  plan (4 * 7 + 6 + 3 + 14 + 2 * 5 + 4 + 2 + 5);
  test_learning (&set, "logistic", "sgemm", "fp32");
  test_learning (&set, "mlp:8", "fixed-order", "fp32");
  test_learning (&set, "mlp:8-5", "sgemm", "e4m3");
  test_learning (&set, "mlp:8", "fixed-order", "lns8");
  test_products (&set);
  test_learning (&set, "mlp:8", "datapath:approx=hybrid:2", "lns8");
  test_learning (&set, "mlp:8", "accumulate:bf16,order=blocked", "fp32");
  test_learning (&set, "mlp:8", "fixed-order",
                 "int8:round=stochastic,scale=channel");
  test_instruction_sets (&set);
  test_counts (&set);
  test_u_scale (&set, "fixed:6,0");
  test_u_scale (&set, "lns:6,4,scale-step=real");
  test_divergence (&set);
  test_stop (&set);
  test_reference (&set);
  data_free (&set);
  return 0;
}
