/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each rule does to float32 weights: steps worked out by hand, and what
   the rules promise.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "tests/optim/help.h"
#include "tests/tap/tap.h"

enum { most = 3000 };

/* Steps of one weight with the gradients g[0..n). */
static float
run (const char *spec, double lr, float w, size_t n, const float g[])
{
  optim_tensor *tensor = tensor_of (spec, 1, &w);

  for (size_t i = 0; i < n; i++)
    optim_step (tensor, lr, NULL, 1, &g[i], &w, NULL);
  optim_tensor_free (tensor);
  return w;
}

static void
check_additive (void)
{
  const float g[] = { 2, 4, -1 };

  is_double (7, run ("sgd", 0.25, 8, 3, (float[]) { 2, 4, -2 }),
             "sgd follows the gradient");
  is_double (8 - 0.5 - 1.25 - 0.375, run ("sgd:momentum=0.5", 0.25, 8, 3, g),
             "momentum: m is 2, 5, 1.5");
  is_double (8 - 0.75 - 1.625,
             run ("sgd:momentum=0.5,nesterov=1", 0.25, 8, 2, g),
             "nesterov: u is 3, 6.5");
  is_double (8 - 0.25 * (2 + 0.5 * 8),
             run ("sgd:weight_decay=0.5", 0.25, 8, 1, g),
             "weight decay joins the gradient");
  is_near (1 - 0.125, run ("adam", 0.125, 1, 1, g), 1e-6,
           "adam's first step is lr long");
  is_near (1 - 0.125 * (1 + 0.5), run ("adamw:weight_decay=0.5", 0.125, 1, 1,
                                      g), 1e-6,
           "adamw shrinks the weight apart");
  is_near (1 + 0.125, run ("adam:weight_decay=1", 0.125, 1, 1,
                           (float[]) { -8 }), 1e-6,
           "adam's weight decay is normalized with the gradient");
}

static void
check_lns_madam (void)
{
  const float lone[] = { 1e-3f };
  float g[1100];

  is_double ((float) exp2 (-0x1p-7), run ("lns-madam", 0x1p-7, 1, 1, lone),
             "lns-madam's first step is lr in log2");
  is_double (-(float) exp2 (0.3), run ("lns-madam", 0.3, -1, 1, lone),
             "...away from zero where signs differ");
  is_double ((float) exp (-0.25 - 0.25 * 0.5),
             run ("lns-madam:weight_decay=0.5", 0.25, 1, 1, lone),
             "...to base e, and less, with weight decay");
  /* One gradient of 1, then of 0.3: gn is near 0.3 sqrt (2 / 1.09) = 0.41. */
  is_double ((float) exp2 (-0.25),
             run ("lns-madam", 0.25, 1, 2, (float[]) { 1, 0.3f }),
             "|gn| < 1/2 changes nothing");
  /* Now 0.45 sqrt (2 / 1.2025) = 0.58. */
  is_double ((float) exp2 (-0.25) * (float) exp2 (-0.25),
             run ("lns-madam", 0.25, 1, 2, (float[]) { 1, 0.45f }),
             "...but |gn| > 1/2 does");
  for (int i = 0; i < 1100; i++)
    g[i] = 1e-6f;
  g[1099] = 1;
  is_double (run ("lns-madam:p_scale=0", 0x1p-6, 1, 1099, g)
             * (float) exp2 (-4 * 0x1p-6),
             run ("lns-madam:p_scale=0,g_bound=4", 0x1p-6, 1, 1100, g),
             "gn is held to g_bound");
  is_double (1, run ("lns-madam", 0.25, 1, 1, (float[]) { 0 }),
             "0 / 0 is no gradient");
}

static void
check_others (void)
{
  const float g[] = { 2 };

  is_double ((float) exp (-0.125), run ("madam", 0.125, 1, 1, g),
             "madam's first step is lr in log");
  is_double (0x1p-1f, run ("mul", 0.5, 1, 1, g), "mul moves log2 by lr g");
  is_double (-0x1p+1f, run ("mul", 0.5, -1, 1, g), "...by its sign");
  is_double ((float) exp2 (-0.3), run ("signmul", 0.3, 1, 1, g),
             "signmul moves log2 by lr");
  is_double (2, run ("signmul", 1, 1, 1, (float[]) { -5 }), "...by its sign");
  is_double (2, run ("mul:p_scale=2", 3, 1, 1, (float[]) { -1 }),
             "p_scale bounds mul");
}

/* Rules that multiply: no sign changes, zero stays, the bound holds. */
static void
check_promises (const char *spec)
{
  float w[most], start[most], g[most];
  optim_counts counts = { .updates = 0 };
  optim_tensor *tensor;
  int wrong = 0, beyond = 0;

  draw (1, 1, most, start);
  memcpy (w, start, sizeof w);
  tensor = tensor_of (spec, most, w);
  for (uint64_t t = 0; t < 60; t++)
    {
      draw (100 + t, 0, most, g);
      optim_step (tensor, 0.25, NULL, most, g, w, &counts);
    }
  for (size_t i = 0; i < most; i++)
    {
      wrong += (w[i] > 0) != (start[i] > 0) || (w[i] < 0) != (start[i] < 0);
      beyond += optim_tensor_bound (tensor) > 0
                && fabsf (w[i]) > optim_tensor_bound (tensor);
    }
  is_int (0, wrong, "%s: no sign changes and zero stays", spec);
  is_int (0, beyond, "%s: no weight above wmax", spec);
  ok (counts.flips == 0 && counts.updates > 0, "%s: counts agree", spec);
  ok ((counts.bounded > 0) == (optim_tensor_bound (tensor) > 0),
      "%s: weights at the bound are counted", spec);
  optim_tensor_free (tensor);
}

static void
check_bound (void)
{
  const float w[] = { 3, -4, 0, 12 };
  optim_tensor *tensor = tensor_of ("lns-madam:p_scale=2", 4, w);

  is_double (13, optim_tensor_bound (tensor), "wmax is p_scale rms (w)");
  optim_tensor_free (tensor);
  tensor = tensor_of ("sgd", 4, w);
  is_double (0, optim_tensor_bound (tensor), "sgd has no bound");
  optim_tensor_free (tensor);
}

static void
check_counts (void)
{
  float w[] = { 1, 1, 1, -1 };
  const float g[] = { 0x1p-30f, 0, 1, -4 };
  optim_counts counts = { .updates = 0 };
  optim_tensor *tensor = tensor_of ("sgd", 4, w);

  optim_step (tensor, 0.5, NULL, 4, g, w, &counts);
  is_int (3, (int64_t) counts.updates, "updates that are not zero");
  is_int (1, (int64_t) counts.swallowed, "...one too small to change 1");
  is_int (1, (int64_t) counts.flips, "...one beyond zero");
  is_int (0, (int64_t) counts.bounded, "no bound, none at it");
  optim_tensor_free (tensor);
}

/* A tensor is cut into slices inside; each weight must come out as alone. */
static void
check_slices (const char *spec)
{
  float w[most], g[most];
  optim_tensor *tensor;
  int wrong = 0;

  draw (2, 1, most, w);
  draw (3, 0, most, g);
  tensor = tensor_of (spec, most, w);
  for (size_t i = 0; i < most; i += 341)
    {
      const float wanted = run (spec, 0.01, w[i], 1, &g[i]);
      float fresh[most];
      optim_tensor *again = tensor_of (spec, most, w);

      memcpy (fresh, w, sizeof fresh);
      optim_step (again, 0.01, NULL, most, g, fresh, NULL);
      wrong += fresh[i] != wanted;
      optim_tensor_free (again);
    }
  is_int (0, wrong, "%s: a weight among many moves as alone", spec);
  optim_tensor_free (tensor);
}

static void
check_integer_madam (void)
{
  float w[most], other[most], start[most], g[most] = { 0 };
  optim_tensor *tensor;
  double mean = 0;
  int off = 0, differ = 0;

  draw (4, 0, most, start);
  for (size_t i = 0; i < most; i++)
    start[i] = start[i] == 0 ? 1 : start[i];
  memcpy (w, start, sizeof w);
  tensor = tensor_of ("integer-madam:levels=16,base_lr=0.25", most, w);
  optim_step (tensor, 0.5, NULL, most, g, w, NULL);
  for (size_t i = 0; i < most; i++)
    {
      const double n
        = -log (fabs (w[i]) / optim_tensor_bound (tensor)) / 0.25;

      off += fabs (n - rint (n)) > 1e-5 || n < -0.5 || n > 15.5;
      mean += n / most;
      g[i] = -start[i];
    }
  is_int (0, off, "integer-madam: weights lie on the levels");
  is_near (7.5, mean, 6 * 4.61 / sqrt (most), "...evenly");
  memcpy (other, w, sizeof w);
  optim_step (tensor, 0.5, NULL, most, g, other, NULL);
  off = 0;
  for (size_t i = 0; i < most; i++)
    off += !(fabsf (other[i]) > fabsf (w[i])
             || fabsf (other[i]) >= optim_tensor_bound (tensor));
  is_int (0, off, "...a gradient against the weight lowers the level");
  optim_tensor_free (tensor);
  tensor = tensor_of ("integer-madam:levels=16,base_lr=0.25,seed=1", most,
                      start);
  memset (g, 0, sizeof g);
  memcpy (other, start, sizeof w);
  optim_step (tensor, 0.5, NULL, most, g, other, NULL);
  for (size_t i = 0; i < most; i++)
    differ += other[i] != w[i];
  ok (differ > most / 2, "...another seed, other levels");
  optim_tensor_free (tensor);
}

int
main (void)
{
  static const char *const multiplicative[] = {
    "madam", "lns-madam", "mul", "mul:p_scale=2", "signmul:p_scale=2",
    "integer-madam",
  };
  static const char *const alone[] = {
    "sgd:momentum=0.9,weight_decay=0.01", "adam", "adamw", "mul", "signmul",
    "madam:p_scale=0", "lns-madam:p_scale=0",
  };
  const unsigned rules = sizeof multiplicative / sizeof multiplicative[0];
  const unsigned sliced = sizeof alone / sizeof alone[0];

  plan (7 + 7 + 6 + 4 * rules + 2 + 4 + sliced + 4);
  check_additive ();
  check_lns_madam ();
  check_others ();
  for (unsigned i = 0; i < rules; i++)
    check_promises (multiplicative[i]);
  check_bound ();
  check_counts ();
  for (unsigned i = 0; i < sliced; i++)
    check_slices (alone[i]);
  check_integer_madam ();
  return 0;
}
