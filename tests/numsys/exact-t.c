/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs of sums that are known by algebra.  */

#include <config.h>
#include <math.h>
#include "numsys/exact.h"
#include "tests/tap/tap.h"

static const numsys_wide gammas[] = { 1, 2, 3, 5, 8, 64, 1000, 1 << 23,
                                      (numsys_wide) 1 << 70 };

#define GAMMAS (sizeof gammas / sizeof gammas[0])

static void
add (numsys_sum *sum, long c, numsys_wide k)
{
  mpz_set_si (numsys_sum_extend (sum, k), c);
}

/* (1 + t)^2 - 1 - 2 t - t^2 = 0, one last coefficient changed by error. */
static int
square (numsys_wide gamma, int error)
{
  numsys_sum one_t, sum;
  int sign;

  numsys_sum_init (&one_t);
  numsys_sum_init (&sum);
  numsys_sum_zero (&one_t, gamma);
  add (&one_t, 1, 0);
  add (&one_t, 1, 1);
  numsys_sum_zero (&sum, 1);
  numsys_sum_add_product (&sum, 0, &one_t, &one_t);
  add (&sum, -1, 0);
  add (&sum, -2, 1);
  add (&sum, -1 + error, 2);
  sign = numsys_sum_sign (&sum, NULL);
  numsys_sum_clear (&one_t);
  numsys_sum_clear (&sum);
  return sign;
}

/* (t - 1)^n > 0, all but a (gamma / ln 2)^-n of its terms cancelling. */
static int
small_power (numsys_wide gamma, unsigned n, int negate)
{
  numsys_sum base, power[2];
  int sign;

  numsys_sum_init (&base);
  numsys_sum_init (&power[0]);
  numsys_sum_init (&power[1]);
  numsys_sum_zero (&base, gamma);
  add (&base, 1, 1);
  add (&base, -1, 0);
  numsys_sum_zero (&power[0], gamma);
  add (&power[0], 1, 0);
  for (unsigned i = 0; i < n; i++)
    {
      numsys_sum_zero (&power[(i + 1) % 2], gamma);
      numsys_sum_add_product (&power[(i + 1) % 2], negate && i == 0,
                              &power[i % 2], &base);
      numsys_sum_reduce (&power[(i + 1) % 2]);
    }
  sign = numsys_sum_sign (&power[n % 2], NULL);
  numsys_sum_clear (&base);
  numsys_sum_clear (&power[0]);
  numsys_sum_clear (&power[1]);
  return sign;
}

static void
test_cancellation (void)
{
  for (size_t i = 0; i < GAMMAS; i++)
    {
      is_int (0, square (gammas[i], 0), "(1 + t)^2 = 1 + 2 t + t^2, %zu", i);
      is_int (1, square (gammas[i], 1), "...and not less, %zu", i);
      is_int (-1, square (gammas[i], -1), "...or more, %zu", i);
    }
  for (unsigned n = 1; n < 40; n += 19)
    {
      is_int (1, small_power (1000, n, 0), "(t - 1)^%u is positive", n);
      is_int (-1, small_power (1 << 23, n, 1), "-(t - 1)^%u negative", n);
    }
}

/* p^2 - 2 q^2 = 1 and -1 by turns, so p - q sqrt 2 has that sign, and is about
   1 / 2 p: the best approximations there are. */
static void
test_pell (void)
{
  size_t wrong = 0;
  numsys_sum sum;
  mpz_t p, q, next;

  mpz_init_set_ui (p, 1);
  mpz_init_set_ui (q, 1);
  mpz_init (next);
  numsys_sum_init (&sum);
  for (int i = 0; i < 1000; i++)
    {
      numsys_sum_zero (&sum, 2);
      mpz_set (numsys_sum_extend (&sum, 0), p);
      mpz_neg (numsys_sum_extend (&sum, 1), q);
      wrong += numsys_sum_sign (&sum, NULL) != (i % 2 == 0 ? -1 : 1);
      mpz_addmul_ui (p, q, 2);          /* p + 2 q */
      mpz_sub (next, p, q);             /* p + q */
      mpz_swap (q, next);
    }
  is_int (0, (int64_t) wrong, "1000 approximations of the square root of 2");
  numsys_sum_clear (&sum);
  mpz_clears (p, q, next, (mpz_ptr) NULL);
}

/* c 2^(k / 2) over and under each other by 2^32 powers of two. */
static void
test_far_apart (void)
{
  const numsys_wide high = (numsys_wide) 1 << 33;
  numsys_near near;
  numsys_sum sum;

  numsys_sum_init (&sum);
  numsys_sum_zero (&sum, 2);
  add (&sum, 3, high);
  add (&sum, -1, -high - 1);
  add (&sum, -3, high);
  is_int (-1, numsys_sum_sign (&sum, NULL), "what is left far below");
  add (&sum, -1, high + 1);
  add (&sum, 1, high + 1);
  add (&sum, 1, -high);
  add (&sum, 1, 3);
  add (&sum, -2, 1);
  is_int (1, numsys_sum_sign (&sum, &near), "...of two groups");
  is_int (-(INT64_C (1) << 32) - 2, near.exponent, "...and where");
  is_near (4 * (1 - sqrt (0.5)), near.fraction, 1e-6, "...and how much");
  add (&sum, -1, -high);
  add (&sum, 1, -high - 1);
  is_int (0, numsys_sum_sign (&sum, NULL), "...nothing");
  numsys_sum_clear (&sum);
}

/* 2^(1/6) 2^(1/3) = 2^(1/2). */
static void
test_gammas_meet (void)
{
  numsys_sum sixth, third, sum;

  numsys_sum_init (&sixth);
  numsys_sum_init (&third);
  numsys_sum_init (&sum);
  numsys_sum_zero (&sixth, 6);
  add (&sixth, 1, 1);
  numsys_sum_zero (&third, 9);
  add (&third, 1, 3);
  numsys_sum_zero (&sum, 2);
  add (&sum, -1, 1);
  numsys_sum_add_product (&sum, 0, &sixth, &third);
  is_int (0, numsys_sum_sign (&sum, NULL), "different gammas meet");
  numsys_sum_add_product (&sum, 1, &sixth, NULL);
  is_int (-1, numsys_sum_sign (&sum, NULL), "...and differ");
  numsys_sum_clear (&sixth);
  numsys_sum_clear (&third);
  numsys_sum_clear (&sum);
}

/* f^den <= 2^(num + bits den) < (f + 1)^den, in integers. */
static int
is_floor (uint32_t num, uint32_t den, unsigned bits)
{
  int exact = -1;
  uint64_t f = numsys_exact_pow2 (num, den, bits, &exact);
  mpz_t power, wanted;
  int good;

  mpz_init (power);
  mpz_init (wanted);
  mpz_setbit (wanted, num + (mp_bitcnt_t) bits * den);
  mpz_ui_pow_ui (power, f, den);
  good = mpz_cmp (power, wanted) <= 0
         && exact == (mpz_cmp (power, wanted) == 0);
  mpz_ui_pow_ui (power, f + 1, den);
  good = good && mpz_cmp (power, wanted) > 0;
  mpz_clears (power, wanted, (mpz_ptr) NULL);
  return good;
}

static void
test_pow2 (void)
{
  static const unsigned bits[] = { 0, 1, 7, 23, 52, 62 };
  static const uint32_t dens[] = { 1, 2, 3, 8, 15, 64, 200 };
  size_t wrong = 0;

  for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
    for (size_t j = 0; j < sizeof dens / sizeof *dens; j++)
      for (uint32_t num = 0; num < dens[j]; num++)
        wrong += !is_floor (num, dens[j], bits[i]);
  is_int (0, (int64_t) wrong, "floors of powers of two with fractions");
  is_int ((INT64_C (1) << 40) + 90852,
          (int64_t) numsys_exact_pow2 (1, 1 << 23, 40, NULL),
          "the finest step, 1 + ln 2 / 2^23");
}

int
main (void)
{
  plan (3 * GAMMAS + 6 + 1 + 5 + 2 + 2);
  test_cancellation ();
  test_pell ();
  test_far_apart ();
  test_gammas_meet ();
  test_pow2 ();
  return 0;
}
