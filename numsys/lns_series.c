/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coefficients of the series, from the functions' differential equations, in
   MPFR at a precision that makes its errors nothing.  */

#include <config.h>
#include <stdlib.h>
#include <mpfr.h>
#include "numsys/lns_series.h"

/* In E two terms of up to (2^4)^6 cancel to less than 1, and 58 bits of the
   rest are wanted. */
#define PRECISION 112

#define TERMS NUMSYS_SERIES_TERMS

/* Room to compute in. */
typedef struct scratch
{
  mpfr_t ln2;
  mpfr_t at, power;       /* u, and 2^-u */
  mpfr_t p[TERMS];        /* a derivative's series */
  mpfr_t c[TERMS];        /* the function's */
  mpfr_t x, sum;
} scratch;

static void
scratch_init (scratch *s)
{
  mpfr_inits2 (PRECISION, s->ln2, s->at, s->power, s->x, s->sum,
               (mpfr_ptr) NULL);
  mpfr_const_log2 (s->ln2, MPFR_RNDN);
  for (int i = 0; i < TERMS; i++)
    mpfr_inits2 (PRECISION, s->p[i], s->c[i], (mpfr_ptr) NULL);
}

static void
scratch_clear (scratch *s)
{
  mpfr_clears (s->ln2, s->at, s->power, s->x, s->sum, (mpfr_ptr) NULL);
  for (int i = 0; i < TERMS; i++)
    mpfr_clears (s->p[i], s->c[i], (mpfr_ptr) NULL);
}

/* at = (2 i + 1) / 2^(bits + 1), the middle of piece i. */
static void
set_centre (scratch *s, size_t i, int bits)
{
  mpfr_set_ui_2exp (s->at, 2 * i + 1, -(bits + 1), MPFR_RNDN);
}

/* power = 2^-at */
static void
set_power (scratch *s)
{
  mpfr_neg (s->x, s->at, MPFR_RNDN);
  mpfr_exp2 (s->power, s->x, MPFR_RNDN);
}

/* p[1..] from p[0], where p' = -ln2 p (1 + sign p). */
static void
extend (scratch *s, int sign)
{
  for (int n = 0; n + 1 < TERMS; n++)
    {
      mpfr_set_zero (s->sum, 1);
      for (int i = 0; i <= n; i++)
        {
          mpfr_mul (s->x, s->p[i], s->p[n - i], MPFR_RNDN);
          mpfr_add (s->sum, s->sum, s->x, MPFR_RNDN);
        }
      if (sign < 0)
        mpfr_neg (s->sum, s->sum, MPFR_RNDN);
      mpfr_add (s->sum, s->sum, s->p[n], MPFR_RNDN);
      mpfr_mul (s->sum, s->sum, s->ln2, MPFR_RNDN);
      mpfr_div_si (s->p[n + 1], s->sum, -(n + 1), MPFR_RNDN);
    }
}

/* Coefficients in units, of powers of the part of a piece of 2^-bits. */
static void
store (scratch *s, int bits, numsys_piece *piece)
{
  for (int n = 0; n < TERMS; n++)
    {
      mpfr_mul_2si (s->x, s->c[n], NUMSYS_SERIES_UNIT - n * bits, MPFR_RNDN);
      piece->c[n] = mpfr_get_si (s->x, MPFR_RNDN);
    }
}

/* y = 2^-u; F' = -p, p = y / (1 + y). */
static void
set_f (scratch *s, size_t i, numsys_piece *piece)
{
  set_centre (s, i, NUMSYS_SERIES_PIECES_F);
  set_power (s);
  mpfr_add_ui (s->x, s->power, 1, MPFR_RNDN);
  mpfr_div (s->p[0], s->power, s->x, MPFR_RNDN);
  mpfr_log2 (s->c[0], s->x, MPFR_RNDN);
  extend (s, -1);
  for (int n = 0; n + 1 < TERMS; n++)
    mpfr_div_si (s->c[n + 1], s->p[n], -(n + 1), MPFR_RNDN);
  store (s, NUMSYS_SERIES_PIECES_F, piece);
}

/* c[1..] += those of log2 (at + h). */
static void
add_log2 (scratch *s)
{
  mpfr_ui_div (s->sum, 1, s->ln2, MPFR_RNDN);
  for (int n = 1; n < TERMS; n++)
    {
      mpfr_div (s->sum, s->sum, s->at, MPFR_RNDN);
      mpfr_div_si (s->x, s->sum, n % 2 == 0 ? -n : n, MPFR_RNDN);
      mpfr_add (s->c[n], s->c[n], s->x, MPFR_RNDN);
    }
}

/* y = 2^-u; E' = 1 / (u ln 2) - q, q = y / (1 - y). */
static void
set_e (scratch *s, size_t i, numsys_piece *piece)
{
  set_centre (s, i, NUMSYS_SERIES_PIECES_E);
  set_power (s);
  mpfr_ui_sub (s->sum, 1, s->power, MPFR_RNDN);
  mpfr_div (s->p[0], s->power, s->sum, MPFR_RNDN);
  mpfr_div (s->sum, s->at, s->sum, MPFR_RNDN);
  mpfr_log2 (s->c[0], s->sum, MPFR_RNDN);
  extend (s, 1);
  for (int n = 0; n + 1 < TERMS; n++)
    mpfr_div_si (s->c[n + 1], s->p[n], -(n + 1), MPFR_RNDN);
  add_log2 (s);
  store (s, NUMSYS_SERIES_PIECES_E, piece);
}

static void
set_l (scratch *s, size_t i, numsys_piece *piece)
{
  set_centre (s, i, NUMSYS_SERIES_PIECES_L);
  mpfr_add_ui (s->at, s->at, 1, MPFR_RNDN);
  mpfr_log2 (s->c[0], s->at, MPFR_RNDN);
  for (int n = 1; n < TERMS; n++)
    mpfr_set_zero (s->c[n], 1);
  add_log2 (s);
  store (s, NUMSYS_SERIES_PIECES_L, piece);
}

numsys_series *
numsys_series_new (unsigned reach)
{
  const size_t f_pieces = (size_t) reach << NUMSYS_SERIES_PIECES_F;
  const size_t e_pieces = (size_t) reach << NUMSYS_SERIES_PIECES_E;
  numsys_series *series = calloc (1, sizeof *series);
  scratch s;

  if (series == NULL)
    return NULL;
  series->f = calloc (f_pieces, sizeof *series->f);
  series->e = calloc (e_pieces, sizeof *series->e);
  if (series->f == NULL || series->e == NULL)
    {
      numsys_series_free (series);
      return NULL;
    }
  scratch_init (&s);
  for (size_t i = 0; i < f_pieces; i++)
    set_f (&s, i, &series->f[i]);
  for (size_t i = 0; i < e_pieces; i++)
    set_e (&s, i, &series->e[i]);
  for (size_t i = 0; i < 1 << NUMSYS_SERIES_PIECES_L; i++)
    set_l (&s, i, &series->l[i]);
  scratch_clear (&s);
  return series;
}

void
numsys_series_free (numsys_series *series)
{
  if (series == NULL)
    return;
  free (series->f);
  free (series->e);
  free (series);
}

/* floor (x) in units. */
static int64_t
units (mpfr_t x)
{
  mpfr_mul_2ui (x, x, NUMSYS_SERIES_UNIT, MPFR_RNDN);
  return mpfr_get_si (x, MPFR_RNDD);
}

uint64_t
numsys_series_middle (int64_t gamma)
{
  uint64_t middle;
  mpfr_t x;

  mpfr_init2 (x, PRECISION);
  mpfr_set_ui (x, 1, MPFR_RNDN);
  mpfr_div_ui (x, x, (unsigned long) gamma, MPFR_RNDN);
  mpfr_exp2 (x, x, MPFR_RNDN);
  mpfr_add_ui (x, x, 1, MPFR_RNDN);
  mpfr_log2 (x, x, MPFR_RNDN);
  mpfr_sub_ui (x, x, 1, MPFR_RNDN);
  mpfr_mul_ui (x, x, (unsigned long) gamma, MPFR_RNDN);
  middle = (uint64_t) units (x);
  mpfr_clear (x);
  return middle;
}

int64_t
numsys_series_log2 (int64_t gamma, unsigned whole)
{
  int64_t log2;
  mpfr_t x;

  mpfr_init2 (x, PRECISION);
  mpfr_set_ui_2exp (x, (unsigned long) gamma, -(mpfr_exp_t) whole, MPFR_RNDN);
  mpfr_log2 (x, x, MPFR_RNDN);
  log2 = units (x);
  mpfr_clear (x);
  return log2;
}
