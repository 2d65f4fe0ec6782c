/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantization error: against plain loops on fixed arrays, and against the
   errors that theory gives known distributions.  */

#include <config.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "analysis/error.h"
#include "numsys/numsys.h"
#include "tests/tap/tap.h"

static analysis_error_result
result_of (size_t n, const float x[], const float q[])
{
  analysis_error error;

  memset (&error, 0, sizeof error);
  analysis_error_add (&error, n, x, q);
  return analysis_error_of (&error);
}

/* The definitions, one number after the other, in long double. */
static analysis_error_result
plain (size_t n, const float x[], const float q[])
{
  long double signal = 0, noise = 0, relative = 0, squares = 0, logs = 0,
              log_squares = 0, largest = 0;
  size_t finite = 0, nonzero = 0, pairs = 0;

  for (size_t i = 0; i < n; i++)
    {
      const long double d = (long double) q[i] - x[i];

      if (!isfinite (x[i]))
        continue;
      finite++;
      signal += (long double) x[i] * x[i];
      noise += d * d;
      if (x[i] == 0)
        continue;
      nonzero++;
      relative += d / x[i];
      squares += d / x[i] * (d / x[i]);
      largest = isnan (d + largest)
                  ? NAN : fmaxl (largest, fabsl (d / x[i]));
      if (q[i] == 0 || !isfinite (q[i]))
        continue;
      pairs++;
      logs += log2l (fabsl ((long double) q[i] / x[i]));
      log_squares += powl (log2l (fabsl ((long double) q[i] / x[i])), 2);
    }
  return (analysis_error_result) {
    .sqnr_db = (double) (10 * log10l (signal / noise)),
    .rms = (double) sqrtl (noise / finite),
    .relative_rms = (double) sqrtl (squares / nonzero),
    .bias = (double) (relative / nonzero),
    .largest_relative = nonzero == 0 ? NAN : (double) largest,
    .log_rms = (double) sqrtl (log_squares / pairs),
    .log_bias = (double) (logs / pairs),
  };
}

/* Equal, or within 1e-13 of what they are. */
static int
is_close (double wanted, double seen)
{
  return (isnan (wanted) && isnan (seen)) || wanted == seen
         || fabs (wanted - seen) <= 1e-13 * fabs (wanted) + 1e-15;
}

static void
agree (size_t n, const float x[], const float q[], const char *what)
{
  const analysis_error_result wanted = plain (n, x, q);
  const analysis_error_result seen = result_of (n, x, q);
  const double *a = &wanted.sqnr_db, *b = &seen.sqnr_db;
  size_t bad = 0;

  for (size_t i = 0; i < sizeof wanted / sizeof *a; i++)
    if (!is_close (a[i], b[i]))
      {
        diag ("statistic %zu: wanted %.17g, seen %.17g", i, a[i], b[i]);
        bad++;
      }
  ok (bad == 0, "%s: as plain loops say", what);
}

static void
test_fixed_arrays (void)
{
  static const float x[] = { 1, -2, 0.3f, 1e-40f, 3e38f, 0, -0.f, 7, 1e-20f,
                             -5, 0.7f };
  static const float q[] = { 1.25f, -2, 0.25f, 0, 2e38f, 0, 0.5f, 8, 1e-3f,
                             -4, 0.75f };
  static const float same[] = { 3, 3, 3, 3 }, near[] = { 4, 4, 4, 4 };
  static const float zeros[] = { 0, -0.f, 0 }, raised[] = { 1, 1, 1 };
  static const float strange[] = { NAN, 1, INFINITY, -INFINITY, -2, NAN };
  static const float kept[] = { NAN, 1.5f, INFINITY, 448, -2, 0 };
  static const float big[] = { 1e5f, 1 }, over[] = { INFINITY, 1 };
  static const float lost[] = { NAN, 1 };
  float many_x[1500], many_q[1500];

  for (size_t i = 0; i < 1500; i++)
    {
      many_x[i] = x[i % 11] * (float) (i + 1);
      many_q[i] = q[i % 11] * (float) (i + 2);
    }
  agree (11, x, q, "numbers of all sizes");
  agree (1500, many_x, many_q, "an array of more than a slice");
  for (size_t i = 0; i < 1500; i++)
    many_q[i] = many_x[i] * (1 + (float) (i % 5) * 0x1p-20f);
  agree (1500, many_x, many_q, "tiny errors, zeros among the numbers");
  for (size_t i = 0; i < 1500; i++)
    many_q[i] = -many_x[i];
  agree (1500, many_x, many_q, "signs turned");
  agree (0, x, q, "empty");
  agree (4, same, near, "constant");
  agree (4, same, same, "without error");
  agree (3, zeros, zeros, "all zero");
  agree (3, zeros, raised, "zeros raised");
  agree (6, strange, kept, "NaN and infinity");
  agree (2, big, over, "overflow to infinity");
  agree (2, big, lost, "a number that became NaN");
}

static void
test_meaning (void)
{
  static const float zeros[] = { 0, 0 }, one[] = { 1 }, none[] = { NAN };
  static const float x[] = { NAN, 0, INFINITY, 2, NAN }, q[5];
  analysis_error error;

  is_double (NAN, result_of (0, one, one).sqnr_db, "empty: no SQNR");
  is_double (NAN, result_of (0, one, one).rms, "...and no error");
  is_double (NAN, result_of (2, zeros, zeros).sqnr_db, "zeros have no SQNR");
  is_double (0, result_of (2, zeros, zeros).rms, "...but an error of 0");
  is_double (NAN, result_of (2, zeros, zeros).relative_rms,
             "...and no relative one");
  is_double (INFINITY, result_of (1, one, one).sqnr_db,
             "no noise: SQNR is infinite");
  is_double (-INFINITY, result_of (2, zeros, (float[]) { 1, 1 }).sqnr_db,
             "noise alone: it is minus infinity");
  is_double (NAN, result_of (1, none, none).rms, "only NaN: no error");
  is_double (NAN, result_of (1, one, zeros).log_rms,
             "flushed: no logarithmic error");
  is_double (1, result_of (1, one, zeros).relative_rms,
             "...and a relative one of 1");
  memset (&error, 0, sizeof error);
  analysis_error_add (&error, 5, x, q);
  is_int (5, (int64_t) error.values, "values are counted");
  is_int (1, (int64_t) error.zeros, "...zeros");
  is_int (2, (int64_t) error.nan, "...NaN");
  is_int (1, (int64_t) error.infinite, "...infinities");
}

static void
test_merge (void)
{
  float x[2000], q[2000];
  analysis_error parts[2], whole;

  memset (parts, 0, sizeof parts);
  memset (&whole, 0, sizeof whole);
  for (int i = 0; i < 2000; i++)
    {
      x[i] = (float) (i % 17 - 5) / 3;
      q[i] = x[i] + (float) (i % 3) / 64;
    }
  analysis_error_add (&whole, 1024, x, q);
  analysis_error_add (&whole, 976, x + 1024, q + 1024);
  analysis_error_add (&parts[0], 1024, x, q);
  analysis_error_add (&parts[1], 976, x + 1024, q + 1024);
  analysis_error_merge (&parts[0], &parts[1]);
  is_int ((int64_t) whole.pairs, (int64_t) parts[0].pairs, "merged: counts");
  is_near (whole.noise, parts[0].noise, 1e-14 * whole.noise, "...sums");
  is_double (whole.largest, parts[0].largest, "...the largest");
  memset (parts, 0, sizeof parts);
  analysis_error_add (&parts[0], 1023, x, x);
  analysis_error_add_exact (&parts[1], 1023, x);
  ok (memcmp (&parts[0], &parts[1], sizeof parts[0]) == 0,
      "without error: the short way gives the same");
}

enum { draws = 1 << 18 };

/* n numbers from [0, 1), in a sequence of their own. */
static void
draw (uint32_t seed, float u[draws])
{
  static uint32_t words[draws];
  const numsys_random random = { { seed, 0 }, { 0, 0 } };

  numsys_random_words (&random, 0, draws, words);
  for (size_t i = 0; i < draws; i++)
    u[i] = (float) (words[i] >> 8) * 0x1p-24f;
}

static analysis_error_result
quantized (const char *spec, const float x[draws])
{
  static float q[draws];
  numsys_error why;
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, &why);

  if (quantizer == NULL)
    bail_out ("%s: %s", spec, why.text);
  numsys_quantize (quantizer, 1, draws, 0, x, NULL, q, NULL);
  numsys_quantizer_free (quantizer);
  return result_of (draws, x, q);
}

/* The error of rounding to nearest is uniform within half a step.  The root of
   the mean of n squares of such numbers lies around its own mean with the
   relative standard deviation sqrt (1/5) / sqrt n: here 8.7e-4; four of them
   are allowed. */
static const double sampling = 4 * 0.44721359549995793 / 512;

static void
test_logarithmic (unsigned bits, unsigned gamma)
{
  static float x[draws];
  const double step = 1. / gamma, wanted = step / sqrt (12);
  const double relative = log (2) * wanted;
  char spec[80];
  analysis_error_result seen;

  draw (gamma, x);
  for (size_t i = 0; i < draws; i++)
    x[i] = (float) exp2 (8 * (double) x[i] - 4);   /* phases are uniform */
  snprintf (spec, sizeof spec, "lns:%u,%u,scale=none", bits, gamma);
  seen = quantized (spec, x);
  is_near (wanted, seen.log_rms, sampling * wanted,
           "gamma %u: log-domain error 1 / (gamma sqrt 12)", gamma);
  is_near (0, seen.log_bias, 4 * wanted / 512, "...without bias");
  /* To first order in ln 2 / gamma; the next term adds 7/160 (ln 2 / gamma)^2
     of it. */
  is_near (relative, seen.relative_rms,
           (sampling + 7. / 160 * pow (log (2) / gamma, 2)) * relative,
           "...relative error ln 2 / (gamma sqrt 12)");
}

static void
test_linear (void)
{
  static float x[draws];
  const double step = 0x1p-6, wanted = step / sqrt (12);
  analysis_error_result seen;

  draw (3, x);
  for (size_t i = 0; i < draws; i++)
    x[i] = 3 * x[i] - 1.5f;
  seen = quantized ("fixed:10,6,scale=none", x);
  is_near (wanted, seen.rms, sampling * wanted, "fixed: step / sqrt 12");
  /* Of uniform numbers up to 1.5: signal 1.5^2 / 3. */
  is_near (10 * log10 (0.75 / (wanted * wanted)), seen.sqnr_db,
           20 * log10 (1 + 2 * sampling), "...and the SQNR of that");
}

int
main (void)
{
  plan (12 + 1 + 14 + 3 + 2 * 3 + 2);
  test_fixed_arrays ();
  test_meaning ();
  test_merge ();
  test_logarithmic (10, 8);
  test_logarithmic (12, 64);
  test_linear ();
  return 0;
}
