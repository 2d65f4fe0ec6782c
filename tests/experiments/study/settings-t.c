/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The defaults of settings.  A run's identity leaves out what is at its
   default (experiments/study/grid.h), so a default that changes would take old runs
   for new ones: raise STORE_NUMERICS, then change it here.  A new setting is
   added here and raises nothing.  */

#include "experiments/study/settings.h"
#include "tests/tap/tap.h"

static const struct { const char *key, *value; } defaults[] = {
  { "data", "fashion-mnist" },
  { "model", "mlp:256-128" },
  { "W", "float:exponent=8,significand=23" },
  { "A", "float:exponent=8,significand=23" },
  { "E", "float:exponent=8,significand=23" },
  { "G", "float:exponent=8,significand=23" },
  { "U", "float:exponent=8,significand=23" },
  { "U-scale", "initial" },
  { "M", "float:exponent=8,significand=23" },
  { "V", "float:exponent=8,significand=23" },
  { "optimizer", "adam:beta1=0.9,beta2=0.999,eps=1e-08,weight_decay=0" },
  { "schedule", "cosine:warm-up=0" },
  { "product", "fixed-order" },
  { "product-dx", "same" },
  { "product-dw", "same" },
  { "init", "he" },
  { "lr", "0.001" },
  { "bias-init", "0.01" },
  { "seed", "1" },
  { "epochs", "5" },
  { "batch", "128" },
  { "train-limit", "0" },
  { "validation", "5000" },
  { "test-limit", "0" },
  { "curve-every", "0" },
  { "probe", "epoch" },
  { "probe-specs", "-" },
  { "truth", "-" },
};

#define COUNT (sizeof defaults / sizeof defaults[0])

int
main (void)
{
  settings_values settings;

  plan (COUNT + 1);
  settings_init (&settings);
  is_int (SETTINGS_COUNT, COUNT, "every setting's default is held here");
  for (size_t i = 0; i < COUNT; i++)
    is_string (defaults[i].value,
               settings_find (defaults[i].key) < 0
                 ? "no such setting"
                 : settings_get (&settings, defaults[i].key),
               "%s is what it was, or STORE_NUMERICS is raised",
               defaults[i].key);
  settings_free (&settings);
  return 0;
}
