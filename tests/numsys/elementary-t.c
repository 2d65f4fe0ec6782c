/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our elementary functions against MPFR: the largest error in units of the
   last place of the result, special values and exact cases.  */

#include <config.h>
#include <math.h>
#include <mpfr.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/elementary.h"
#include "numsys/random.h"
#include "tests/tap/tap.h"

enum { precision = 160 };

typedef struct function
{
  const char *name;
  double (*ours) (double);
  int (*theirs) (mpfr_t, const mpfr_t, mpfr_rnd_t);
  double bound;              /* as the head of elementary.c says */
  double least, most;        /* arguments drawn evenly */
  int low, high;             /* and by exponent */
  int negative;
} function;

static const function functions[] = {
  { "exp", numsys_exp, mpfr_exp, 0.8, -745, 709.75, -60, 9, 1 },
  { "exp2", numsys_exp2, mpfr_exp2, 0.8, -1075, 1023.99, -60, 9, 1 },
  { "log", numsys_log, mpfr_log, 0.57, 0.5, 2, -1074, 1023, 0 },
  { "log2", numsys_log2, mpfr_log2, 0.57, 0.5, 2, -1074, 1023, 0 },
  { "cos", numsys_cos, mpfr_cos, 0.8, -10, 10, -30, 19, 1 },
};

enum { count = sizeof functions / sizeof functions[0] };

/* Distance of ours (x) from the truth in units of the last place that doubles
   have at the truth. */
static double
error_at (const function *f, double x, mpfr_t truth)
{
  double seen = f->ours (x), error;
  mpfr_exp_t exponent;

  mpfr_set_d (truth, x, MPFR_RNDN);
  f->theirs (truth, truth, MPFR_RNDN);
  if (mpfr_zero_p (truth))
    return seen == 0 ? 0 : INFINITY;
  if (isinf (seen))
    return mpfr_get_d (truth, MPFR_RNDN) == seen ? 0 : INFINITY;
  exponent = mpfr_get_exp (truth) - 53;
  if (exponent < -1074)
    exponent = -1074;
  mpfr_sub_d (truth, truth, seen, MPFR_RNDN);
  mpfr_mul_2si (truth, truth, -exponent, MPFR_RNDN);
  error = fabs (mpfr_get_d (truth, MPFR_RNDU));
  return error == error ? error : INFINITY;
}

static double
argument (const function *f, const numsys_random *random, uint64_t i)
{
  double u = numsys_random_uniform (random, 3 * i);
  double v = numsys_random_uniform (random, 3 * i + 1);
  double x;

  /* 53 bits of chance. */
  u += numsys_random_uniform (random, 3 * i + 2) * 0x1p-32;
  if (i % 2 == 0)
    return f->least + u * (f->most - f->least);
  x = ldexp (1 + u, f->low + (int) (v * (f->high - f->low + 1)));
  return f->negative && i % 4 == 1 ? -x : x;
}

static void
check_errors (const function *f, uint64_t n)
{
  numsys_random random = numsys_random_of (11, 0, 0, 0);
  double worst = 0, worst_at = 0;
  mpfr_t truth;

  mpfr_init2 (truth, precision);
  for (uint64_t i = 0; i < n; i++)
    {
      double x = argument (f, &random, i);
      double error = error_at (f, x, truth);

      if (error > worst)
        {
          worst = error;
          worst_at = x;
        }
    }
  ok (worst <= f->bound, "%s errs by at most %g in the last place", f->name,
      f->bound);
  diag ("%s: %.4f at %a", f->name, worst, worst_at);
  mpfr_clear (truth);
}

static void
check_special (void)
{
  ok (isnan (numsys_exp (NAN)) && isnan (numsys_exp2 (NAN))
        && isnan (numsys_log (NAN)) && isnan (numsys_log2 (NAN))
        && isnan (numsys_cos (NAN)),
      "NaN stays NaN");
  is_double (INFINITY, numsys_exp (INFINITY), "exp inf");
  is_double (0, numsys_exp (-INFINITY), "exp -inf");
  is_double (INFINITY, numsys_exp (709.79), "exp overflows");
  is_double (0, numsys_exp (-745.2), "exp underflows");
  is_double (1, numsys_exp (-0.0), "exp -0");
  is_double (INFINITY, numsys_exp2 (INFINITY), "exp2 inf");
  is_double (0, numsys_exp2 (-INFINITY), "exp2 -inf");
  is_double (0, numsys_exp2 (-1e300), "exp2 underflows");
  is_double (INFINITY, numsys_log (INFINITY), "log inf");
  is_double (-INFINITY, numsys_log (0), "log 0");
  is_double (-INFINITY, numsys_log2 (-0.0), "log2 -0");
  is_double (INFINITY, numsys_log2 (INFINITY), "log2 inf");
  ok (isnan (numsys_log (-1)) && isnan (numsys_log2 (-INFINITY)),
      "logarithms of negative numbers are NaN");
  is_double (0, numsys_log (1), "log 1");
  is_double (1, numsys_cos (-0.0), "cos -0");
  ok (isnan (numsys_cos (INFINITY)) && isnan (numsys_cos (-0x1.1p20)),
      "cos beyond its range is NaN");
}

static void
check_exact (void)
{
  int wrong_exp2 = 0, wrong_log2 = 0;

  for (int k = -1074; k < 1024; k++)
    {
      wrong_exp2 += numsys_exp2 (k) != ldexp (1, k);
      wrong_log2 += numsys_log2 (ldexp (1, k)) != k;
    }
  is_int (0, wrong_exp2, "exp2 of integers is exact");
  is_int (0, wrong_log2, "log2 of powers of two is exact");
}

/* Where the cosine nearly vanishes: doubles nearest to odd multiples of
   pi / 2, and the worst of all below 2^20. */
static void
check_near_zeros (void)
{
  const function *f = &functions[4];
  mpfr_t pi, truth;
  double worst = 0;

  mpfr_inits2 (precision, pi, truth, (mpfr_ptr) 0);
  for (unsigned long n = 1; n < 667544; n += 30)
    {
      mpfr_const_pi (pi, MPFR_RNDN);
      mpfr_mul_ui (pi, pi, 2 * (n / 2) + 1, MPFR_RNDN);
      mpfr_div_2ui (pi, pi, 1, MPFR_RNDN);
      worst = fmax (worst, error_at (f, mpfr_get_d (pi, MPFR_RNDN), truth));
    }
  ok (worst <= f->bound, "cos errs no more near its zeros (%.4f)", worst);
  mpfr_clears (pi, truth, (mpfr_ptr) 0);
}

int
main (void)
{
  uint64_t n = getenv ("NUMSYS_CHECK_LONG") != NULL ? 10000000 : 60000;

  plan (count + 17 + 2 + 1);
  for (size_t i = 0; i < count; i++)
    check_errors (&functions[i], n);
  check_special ();
  check_exact ();
  check_near_zeros ();
  mpfr_free_cache ();
  return 0;
}
