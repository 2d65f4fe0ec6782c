/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Powers of two and logarithms in integers against MPFR: both ends of every
   row of their tables, the least and largest remainders, and random
   arguments stay within the stated errors.  */

#include <config.h>
#include <math.h>
#include <mpfr.h>
#include <stdlib.h>
#include "numsys/base2.h"
#include "numsys/random.h"
#include "tests/tap/tap.h"

#define PRECISION 128
#define FEW 20000
#define MANY 10000000

/* |seen - truth| in units; truth is used up. */
static double
distance (uint64_t seen, mpfr_t truth)
{
  mpfr_mul_2ui (truth, truth, NUMSYS_BASE2_UNIT, MPFR_RNDN);
  mpfr_sub_ui (truth, truth, seen, MPFR_RNDN);
  return fabs (mpfr_get_d (truth, MPFR_RNDN));
}

static double
power_error (uint64_t num, uint64_t den)
{
  double error;
  mpfr_t x;

  mpfr_init2 (x, PRECISION);
  mpfr_set_ui (x, num, MPFR_RNDN);
  mpfr_div_ui (x, x, den, MPFR_RNDN);
  mpfr_exp2 (x, x, MPFR_RNDN);
  error = distance (numsys_base2_power (num, den), x);
  mpfr_clear (x);
  return error;
}

static double
log_error (uint32_t c)
{
  double error;
  mpfr_t x;

  mpfr_init2 (x, PRECISION);
  mpfr_set_ui_2exp (x, c, -31, MPFR_RNDN);
  mpfr_log2 (x, x, MPFR_RNDN);
  error = distance (numsys_base2_log (c), x);
  mpfr_clear (x);
  return error;
}

static double
larger (double a, double b)
{
  return a > b ? a : b;
}

/* Fractions at the ends of 256 pieces of [0, 1), which rows are made of. */
static double
worst_power_at_rows (void)
{
  static const uint64_t dens[] = { 256, 257, 8388608, 16777216, 16777213,
                                   4294967295 };
  double worst = 0;

  for (size_t i = 0; i < sizeof dens / sizeof *dens; i++)
    for (uint64_t row = 0; row < 256; row++)
      {
        const uint64_t first = (row * dens[i] + 255) / 256;
        const uint64_t last = ((row + 1) * dens[i] - 1) / 256;

        worst = larger (worst, power_error (first, dens[i]));
        worst = larger (worst, power_error (last, dens[i]));
      }
  return worst;
}

static double
worst_log_at_rows (void)
{
  const uint32_t least = UINT32_C (1) << 31;
  const uint32_t row = UINT32_C (1) << 23;
  double worst = 0;

  for (uint32_t i = 0; i < 256; i++)
    {
      worst = larger (worst, log_error (least + i * row));
      worst = larger (worst, log_error (least + i * row + 1));
      worst = larger (worst, log_error (least + i * row + (row - 1)));
    }
  return worst;
}

int
main (void)
{
  const uint64_t n = getenv ("NUMSYS_CHECK_LONG") != NULL ? MANY : FEW;
  const numsys_random random = numsys_random_of (5, 0, 0, 0);
  double power = 0, log = 0;

  for (uint64_t i = 0; i < n; i++)
    {
      uint32_t word[3];
      uint64_t den;

      numsys_random_words (&random, 3 * i, 3, word);
      den = (word[0] >> (word[1] % 31)) | 1;
      power = larger (power, power_error (word[2] % den, den));
      log = larger (log, log_error (word[2] | UINT32_C (1) << 31));
    }
  plan (6);
  ok (worst_power_at_rows () < NUMSYS_BASE2_POWER_ERROR,
      "powers at the ends of rows err by less than is said");
  ok (worst_log_at_rows () < NUMSYS_BASE2_LOG_ERROR, "...and logarithms");
  ok (power < NUMSYS_BASE2_POWER_ERROR, "random powers too");
  ok (log < NUMSYS_BASE2_LOG_ERROR, "...and logarithms");
  is_int (INT64_C (1) << NUMSYS_BASE2_UNIT, numsys_base2_power (0, 7),
          "2^0 is 1");
  is_int (0, (int64_t) numsys_base2_log (UINT32_C (1) << 31)
               / NUMSYS_BASE2_LOG_ERROR, "log2 1 is 0, nearly");
  diag ("largest errors in units: %.2f and %.2f", power, log);
  return 0;
}
