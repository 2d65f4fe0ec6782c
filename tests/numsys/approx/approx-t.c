/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approximations against MPFR, against the paper's table of errors, and against
   their own formulas worked in other arithmetic.  */

#include <config.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <mpfr.h>
#include "numsys/approx/approx.h"
#include "tests/tap/tap.h"

static numsys_approx *
make (const char *spec, int64_t gamma, unsigned fraction)
{
  numsys_error error;
  numsys_approx *approx = numsys_approx_new (spec, gamma, fraction, &error);

  if (approx == NULL)
    bail_out ("%s: %s", spec, error.text);
  return approx;
}

static int64_t
at (const numsys_approx *approx, numsys_approx_function function, int64_t x)
{
  int64_t out;

  numsys_approx_apply (approx, function, 1, &x, &out);
  return out;
}

/* The four functions in MPFR. */
static void
truth (numsys_approx_function function, int64_t gamma, unsigned fraction,
       int64_t x, mpfr_t out)
{
  const int is_log = function == NUMSYS_APPROX_FROM_LINEAR;
  const int sign = function == NUMSYS_APPROX_DIFFERENCE ? -1 : 1;

  mpfr_set_si (out, x, MPFR_RNDN);
  if (is_log)
    mpfr_div_2ui (out, out, fraction, MPFR_RNDN);
  else
    {
      mpfr_div_si (out, out, gamma, MPFR_RNDN);
      if (function == NUMSYS_APPROX_TO_LINEAR)
        {
          mpfr_exp2 (out, out, MPFR_RNDN);
          mpfr_mul_2ui (out, out, fraction, MPFR_RNDN);
          return;
        }
      mpfr_neg (out, out, MPFR_RNDN);
      mpfr_exp2 (out, out, MPFR_RNDN);
      mpfr_mul_si (out, out, sign, MPFR_RNDN);
      mpfr_add_ui (out, out, 1, MPFR_RNDN);
    }
  mpfr_log2 (out, out, MPFR_RNDN);
  mpfr_mul_si (out, out, sign * gamma, MPFR_RNDN);
}

static int64_t
first_of (numsys_approx_function function, unsigned fraction)
{
  return function == NUMSYS_APPROX_DIFFERENCE    ? 1
         : function == NUMSYS_APPROX_FROM_LINEAR ? INT64_C (1) << fraction
                                                 : 0;
}

static int64_t
end_of (numsys_approx_function function, int64_t gamma, unsigned fraction)
{
  return function == NUMSYS_APPROX_TO_LINEAR     ? gamma
         : function == NUMSYS_APPROX_FROM_LINEAR ? INT64_C (2) << fraction
                                                 : 16 * gamma;
}

static void
test_exact (void)
{
  static const int64_t gammas[] = { 1, 2, 3, 8, 100, 256 };
  const unsigned fraction = 11;
  mpfr_t x;

  mpfr_init2 (x, 200);
  for (int f = 0; f < NUMSYS_APPROX_FUNCTIONS; f++)
    {
      size_t wrong = 0, judged = 0;

      for (size_t g = 0; g < sizeof gammas / sizeof gammas[0]; g++)
        {
          numsys_approx *exact = make ("exact", gammas[g], fraction);

          for (int64_t i = first_of (f, fraction);
               i < end_of (f, gammas[g], fraction); i++, judged++)
            {
              truth (f, gammas[g], fraction, i, x);
              wrong += mpfr_get_si (x, MPFR_RNDN) != at (exact, f, i);
            }
          numsys_approx_free (exact);
        }
      ok (wrong == 0 && judged > 300,
          "exact: %s is MPFR's, rounded to nearest (%zu arguments)",
          numsys_approx_function_names[f], judged);
    }
  mpfr_clear (x);
}

/* LNS-Madam's tables of 1, 2, 4 and 8 entries at gamma 8, errors in percent. */
static void
test_golden (void)
{
  static const struct { const char *spec; double percent[8]; } golden[] = {
    { "hybrid:1", { 0, 3.16, 5.11, 6.03, 6.07, 5.37, 4.06, 2.24 } },
    { "hybrid:2", { 0, 3.16, 5.11, 6.03, 0, 3.16, 5.11, 6.03 } },
    { "hybrid:4", { 0, 3.16, 0, 3.16, 0, 3.16, 0, 3.16 } },
    { "hybrid:8", { 0, 0, 0, 0, 0, 0, 0, 0 } },
    { "mitchell", { 0, 3.16, 5.11, 6.03, 6.07, 5.37, 4.06, 2.24 } },
  };

  for (size_t i = 0; i < sizeof golden / sizeof golden[0]; i++)
    {
      numsys_approx *approx = make (golden[i].spec, 8, 24);

      for (int64_t r = 0; r < 8; r++)
        is_near (golden[i].percent[r],
                 100 * (ldexp ((double) at (approx, NUMSYS_APPROX_TO_LINEAR,
                                            r), -24)
                        / exp2 ((double) r / 8) - 1),
                 0.005, "%s, gamma 8: error of remainder %d in percent",
                 golden[i].spec, (int) r);
      numsys_approx_free (approx);
    }
}

/* --- Formulas, worked in long double --- */

static int64_t
halves_up (long double x)
{
  return (int64_t) floorl (x + 0.5L);
}

static long double
nearest (long double x)
{
  return nearbyintl (x);
}

static long double
gauss (int sign, long double d, int64_t gamma)
{
  return sign * (long double) gamma
         * log2l (1 + sign * exp2l (-d / (long double) gamma));
}

typedef struct setting
{
  int64_t gamma, N;
  unsigned F;
  int64_t end[2];   /* where the rounded sum and difference vanish */
} setting;

typedef int64_t formula (const setting *s, numsys_approx_function f,
                         int64_t x);

static int64_t linear_domain (formula *own, const setting *s, int sign,
                              int64_t d);

static int64_t
mitchell (const setting *s, numsys_approx_function f, int64_t x)
{
  const long double one = exp2l (s->F), gamma = s->gamma;

  if (f == NUMSYS_APPROX_TO_LINEAR)
    return halves_up (one * (1 + x / gamma));
  if (f == NUMSYS_APPROX_FROM_LINEAR)
    return halves_up (gamma * (x / one - 1));
  return linear_domain (mitchell, s, f == NUMSYS_APPROX_SUM ? 1 : -1, x);
}

static int64_t
hybrid (const setting *s, numsys_approx_function f, int64_t x)
{
  const long double one = exp2l (s->F), gamma = s->gamma, N = s->N;
  long double i, T;

  if (f == NUMSYS_APPROX_TO_LINEAR)
    {
      i = floorl (x * N / gamma);
      T = nearest (one * exp2l (i / N));
      return (int64_t) T + halves_up (T * (x / gamma - i / N));
    }
  if (f == NUMSYS_APPROX_FROM_LINEAR)
    {
      i = N - 1;
      while ((T = nearest (one * exp2l (i / N))) > x)
        i--;
      return halves_up (gamma * (i / N + (x - T) / one
                                           * nearest (one * exp2l (-i / N))
                                           / one));
    }
  return linear_domain (hybrid, s, f == NUMSYS_APPROX_SUM ? 1 : -1, x);
}

static int64_t
linear_domain (formula *own, const setting *s, int sign, int64_t d)
{
  const int64_t Q = (d + s->gamma - 1) / s->gamma;
  long double W, fraction;
  int octave;

  if (Q >= (int64_t) s->F + 2)
    return 0;
  W = exp2l (s->F + (unsigned) Q)
      + sign * own (s, NUMSYS_APPROX_TO_LINEAR, Q * s->gamma - d);
  fraction = 2 * frexpl (fmaxl (W, 1), &octave);
  octave -= 1 + (int) s->F + (int) Q;
  return sign
         * (octave * s->gamma
            + own (s, NUMSYS_APPROX_FROM_LINEAR,
                   (int64_t) floorl (ldexpl (fraction, (int) s->F))));
}

/* The least power of two w with N w >= length. */
static int64_t
width (int64_t length, int64_t N)
{
  int64_t w = 1;

  while (N * w < length)
    w *= 2;
  return w;
}

/* Where the rounded function vanishes. */
static int64_t
vanishes (int sign, int64_t gamma)
{
  int64_t d = 1;

  while (gauss (sign, d, gamma) >= 0.5L)
    d++;
  return d;
}

static int64_t
table (const setting *s, numsys_approx_function f, int64_t x)
{
  const long double one = exp2l (s->F), N = s->N;
  const int sign = f == NUMSYS_APPROX_SUM ? 1 : -1;
  const int64_t first = f == NUMSYS_APPROX_DIFFERENCE;
  int64_t w;

  if (f == NUMSYS_APPROX_TO_LINEAR)
    return (int64_t) nearest (one * exp2l (floorl (x * N / s->gamma) / N));
  if (f == NUMSYS_APPROX_FROM_LINEAR)
    return (int64_t) nearest (
      s->gamma * log2l (1 + (floorl ((x / one - 1) * N) + 0.5L) / N));
  if (x >= s->end[f])
    return 0;
  w = width (s->end[f] - first, s->N);
  return (int64_t) nearest (
    gauss (sign, first + (x - first) / w * w + (w - 1) / 2.0L, s->gamma));
}

static int64_t
chord (long double from, long double to, long double share)
{
  return halves_up (share == 0 ? from : from + (to - from) * share);
}

static int64_t
linear (const setting *s, numsys_approx_function f, int64_t x)
{
  const long double one = exp2l (s->F), N = s->N;
  const int sign = f == NUMSYS_APPROX_SUM ? 1 : -1;
  const int64_t first = f == NUMSYS_APPROX_DIFFERENCE;
  long double i;
  int64_t w, length;

  if (f == NUMSYS_APPROX_TO_LINEAR)
    {
      i = floorl (x * N / s->gamma);
      return chord (nearest (one * exp2l (i / N)),
                    nearest (one * exp2l ((i + 1) / N)),
                    x * N / s->gamma - i);
    }
  if (f == NUMSYS_APPROX_FROM_LINEAR)
    {
      i = floorl ((x / one - 1) * N);
      return chord (nearest (one * s->gamma * log2l (1 + i / N)) / one,
                    nearest (one * s->gamma * log2l (1 + (i + 1) / N)) / one,
                    (x / one - 1) * N - i);
    }
  length = s->end[f] - first;
  w = width (length, s->N);
  if ((x - first) / w * w >= (length + w - 1) / w * w)
    return 0;
  i = (long double) ((x - first) / w);
  return chord (nearest (one * gauss (sign, first + i * w, s->gamma)) / one,
                nearest (one * gauss (sign, first + (i + 1) * w, s->gamma))
                  / one,
                (long double) ((x - first) % w) / w);
}

static int64_t
cotransform (const setting *s, numsys_approx_function f, int64_t x)
{
  const int64_t y = x % s->N, high = x - y;
  int64_t p, q, out;

  if (f != NUMSYS_APPROX_DIFFERENCE)
    return f == NUMSYS_APPROX_SUM ? (int64_t) nearest (gauss (1, x, s->gamma))
           : f == NUMSYS_APPROX_TO_LINEAR
             ? (int64_t) nearest (exp2l (s->F + (long double) x / s->gamma))
             : (int64_t) nearest (s->gamma * log2l (x / exp2l (s->F)));
  if (x >= s->end[f])
    return 0;
  if (y == 0 || high == 0)
    return (int64_t) nearest (gauss (-1, x, s->gamma));
  p = (int64_t) nearest (gauss (-1, high, s->gamma));
  q = high + (int64_t) nearest (gauss (-1, y, s->gamma));
  out = (p < q ? p : q)
        - (int64_t) nearest (gauss (1, llabs (p - q), s->gamma));
  return out < 0 ? 0 : out;
}

static void
test_formulas (void)
{
  static const struct { const char *name; formula *own; int has_entries; }
  each[] = {
    { "mitchell", mitchell, 0 }, { "hybrid", hybrid, 1 },
    { "table", table, 1 },       { "linear", linear, 1 },
    { "cotransform", cotransform, 1 },
  };
  static const setting settings[] = {
    { .gamma = 8, .N = 1, .F = 12 },   { .gamma = 8, .N = 4, .F = 12 },
    { .gamma = 8, .N = 16, .F = 9 },   { .gamma = 1, .N = 2, .F = 10 },
    { .gamma = 3, .N = 2, .F = 12 },   { .gamma = 100, .N = 8, .F = 12 },
    { .gamma = 256, .N = 16, .F = 10 }, { .gamma = 64, .N = 64, .F = 13 },
  };

  for (size_t e = 0; e < sizeof each / sizeof each[0]; e++)
    for (int f = 0; f < NUMSYS_APPROX_FUNCTIONS; f++)
      {
        size_t wrong = 0;

        for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
          {
            setting with_ends = settings[i], *s = &with_ends;
            char spec[32];
            numsys_approx *approx;

            s->end[0] = vanishes (1, s->gamma);
            s->end[1] = vanishes (-1, s->gamma);
            snprintf (spec, sizeof spec, each[e].has_entries ? "%s:%d" : "%s",
                      each[e].name, (int) s->N);
            approx = make (spec, s->gamma, s->F);
            is_string (spec, numsys_approx_spec (approx), "%s is canonical",
                       spec);
            for (int64_t x = first_of (f, s->F);
                 x < end_of (f, s->gamma, s->F); x++)
              if (each[e].own (s, f, x) != at (approx, f, x) && wrong++ == 0)
                diag ("%s gamma %d F %u, %s (%d): %d, not %d", spec,
                      (int) s->gamma, s->F, numsys_approx_function_names[f],
                      (int) x, (int) at (approx, f, x),
                      (int) each[e].own (s, f, x));
            numsys_approx_free (approx);
          }
        ok (wrong == 0, "%s: %s is its formula", each[e].name,
            numsys_approx_function_names[f]);
      }
}

/* --- Known relations --- */

static void
test_limits (void)
{
  static const char *const pairs[][2] = {
    { "hybrid:1", "mitchell" }, { "table:65536", "exact" },
    { "cotransform:65536", "exact" }, { "hybrid:8", "exact" },
  };
  static const unsigned functions[] = { 15, 3, 15, 4 };

  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
    {
      numsys_approx *one = make (pairs[i][0], 8, 10);
      numsys_approx *other = make (pairs[i][1], 8, 10);
      size_t wrong = 0;

      for (int f = 0; f < NUMSYS_APPROX_FUNCTIONS; f++)
        for (int64_t x = first_of (f, 10);
             (functions[i] >> f & 1) != 0 && x < end_of (f, 8, 10); x++)
          wrong += at (one, f, x) != at (other, f, x);
      ok (wrong == 0, "%s is %s at gamma 8", pairs[i][0], pairs[i][1]);
      numsys_approx_free (one);
      numsys_approx_free (other);
    }
}

static void
test_measure (void)
{
  numsys_approx *mitchell8 = make ("mitchell", 1024, 20);
  numsys_approx *exact = make ("exact", 1024, 20);
  numsys_approx_error error
    = numsys_approx_measure (mitchell8, NUMSYS_APPROX_TO_LINEAR);

  /* (1 + x) 2^-x is greatest at x = 1 / ln 2 - 1. */
  is_near (0.061476, error.relative_largest, 1e-6,
           "Mitchell's line is at most 6.1476 %% too high");
  is_near (1 / log (2) - 1, (double) error.where / 1024, 1e-3,
           "...at 1 / ln 2 - 1 of an octave");
  ok (error.bias > 0 && error.bias == error.mean, "...and never too low");
  for (int f = 0; f < NUMSYS_APPROX_FUNCTIONS; f++)
    {
      error = numsys_approx_measure (exact, f);
      ok (error.judged > 0 && error.largest <= 0.5 && error.largest > 0,
          "exact: %s errs by half a step at most: %.4g",
          numsys_approx_function_names[f], error.largest);
    }
  for (const numsys_approx_type *const *type = numsys_approx_types;
       *type != NULL; type++)
    {
      numsys_approx *approx = make ((*type)->name, 8, 12);

      for (int f = 0; f < NUMSYS_APPROX_FUNCTIONS; f++)
        {
          error = numsys_approx_measure (approx, f);
          ok (error.largest >= error.mean && error.mean >= fabs (error.bias)
                && error.largest > 0 && isfinite (error.relative_largest),
              "%s: %s has an error table, largest %.3g steps at %d",
              (*type)->name, numsys_approx_function_names[f], error.largest,
              (int) error.where);
        }
      numsys_approx_free (approx);
    }
  numsys_approx_free (mitchell8);
  numsys_approx_free (exact);
}

/* --- Addition on codes --- */

static void
check_add (const char *spec, numsys_operation operation)
{
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  numsys_events wanted_events = { 0 }, events = { 0 };
  numsys_error error;
  numsys *system = numsys_new (spec, &error);
  numsys_approx *exact = make ("exact", numsys_value (system, 1), 8);
  const uint32_t codes = UINT32_C (1) << numsys_code_bits (system);
  void *element = numsys_elements_new (system, 3);
  size_t wrong = 0;

  for (uint32_t a = 0; a < codes; a++)
    for (uint32_t b = 0; b < codes; b++)
      {
        uint32_t wanted, seen, both[2] = { a, b };

        numsys_from_codes (system, 2, both, element);
        numsys_apply (system, operation, &context, 1, element,
                      numsys_element (system, element, 1), NULL,
                      numsys_element (system, element, 2), &wanted_events);
        numsys_to_codes (system, 1, numsys_element (system, element, 2),
                         &wanted);
        numsys_approx_add (exact, system, operation, 1, &a, &b, &seen,
                           &events);
        if (wanted != seen && wrong++ == 0)
          diag ("%s: %x and %x give %x, not %x", spec, a, b, seen, wanted);
      }
  ok (wrong == 0, "%s: %s by exact sums is correctly rounded, every pair",
      spec, numsys_operation_name (operation));
  ok (wanted_events.overflow == events.overflow
        && wanted_events.saturated == events.saturated
        && wanted_events.flushed == events.flushed
        && wanted_events.raised == events.raised,
      "...and counts the same events");
  numsys_elements_free (system, 3, element);
  numsys_approx_free (exact);
  numsys_free (system);
}

static void
test_add (void)
{
  static const char *const specs[] = {
    "lns:6,8", "lns:7,1", "lns:6,3,underflow=clamp", "lns:6,8,zero=flag",
    "lns:6,4,zero=none", "lns:5,32,zero=flag,underflow=clamp",
  };

  for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++)
    {
      check_add (specs[i], NUMSYS_ADD);
      check_add (specs[i], NUMSYS_SUBTRACT);
    }
}

static void
refuses (const char *spec, int64_t gamma, unsigned fraction,
         const char *wanted)
{
  numsys_error error = { "" };

  ok (numsys_approx_new (spec, gamma, fraction, &error) == NULL,
      "%s, gamma %d, is refused", spec, (int) gamma);
  is_string (wanted, error.text, "...by a sentence");
}

static void
test_refusals (void)
{
  refuses ("mitchel", 8, 8,
           "unknown approximation 'mitchel', did you mean 'mitchell'? "
           "(approximations: exact, table, mitchell, hybrid, linear, "
           "cotransform)");
  refuses ("hybrid:3", 8, 8, "hybrid: entries=3 is not a power of two");
  refuses ("hybrid:entry=4", 8, 8,
           "hybrid has no key 'entry' (keys: entries)");
  refuses ("exact:4", 8, 8, "exact takes 0 values, '4' is one too many");
  refuses ("exact", 65537, 8,
           "an approximation takes gamma from 1 to 65536, not 65537");
  refuses ("exact", 8, 31,
           "an approximation takes 0 to 30 fraction bits, not 31");
}

static void
test_tables (void)
{
  numsys_approx *approx = make ("hybrid:4", 8, 8);
  const numsys_approx_table *power = numsys_approx_table_of (approx, 0);

  /* 256 2^(i/4): 256, 304.4, 362.04, 430.5. */
  is_int (4, (int64_t) power->n, "hybrid:4 has a table of 4 powers");
  is_int (304, power->entry[1], "...2^(1/4) with 8 fraction bits");
  is_int (431, power->entry[3], "...2^(3/4)");
  is_int (9, power->bits, "...9 bits wide");
  /* 256, 215.3, 181.02, 152.2: 9 bits too. */
  is_int (181, numsys_approx_table_of (approx, 1)->entry[2],
          "...and one of reciprocals, 2^(-1/2)");
  is_int (72, (int64_t) numsys_approx_bits (approx), "...72 bits together");
  ok (numsys_approx_table_of (approx, 2) == NULL, "...and no more");
  numsys_approx_free (approx);
  numsys_approx_free (NULL);
}

int
main (void)
{
  plan (4 + 40 + 5 * 4 * 9 + 4 + 3 + 4 + 24 + 24 + 12 + 7);
  test_exact ();
  test_golden ();
  test_formulas ();
  test_limits ();
  test_measure ();
  test_add ();
  test_refusals ();
  test_tables ();
  return 0;
}
