/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of settings: to add one, add its line here (and raise
   SETTINGS_COUNT); files, help and results follow.  */

#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "experiments/data/data.h"
#include "experiments/probes/plan.h"
#include "experiments/study/settings.h"
#include "experiments/workloads/product.h"
#include "numsys/spec.h"
#include "optim/optim.h"

#define AT(member) offsetof (training_settings, member)
#define LONG_COUNT 1e15

static void
copy (char out[SETTINGS_ROOM], const char *text)
{
  snprintf (out, SETTINGS_ROOM, "%s", text);
}

static int
canonical_data (const char *value, char out[SETTINGS_ROOM],
                numsys_error *error)
{
  const char *names[16];
  char near[64], list[200] = "";
  size_t n = 0;

  copy (out, value);
  if (data_find (value) != NULL)
    return 0;
  for (; n < 16 && data_sources[n] != NULL; n++)
    {
      names[n] = data_sources[n]->name;
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                n > 0 ? ", " : "", names[n]);
    }
  numsys_nearest_word (value, n, names, near);
  numsys_error_set (error, "unknown data set '%s'%s (data sets: %s)", value,
                    near, list);
  return -1;
}

static int
canonical_role (const char *value, char out[SETTINGS_ROOM],
                numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new (value, error);

  if (quantizer == NULL)
    return -1;
  copy (out, numsys_quantizer_spec (quantizer));
  numsys_quantizer_free (quantizer);
  return 0;
}

static int
canonical_optimizer (const char *value, char out[SETTINGS_ROOM],
                     numsys_error *error)
{
  optim *rule = optim_new (value, error);

  if (rule == NULL)
    return -1;
  copy (out, optim_spec (rule));
  optim_free (rule);
  return 0;
}

static int
canonical_schedule (const char *value, char out[SETTINGS_ROOM],
                    numsys_error *error)
{
  optim_schedule *schedule = optim_schedule_new (value, error);

  if (schedule == NULL)
    return -1;
  copy (out, optim_schedule_spec (schedule));
  optim_schedule_free (schedule);
  return 0;
}

/* In canonical form; what names no product as it is, for training_check to
   judge. */
static int
canonical_product (const char *value, char out[SETTINGS_ROOM],
                   numsys_error *error)
{
  static const char reference[] = "reference:";
  numsys *system;

  if (strncmp (value, reference, strlen (reference)) != 0)
    return product_canonical (value, out, SETTINGS_ROOM, error);
  system = numsys_new (value + strlen (reference), error);
  if (system == NULL)
    return -1;
  snprintf (out, SETTINGS_ROOM, "%s%s", reference, numsys_spec (system));
  numsys_free (system);
  return 0;
}

static int
canonical_truth (const char *value, char out[SETTINGS_ROOM],
                 numsys_error *error)
{
  numsys *system;

  copy (out, value);
  if (strcmp (value, "-") == 0)
    return 0;
  system = numsys_new (value, error);
  if (system == NULL)
    return -1;
  copy (out, numsys_spec (system));
  numsys_free (system);
  return 0;
}

static int
canonical_probe (const char *value, char out[SETTINGS_ROOM],
                 numsys_error *error)
{
  probe_plan plan;

  if (probe_plan_read (value, &plan, error) != 0)
    return -1;
  if (plan.when == PROBE_STEPS)
    snprintf (out, SETTINGS_ROOM, "%" PRIu64, plan.every);
  else
    copy (out, value);
  return 0;
}

static int
canonical_probe_specs (const char *value, char out[SETTINGS_ROOM],
                       numsys_error *error)
{
  return probe_specs_canonical (value, SETTINGS_ROOM, out, error);
}

const settings_entry settings_table[SETTINGS_COUNT] = {
  { "data", "fashion-mnist", SETTINGS_TEXT, 0, 0, AT (data),
    canonical_data, "data set" },
  { "model", "mlp:256-128", SETTINGS_TEXT, 0, 0, AT (model), NULL,
    "mlp:WIDTH-WIDTH... (hidden layers), logistic, or an objective: "
    "quadratic:DIMENSION,condition=K, rosenbrock:DIMENSION" },
  { "W", "fp32", SETTINGS_TEXT, 0, 0, AT (role[TRAINING_W]), canonical_role,
    "number system of weights, as products read them" },
  { "A", "fp32", SETTINGS_TEXT, 0, 0, AT (role[TRAINING_A]), canonical_role,
    "number system of activations, inputs of the net included" },
  { "E", "fp32", SETTINGS_TEXT, 0, 0, AT (role[TRAINING_E]), canonical_role,
    "number system of activation gradients (\"errors\")" },
  { "G", "fp32", SETTINGS_TEXT, 0, 0, AT (role[TRAINING_G]), canonical_role,
    "number system of weight gradients" },
  { "U", "fp32", SETTINGS_TEXT, 0, 0, AT (role[TRAINING_U]), canonical_role,
    "number system that weights are stored in between steps" },
  { "U-scale", "initial", SETTINGS_TEXT, 0, 0, AT (U_scale), NULL,
    "where U's scale comes from: initial (set once, at the start) or data "
    "(chosen anew after each step)" },
  { "M", "fp32", SETTINGS_TEXT, 0, 0, AT (role[TRAINING_M]), canonical_role,
    "number system of the optimizer's first moments" },
  { "V", "fp32", SETTINGS_TEXT, 0, 0, AT (role[TRAINING_V]), canonical_role,
    "number system of the optimizer's second moments" },
  { "optimizer", "adam", SETTINGS_TEXT, 0, 0, AT (optimizer),
    canonical_optimizer, "update rule" },
  { "schedule", "cosine", SETTINGS_TEXT, 0, 0, AT (schedule),
    canonical_schedule, "how the learning rate changes over the run" },
  { "product", "fixed-order", SETTINGS_TEXT, 0, 0, AT (product),
    canonical_product,
    "how matrix products are computed: sgemm, fixed-order, datapath:KEYS, "
    "accumulate:SYSTEM, reference:SYSTEM" },
  { "product-dx", "same", SETTINGS_TEXT, 0, 0, AT (product_dx),
    canonical_product, "the same for errors of the layer below" },
  { "product-dw", "same", SETTINGS_TEXT, 0, 0, AT (product_dw),
    canonical_product, "the same for weight gradients" },
  { "truth", "-", SETTINGS_TEXT, 0, 0, AT (truth), canonical_truth,
    "number system that the same run is done in beside product "
    "reference:SYSTEM, for the distance between the two; -: none" },
  { "init", "he", SETTINGS_TEXT, 0, 0, AT (init), NULL,
    "how weights are initialised" },
  { "lr", "0.001", SETTINGS_REAL, 0, 1e6, AT (lr), NULL,
    "learning rate, before the schedule" },
  { "bias-init", "0.01", SETTINGS_REAL, 0, 1e3, AT (bias_init), NULL,
    "standard deviation of initial biases" },
  { "seed", "1", SETTINGS_INTEGER, 0, LONG_COUNT, AT (seed), NULL,
    "initial weights, order of the data, stochastic rounding" },
  { "epochs", "5", SETTINGS_INTEGER, 1, 1e6, AT (epochs), NULL,
    "passes over the training data" },
  { "batch", "128", SETTINGS_INTEGER, 1, 1e6, AT (batch), NULL,
    "examples in a step" },
  { "train-limit", "0", SETTINGS_INTEGER, 0, LONG_COUNT, AT (train_limit),
    NULL, "training examples used; 0: all" },
  { "validation", "5000", SETTINGS_INTEGER, 0, LONG_COUNT, AT (validation),
    NULL, "examples split off the training part" },
  { "test-limit", "0", SETTINGS_INTEGER, 0, LONG_COUNT, AT (test_limit), NULL,
    "test examples used; 0: all" },
  { "curve-every", "0", SETTINGS_INTEGER, 0, LONG_COUNT, AT (curve_every),
    NULL, "steps between points of the curve; 0: an epoch" },
  { "probe", "epoch", SETTINGS_TEXT, 0, 0, AT (probe), canonical_probe,
    "steps whose tensors are measured: none, epoch (the first, and the last "
    "of each epoch), or N (the first, every N-th, the last)" },
  { "probe-specs", PROBE_NO_SPECS, SETTINGS_TEXT, 0, 0, AT (probe_specs),
    canonical_probe_specs,
    "further quantizers, between spaces, whose error on each measured tensor "
    "is told; they change nothing" },
};
