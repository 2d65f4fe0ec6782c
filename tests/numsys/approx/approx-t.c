/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approximations against MPFR and the paper's table of errors; what is known of
   each without its formulas.  */

#include <config.h>
#include <math.h>
#include <mpfr.h>
#include <string.h>
#include "numsys/approx/approx.h"
#include "tests/numsys/approx/opening.h"
#include "tests/tap/tap.h"

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
          numsys_approx *exact = open_approx ("exact", gammas[g], fraction);

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
      numsys_approx *approx = open_approx (golden[i].spec, 8, 24);

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
      numsys_approx *one = open_approx (pairs[i][0], 8, 10);
      numsys_approx *other = open_approx (pairs[i][1], 8, 10);
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
  numsys_approx *mitchell8 = open_approx ("mitchell", 1024, 20);
  numsys_approx *exact = open_approx ("exact", 1024, 20);
  numsys_approx_error error
    = numsys_approx_measure (mitchell8, NUMSYS_APPROX_TO_LINEAR);

  /* (1 + x) 2^-x is greatest at x = 1 / ln 2 - 1. */
  is_near (0.061476, error.relative_largest, 1e-6,
           "Mitchell's line is at most 6.1476 %% too high");
  is_near (1 / log (2) - 1, (double) error.where / 1024, 1e-3,
           "...at 1 / ln 2 - 1 of an octave");
  ok (error.bias > 0 && error.bias == error.mean, "...and never too low");
  is_double (0, error.least, "...0 being the least");
  is_double (error.largest, error.most, "...and the largest the most");
  /* At d = gamma it takes 3/2 for 2^(1/2): steps (log2 3 - 3/2) gamma. */
  error = numsys_approx_measure_between (mitchell8, NUMSYS_APPROX_SUM, 1000,
                                         1100);
  is_near (-1024 * (log2 (3) - 1.5), error.least, 0.01,
           "Mitchell's sum is lowest where the operands are an octave apart");
  is_near (1024, (double) error.where, 8, "...there");
  is_int (100, (int64_t) error.judged, "...of 100 arguments");
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
      numsys_approx *approx = open_approx ((*type)->name, 8, 12);

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

/* Bits of the table of this name. */
static int64_t
tables_bits (const numsys_approx *approx, const char *name)
{
  const numsys_approx_table *table;

  for (size_t i = 0; (table = numsys_approx_table_of (approx, i)) != NULL; i++)
    if (strcmp (table->name, name) == 0)
      return (int64_t) (table->n * table->bits);
  return -1;
}

static void
test_tables (void)
{
  numsys_approx *approx = open_approx ("hybrid:4", 8, 8);
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
  is_int (36, (int64_t) numsys_approx_bits_of (
                approx, 1u << NUMSYS_APPROX_TO_LINEAR),
          "...of which to-linear reads half");
  is_int (72, (int64_t) numsys_approx_bits_of (approx,
                                               1u << NUMSYS_APPROX_SUM),
          "...and a sum, on its way there and back, all");
  ok (numsys_approx_table_of (approx, 2) == NULL, "...and no more");
  numsys_approx_free (approx);
  approx = open_approx ("cotransform:8", 8, 8);
  is_int (tables_bits (approx, "sum"),
          (int64_t) numsys_approx_bits_of (approx, 1u << NUMSYS_APPROX_SUM),
          "cotransform: a sum reads its table alone");
  is_int (tables_bits (approx, "sum") + tables_bits (approx, "low")
            + tables_bits (approx, "high"),
          (int64_t) numsys_approx_bits_of (
            approx, 1u << NUMSYS_APPROX_DIFFERENCE),
          "...a difference that and its own two");
  numsys_approx_free (approx);
  numsys_approx_free (NULL);
}

int
main (void)
{
  plan (4 + 40 + 4 + 3 + 5 + 4 + 24 + 12 + 7 + 4);
  test_exact ();
  test_golden ();
  test_limits ();
  test_measure ();
  test_refusals ();
  test_tables ();
  return 0;
}
