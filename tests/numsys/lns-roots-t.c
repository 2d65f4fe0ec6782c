/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of roots of two against MPFR: products of two entries lie within the
   bound that sums rely on, and quotients by gamma are whole.  */

#include <config.h>
#include <mpfr.h>
#include "numsys/lns_roots.h"
#include "tests/tap/tap.h"

#define DRAWN 3000

static const int64_t gammas[] = { 1, 2, 3, 100, 2048, 2049, 65537, 4194305,
                                  8388607, 8388608 };

static uint64_t
draw (uint64_t *state, uint64_t below)
{
  *state = *state * UINT64_C (6364136223846793005) + 1442695040888963407u;
  return (*state >> 32) * below >> 32;
}

/* Of the root that numsys_roots_below has for h, in units of 2^-63. */
static double
error_of (const numsys_roots *roots, uint64_t h)
{
  const numsys_bits seen = numsys_roots_below (roots, h);
  mpfr_t wanted, x;
  double error;

  mpfr_inits2 (256, wanted, x, (mpfr_ptr) NULL);
  mpfr_set_si (wanted, -(long) h, MPFR_RNDN);
  mpfr_div_ui (wanted, wanted, 2 * (unsigned long) roots->gamma, MPFR_RNDN);
  mpfr_exp2 (wanted, wanted, MPFR_RNDN);
  mpfr_set_ui_2exp (x, (unsigned long) (seen >> 64), 64, MPFR_RNDN);
  mpfr_add_ui (x, x, (unsigned long) seen, MPFR_RNDN);
  mpfr_div_2ui (x, x, NUMSYS_ROOTS_UNIT, MPFR_RNDN);
  mpfr_sub (x, x, wanted, MPFR_RNDN);
  mpfr_mul_2ui (x, x, 63, MPFR_RNDN);
  error = mpfr_get_d (x, MPFR_RNDA);
  mpfr_clears (wanted, x, (mpfr_ptr) NULL);
  return error < 0 ? -error : error;
}

static void
check (int64_t gamma)
{
  const uint64_t period = 2 * (uint64_t) gamma;
  numsys_roots *roots = numsys_roots_new (gamma);
  uint64_t state = 1;
  double most = 0;
  uint64_t wrong = 0;

  if (roots == NULL)
    bail_out ("out of memory");
  for (uint64_t i = 0; i < DRAWN; i++)
    {
      const uint64_t h = i < period && period <= DRAWN
                           ? i : draw (&state, period);
      const double error = error_of (roots, h);

      most = error > most ? error : most;
    }
  ok (most <= 1 + 0x1p-15, "gamma %ld: roots err by %.3f 2^-63 at most",
      (long) gamma, most);
  ok (numsys_roots_below (roots, 0) == (numsys_bits) 1 << NUMSYS_ROOTS_UNIT,
      "...and 1 not at all");
  for (uint64_t i = 0; i < DRAWN; i++)
    {
      const uint64_t most_q = (UINT64_C (1) << 30) / (uint64_t) gamma;
      const uint64_t q = i < 9 ? most_q - (i < most_q ? i : most_q)
                               : draw (&state, most_q);
      const uint64_t d = q * (uint64_t) gamma;

      wrong += d * roots->inverse >> roots->shift != q;
      wrong += q != 0 && (d - 1) * roots->inverse >> roots->shift != q - 1;
    }
  is_int (0, (int64_t) wrong, "...quotients of multiples, and of one less");
  numsys_roots_free (roots);
}

int
main (void)
{
  plan (3 * (sizeof gammas / sizeof *gammas));
  for (size_t i = 0; i < sizeof gammas / sizeof *gammas; i++)
    check (gammas[i]);
  return 0;
}
