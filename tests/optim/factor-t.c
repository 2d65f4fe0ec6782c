/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Factors of multiplicative rules against MPFR: the float32 nearest to the
   power, but where the power all but ties.  */

#include <config.h>
#include <math.h>
#include <mpfr.h>
#include "numsys/random.h"
#include "optim/type.h"
#include "tests/tap/tap.h"

enum { count = 20000 };

/* Exponents such as rules make, and some far out. */
static void
draw (float x[])
{
  const numsys_random random = numsys_random_of (5, 0, 0, 0);

  for (size_t i = 0; i < count; i++)
    x[i] = (float) ldexp (numsys_random_normal (&random, i),
                          (int) (i % 40) - 33);
}

/* Factors that are neither nearest nor, beside a near tie, next to it. */
static int
wrong_factors (int base_e, const float x[], int *ties)
{
  float out[count];
  int wrong = 0;
  mpfr_t truth, error;

  optim_factors (base_e, count, x, out);
  mpfr_inits2 (120, truth, error, (mpfr_ptr) 0);
  for (size_t i = 0; i < count; i++)
    {
      mpfr_set_flt (truth, x[i], MPFR_RNDN);
      if (base_e)
        mpfr_exp (truth, truth, MPFR_RNDN);
      else
        mpfr_exp2 (truth, truth, MPFR_RNDN);
      if (mpfr_get_flt (truth, MPFR_RNDN) == out[i])
        continue;
      /* Twice the distance, in units of the last place, less 1. */
      mpfr_sub_d (error, truth, out[i], MPFR_RNDN);
      mpfr_mul_2si (error, error, 25 - mpfr_get_exp (truth), MPFR_RNDN);
      *ties += fabs (fabs (mpfr_get_d (error, MPFR_RNDN)) - 1) < 0x1p-24;
      wrong += !(fabs (fabs (mpfr_get_d (error, MPFR_RNDN)) - 1) < 0x1p-24);
    }
  mpfr_clears (truth, error, (mpfr_ptr) 0);
  return wrong;
}

static void
check_ends (void)
{
  const float x[] = { 0, -0.0f, INFINITY, -INFINITY, NAN, 127, 128, -126,
                      -149, -151, 1e30f, -1e30f };
  float out[12];

  optim_factors (0, 12, x, out);
  ok (out[0] == 1 && out[1] == 1, "2^0 is 1");
  ok (out[2] == INFINITY && out[10] == INFINITY && out[6] == INFINITY,
      "large powers overflow");
  ok (out[3] == 0 && out[11] == 0 && out[9] == 0, "small powers underflow");
  ok (isnan (out[4]), "2^NaN is NaN");
  ok (out[5] == 0x1p127f && out[7] == 0x1p-126f && out[8] == 0x1p-149f,
      "whole powers are exact");
  optim_factors (1, 12, x, out);
  ok (out[0] == 1 && out[2] == INFINITY && out[3] == 0 && isnan (out[4]),
      "so for e");
}

int
main (void)
{
  static float x[count];
  int ties = 0;

  plan (2 + 6);
  draw (x);
  is_int (0, wrong_factors (0, x, &ties), "powers of two are nearest");
  is_int (0, wrong_factors (1, x, &ties), "powers of e are nearest");
  diag ("%d of %d beside a tie", ties, 2 * count);
  check_ends ();
  mpfr_free_cache ();
  return 0;
}
