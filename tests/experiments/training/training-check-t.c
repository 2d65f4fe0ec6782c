/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a run before it starts: settings that are wrong, and the
   role table.  */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/training/training.h"
#include "tests/tap/tap.h"

/* Shapes are all that these tests ask of data. */
static const data_set shape = {
  .name = "made-up",
  .features = 6,
  .classes = 3,
  .train = { .count = 420 },
  .test = { .count = 90 },
};

static const data_set none = { .name = "none" };

static training_settings
settings_of (const char *product, const char *format)
{
  return (training_settings) {
    .model = "mlp:8",
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
refuses (training_settings settings, const data_set *set, const char *says)
{
  numsys_error error = { "" };
  training_result result;
  const int status
    = set == NULL ? training_check (&settings, &error)
                  : training_run (&settings, set, NULL, NULL, &result, &error);

  ok (status == -1 && strstr (error.text, says) != NULL, "refused: %s",
      error.text);
}

static void
test_refusals (const data_set *set)
{
  const training_settings good = settings_of ("sgemm", "e4m3");
  training_settings bad;
  numsys_error error = { "" };

  is_int (0, training_check (&good, &error), "good settings%s", error.text);
  bad = good, bad.role[TRAINING_E] = "e4m4", refuses (bad, NULL, "role E: ");
  bad = good, bad.role[TRAINING_A] = "float:11,4", refuses (bad, NULL,
                                                            "role A: ");
  bad = good, bad.model = "mpl:8", refuses (bad, NULL, "did you mean 'mlp'");
  bad = good, bad.model = "mlp:8-0", refuses (bad, NULL, "'8-0'");
  bad = good, bad.model = "mlp", refuses (bad, NULL, "model mlp");
  bad = good, bad.model = "logistic:3", refuses (bad, NULL, "logistic");
  bad = good, bad.product = "sgem", refuses (bad, NULL,
                                             "did you mean 'sgemm'");
  bad = good, bad.product = "reference:lns8,8", refuses (bad, NULL,
                                                         "product reference");
  bad = good, bad.product = "reference:mpfr:64", refuses (bad, NULL,
                                                          "role W");
  bad = good, bad.truth = "mpfr:256", refuses (bad, NULL, "truth = mpfr:256");
  bad = good, bad.model = "quadratic:3", refuses (bad, NULL,
                                                  "computed by product ref");
  bad = settings_of ("reference:fp16", "fp32"), bad.truth = "mpfr:1x",
  refuses (bad, NULL, "truth: ");
  bad = good, bad.data = "none", refuses (bad, NULL, "learns from examples");
  bad = settings_of ("reference:fp16", "fp32"), bad.model = "rosenbrock:2",
  bad.data = "mnist", refuses (bad, NULL, "data must be none, not mnist");
  bad = good, bad.init = "hee", refuses (bad, NULL, "init 'hee'");
  bad = good, bad.lr = NAN, refuses (bad, NULL, "lr=nan");
  bad = good, bad.epochs = 0, refuses (bad, NULL, "epochs=0");
  bad = good, bad.optimizer = "sdg", refuses (bad, NULL, "sgd");
  bad = good, bad.schedule = "cosin", refuses (bad, NULL, "cosine");
  bad = good, bad.U_scale = "dta", refuses (bad, NULL, "did you mean 'data'");
  bad = good, bad.U_scale = "data", refuses (bad, NULL, "U = fp32 has no scale");
  bad = good, bad.role[TRAINING_U] = "fixed:16,8,scale=channel",
  refuses (bad, NULL, "role U: ");
  bad = good, bad.validation = 420, refuses (bad, set, "validation=420");
  bad = good, bad.batch = 361, refuses (bad, set, "batch=361");
}

static void
test_table (const data_set *set, const char *product, const char *U_scale,
            const char *says)
{
  training_settings settings = settings_of (product, "fp32");
  numsys_error error = { "" };
  char text[16384] = "";
  FILE *stream = fmemopen (text, sizeof text, "w");

  settings.U_scale = U_scale;
  if (set->features == 0)
    settings.model = "rosenbrock:2";
  if (strcmp (product, "reference:fp16") == 0)
    settings.truth = "mpfr:256";
  if (strncmp (product, "reference", 9) != 0)
    {
      settings.role[TRAINING_W] = "lns:bits=8,gamma=8,scale=channel";
      settings.role[TRAINING_U] = "lns:16,2048";
      settings.role[TRAINING_E] = "e5m2:round=stochastic";
    }
  is_int (0, training_role_table (&settings, set, stream, &error),
          "a table of roles%s", error.text);
  fclose (stream);
  ok (strstr (text, says) != NULL, "...says `%s'", says);
  if (getenv ("NUMSYS_CHECK_LONG") != NULL)
    fputs (text, stderr);
}

int
main (void)
{
  plan (25 + 2 * 6);
  test_refusals (&shape);
  test_table (&shape, "sgemm", "initial", "scales of W vary along it");
  test_table (&shape, "sgemm", "data", "chosen anew from the largest");
  test_table (&shape, "sgemm", "initial", "there is no float32 copy");
  test_table (&shape, "reference:mpfr:64", "initial", "mpfr:precision=64");
  test_table (&none, "reference:fp16", "initial",
              "The objective rosenbrock of 2 parameters");
  test_table (&none, "reference:fp16", "initial",
              "goes on in\nmpfr:precision=256.");
  return 0;
}
