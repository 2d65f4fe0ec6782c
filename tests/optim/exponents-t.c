/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LNS-Madam on weights stored in an LNS grid, as floats and as codes by turns,
   held to integer arithmetic on exponents that is done here apart: the
   normalized gradient and the product gamma lr gn in MPFR, rounded once as the
   grid's rounding says.  */

#include <config.h>
#include <math.h>
#include <mpfr.h>
#include <stdio.h>
#include <string.h>
#include "numsys/random.h"
#include "optim/type.h"
#include "tests/optim/help.h"
#include "tests/tap/tap.h"

enum { n = 600, steps = 60 };

/* A stored weight: sign, and exponent above the grid's smallest. */
typedef struct stored
{
  int sign;    /* 0: zero */
  int64_t e;
} stored;

static void
look (const numsys_quantizer *U, numsys_scale scale, const float w[],
      stored out[])
{
  const numsys *system = numsys_quantizer_system (U);
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  uint32_t codes[n];
  const numsys_random any = { { 0, 0 }, { 0, 0 } };
  numsys_events events = { 0, 0, 0, 0, 0 };

  numsys_quantize_to_codes (U, scale, n, w, &any, 0, codes, &events);
  for (size_t i = 0; i < n; i++)
    {
      const numsys_place place
        = ladder->place (numsys_state (system), codes[i]);

      out[i].sign = place.rung == 0 ? 0 : place.negative ? -1 : 1;
      out[i].e = (int64_t) place.rung - 1;
    }
}

/* gn of a tensor's last step, rounded; near_tie: to either side. */
static long
normalized (const optim_tensor *tensor, size_t i, float g, int *near_tie)
{
  const double beta = tensor->values[2];
  mpfr_t x, bias;
  double gn;

  if (g == 0)
    return 0;
  mpfr_inits2 (200, x, bias, (mpfr_ptr) 0);
  mpfr_set_d (bias, beta, MPFR_RNDN);
  mpfr_pow_ui (bias, bias, (unsigned long) tensor->t, MPFR_RNDN);
  mpfr_ui_sub (bias, 1, bias, MPFR_RNDN);
  mpfr_set_flt (x, tensor->v[i], MPFR_RNDN);
  mpfr_div (x, x, bias, MPFR_RNDN);
  mpfr_rec_sqrt (x, x, MPFR_RNDN);
  mpfr_mul_d (x, x, g, MPFR_RNDN);
  gn = mpfr_get_d (x, MPFR_RNDN);
  mpfr_clears (x, bias, (mpfr_ptr) 0);
  gn = fmax (-tensor->values[1], fmin (tensor->values[1], gn));
  *near_tie = fabs (fabs (gn) - floor (fabs (gn)) - 0.5) < 0x1p-18;
  return lrint (gn);
}

/* The rounding of e + change, where change = whole + part, 0 <= part < 1. */
static int64_t
rounded (numsys_rounding rounding, int64_t gamma, int sign, int64_t floor_e,
         double part, uint32_t word)
{
  const double u = (word + 0.5) * 0x1p-32;
  const double p = expm1 (part * M_LN2 / (double) gamma)
                   / expm1 (M_LN2 / (double) gamma);

  if (part == 0)
    return floor_e;
  switch (rounding)
    {
    case NUMSYS_NEAREST:
      return floor_e + (part > 0.5 || (part == 0.5 && (floor_e & 1)));
    case NUMSYS_NEAREST_AWAY: return floor_e + (part >= 0.5);
    case NUMSYS_UP: return floor_e + (sign > 0);
    case NUMSYS_DOWN: return floor_e + (sign < 0);
    case NUMSYS_ZERO: return floor_e;
    case NUMSYS_ODD: return floor_e + !(floor_e & 1);
    case NUMSYS_NEAREST_LINEAR: return floor_e + (p > 0.5);
    case NUMSYS_STOCHASTIC: return floor_e + (u < p);
    default: return floor_e + (u < part);
    }
}

/* Whether the choice above hangs on how the change, in steps of the grid, was
   itself rounded to float32. */
static int
is_fine (numsys_rounding rounding, double part, double change, uint32_t word)
{
  const double u = (word + 0.5) * 0x1p-32;
  const double at = rounding == NUMSYS_STOCHASTIC
                    || rounding == NUMSYS_STOCHASTIC_LOG ? u : 0.5;
  const double slack = 0x1p-22 * (1 + fabs (change))
                       + (rounding == NUMSYS_STOCHASTIC ? 1e-3 : 0);

  return part != 0 && part != 0.5
         && (fabs (part - at) < slack || part < slack || part > 1 - slack);
}

/* The exponent that e should become. */
static int64_t
moved_exponent (const numsys_quantizer *U, numsys_rounding rounding,
                stored from, long gn, double lr, uint32_t word, int *is_close)
{
  const numsys *system = numsys_quantizer_system (U);
  const void *state = numsys_state (system);
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const int64_t gamma = ladder->gamma (state);
  const int64_t top = (int64_t) ladder->top (state, 0) - 1;
  mpfr_t x;
  int64_t e;
  double whole, part;

  mpfr_init2 (x, 200);
  mpfr_set_d (x, -lr, MPFR_RNDN);
  mpfr_mul_si (x, x, gn * from.sign, MPFR_RNDN);
  mpfr_mul_si (x, x, gamma, MPFR_RNDN);
  mpfr_frac (x, x, MPFR_RNDN);
  part = mpfr_get_d (x, MPFR_RNDN);
  mpfr_set_d (x, -lr, MPFR_RNDN);
  mpfr_mul_si (x, x, gn * from.sign * gamma, MPFR_RNDN);
  mpfr_floor (x, x);
  whole = mpfr_get_d (x, MPFR_RNDN);
  mpfr_clear (x);
  if (part < 0)
    part += 1;
  *is_close = is_fine (rounding, part, whole, word);
  e = rounded (rounding, gamma, from.sign, from.e + (int64_t) whole, part,
               word);
  return e < 0 ? 0 : e > top ? top : e;
}

/* A step of the weights' codes. */
static void
step_codes (optim_tensor *tensor, double lr, const optim_storage *storage,
            const float g[], float w[], optim_counts *counts)
{
  const numsys *system = numsys_quantizer_system (storage->U);
  void *elements = numsys_elements_new (system, n);

  numsys_quantize_to_elements (storage->U, storage->scale, n, w,
                               storage->random, 0, elements, NULL);
  optim_step_codes (tensor, lr, storage, n, g, elements, counts);
  numsys_quantize_from_elements (storage->U, storage->scale, n, elements, w);
  numsys_elements_free (system, n, elements);
}

/* 60 steps of lns-madam on U; scale from wmax. */
static void
check_exponents (const char *spec, numsys_rounding rounding, double lr)
{
  numsys_quantizer *U;
  char full[120];
  float w[n], g[n];
  stored before[n], after[n];
  uint32_t words[n];
  optim_tensor *tensor;
  optim_storage storage = { .U = NULL };
  int wrong = 0, close = 0, moves = 0;

  snprintf (full, sizeof full, "%s,round=%s", spec,
            numsys_rounding_name (rounding));
  U = quantizer_of (full);
  draw (1, 1, n, w);
  tensor = tensor_of ("lns-madam", n, w);
  storage.U = U;
  storage.scale = numsys_quantizer_scale (U, optim_tensor_bound (tensor));
  for (uint32_t t = 0; t < steps; t++)
    {
      const numsys_random random = numsys_random_of (9, 1, 2, t);
      optim_counts counts = { .updates = 0 };

      if (t == 0)
        numsys_quantize_at (U, storage.scale, n, w, &random, 0, w, NULL);
      storage.random = &random;
      draw (100 + t, 2, n, g);
      look (U, storage.scale, w, before);
      if (t % 2 == 0)
        optim_step (tensor, lr, &storage, n, g, w, &counts);
      else
        step_codes (tensor, lr, &storage, g, w, &counts);
      look (U, storage.scale, w, after);
      numsys_random_words (&random, 0, n, words);
      for (size_t i = 0; i < n; i++)
        {
          int near_tie = 0, is_close = 0, right;
          const long gn = normalized (tensor, i, g[i], &near_tie);
          const int64_t e = moved_exponent (U, rounding, before[i], gn, lr,
                                            words[i], &is_close);

          right = before[i].sign == after[i].sign
                  && (after[i].sign == 0 || after[i].e == e);
          close += !right && (near_tie || is_close);
          wrong += !right && !near_tie && !is_close;
          moves += after[i].e != before[i].e;
        }
    }
  ok (wrong == 0 && moves > 0,
      "%s, lr %g: exponents move as integers do", full, lr);
  ok (close <= steps * n / 200, "...all but %d of %d decided clearly", close,
      steps * n);
  optim_tensor_free (tensor);
  numsys_quantizer_free (U);
}

int
main (void)
{
  static const double rates[] = { 0x1p-7, 0x1p-9, 0x1p-12, 0.013 };

  plan (2 * NUMSYS_ROUNDINGS * 4);
  for (int rounding = 0; rounding < NUMSYS_ROUNDINGS; rounding++)
    for (size_t i = 0; i < 4; i++)
      check_exponents (i % 2 == 0 ? "lns:16,2048" : "lns:12,128",
                       (numsys_rounding) rounding, rates[i]);
  mpfr_free_cache ();
  return 0;
}
