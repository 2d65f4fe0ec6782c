/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the roundings.  */

#include <config.h>
#include <string.h>
#include "numsys/numsys.h"

static const char *const names[NUMSYS_ROUNDINGS + 1] = {
  [NUMSYS_NEAREST] = "nearest",
  [NUMSYS_NEAREST_AWAY] = "nearest-away",
  [NUMSYS_UP] = "up",
  [NUMSYS_DOWN] = "down",
  [NUMSYS_ZERO] = "zero",
  [NUMSYS_ODD] = "odd",
  [NUMSYS_STOCHASTIC] = "stochastic",
  [NUMSYS_NEAREST_LINEAR] = "nearest-linear",
  [NUMSYS_STOCHASTIC_LOG] = "stochastic-log",
};

static const char *const scalings[] = { "none", "tensor", "channel",
                                        "block=N", NULL };
static const char *const steps[] = { "grid", "pow2", "real", NULL };

const char *
numsys_rounding_name (numsys_rounding rounding)
{
  return names[rounding];
}

int
numsys_rounding_find (const char *name)
{
  for (int i = 0; i < NUMSYS_ROUNDINGS; i++)
    if (strcmp (names[i], name) == 0)
      return i;
  return -1;
}

numsys_context
numsys_context_of (numsys_rounding rounding)
{
  return (numsys_context) { .rounding = rounding, .random_bits = 32 };
}

const numsys_param numsys_quantizer_params[] = {
  { "round", NUMSYS_NEAREST, 0, NUMSYS_ROUNDINGS - 1, names,
    "rule for values between two of the system's" },
  { "random-bits", 32, 1, 32, NULL,
    "bits of each random word that a stochastic rounding uses" },
  { "scale", NUMSYS_SCALE_TENSOR, 0, NUMSYS_SCALE_BLOCK, scalings,
    "what shares one scale, taken from its largest magnitude" },
  { "scale-step", NUMSYS_STEP_GRID, 0, NUMSYS_STEP_REAL, steps,
    "scales allowed: the system's grid, powers of two, any real number" },
  { NULL, 0, 0, 0, NULL, NULL },
};
