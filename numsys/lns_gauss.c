/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaussian logarithms, decided: by tables where they are short, else by an
   evaluation in fixed point whose error is known (lns_series.h).  A value too
   near a step or a middle for that is decided by exact comparisons
   (exact.h); of 2^30 random d at gamma 2^23 these are about one in 2^19.

   With 1 +- 2^-u = 2^(-u/2) (2^(u/2) +- 2^(-u/2)),

     sum (d) = gamma - d / 2 + c (d),  c (d) = gamma log2 cosh (d l / 2 gamma),

   l = ln 2, and the middle of the values of neighbours lies at 1/2 + c (1).
   While d^2 <= 4 gamma, c (d) <= d^2 l / (8 gamma) < 0.35, so that c decides
   where d alone is nearly whole or half: an even d > 0 lies under the middle,
   an odd one above it, and d = 1 is the one tie.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include "numsys/lns_gauss.h"
#include "numsys/place.h"

/* Tables have at most so many entries. */
#define MOST_ENTRIES (UINT64_C (1) << 16)
/* Shorter ones are filled by exact comparisons, without a series. */
#define FEW_ENTRIES 256

#define ONE (INT64_C (1) << NUMSYS_SERIES_UNIT)
#define HALF (UINT64_C (1) << 63)

/* From units to 2^-64. */
#define SPARE (64 - NUMSYS_SERIES_UNIT)
#define UNDECIDED -1

/* d / gamma comes in units of 2^-57, being less than 2^5. */
#define U_UNIT 57

#define INLINE inline __attribute__ ((always_inline))

/* Signs of x - 2^((2 step + half) / (2 gamma)), and of x - the middle of the
   values of steps step and step + 1. */
static int
against_log (numsys_exact *x, int64_t gamma, int64_t step, int half)
{
  numsys_sum_zero (&x->threshold, 2 * (numsys_wide) gamma);
  mpz_set_ui (numsys_sum_extend (&x->threshold,
                                 2 * (numsys_wide) step + half), 1);
  return numsys_exact_compare (x);
}

static int
against_middle (numsys_exact *x, int64_t gamma, int64_t step)
{
  numsys_sum_zero (&x->threshold, gamma);
  for (int i = 0; i < 2; i++)
    mpz_set_ui (numsys_sum_extend (&x->threshold,
                                   (numsys_wide) step + i - gamma), 1);
  return numsys_exact_compare (x);
}

/* By exact comparisons alone; near is a step to begin at. */
static int64_t
decide_exactly (int64_t gamma, uint64_t d, int is_difference, int64_t near)
{
  numsys_side side = NUMSYS_SIDE_HIT;
  int64_t step = near;
  numsys_exact x;
  int sign;

  numsys_exact_init (&x);
  numsys_sum_zero (&x.a, gamma);
  mpz_set_si (numsys_sum_extend (&x.a, 0), 1);
  mpz_set_si (numsys_sum_extend (&x.a, -(numsys_wide) d),
              is_difference ? -1 : 1);
  while (against_log (&x, gamma, step, 0) < 0)
    step--;
  while ((sign = against_log (&x, gamma, step + 1, 0)) >= 0)
    step++;
  if (against_log (&x, gamma, step, 0) > 0)
    {
      sign = against_log (&x, gamma, step, 1);
      side = sign < 0 ? NUMSYS_SIDE_BELOW : NUMSYS_SIDE_LOG_MIDDLE;
      if (sign > 0)
        {
          sign = against_middle (&x, gamma, step);
          side = sign < 0 ? NUMSYS_SIDE_INNER
                 : sign == 0 ? NUMSYS_SIDE_MIDDLE : NUMSYS_SIDE_ABOVE;
        }
    }
  numsys_exact_clear (&x);
  return NUMSYS_STEP_SIDE (step, side);
}

static int64_t
decide (int64_t gamma, int is_difference, uint64_t d)
{
  const int64_t half = (int64_t) (d + 1) / 2;
  const double v = (double) d / (double) gamma * 0x1.62e42fefa39efp-1;
  const double x = is_difference ? -expm1 (-v) : 1 + exp (-v);

  if (!is_difference && d == 0)
    return NUMSYS_STEP_SIDE (gamma, NUMSYS_SIDE_HIT);
  if (!is_difference && d <= UINT32_MAX && d * d <= 4 * (uint64_t) gamma)
    return NUMSYS_STEP_SIDE (gamma - half,
                             d % 2 == 0 ? NUMSYS_SIDE_BELOW
                             : d == 1 ? NUMSYS_SIDE_MIDDLE
                                      : NUMSYS_SIDE_ABOVE);
  return decide_exactly (gamma, d, is_difference,
                         (int64_t) floor ((double) gamma * log2 (x)));
}

/* The side of this part of a step, in units of 2^-64, or UNDECIDED. */
static INLINE int64_t
side_of (const numsys_gauss *gauss, uint64_t part)
{
  const uint64_t margin = gauss->margin;

  if (part - margin > -2 * margin
      || part - HALF + margin <= 2 * margin
      || part - gauss->middle + margin <= 2 * margin)
    return UNDECIDED;
  return NUMSYS_SIDE_BELOW + 2 * (part > HALF) + 2 * (part > gauss->middle);
}

/* c + value t, t in units of 2^-64. */
static INLINE int64_t
horner (int64_t c, int64_t value, int64_t t)
{
  return c + (int64_t) ((numsys_wide) value * t >> 64);
}

/* A piece at offset, 0 <= offset / 2^64 < 1, in it. */
static INLINE int64_t
evaluate (const numsys_piece *piece, uint64_t offset)
{
  const int64_t *c = piece->c;
  const int64_t t = (int64_t) (offset ^ UINT64_C (1) << 63);

  _Static_assert (NUMSYS_SERIES_TERMS == 6, "six terms are written out");
  return horner (c[0], horner (c[1], horner (c[2], horner (c[3], horner (
    c[4], c[5], t), t), t), t), t);
}

/* F or E at d / gamma, there being 2^density pieces a unit. */
static INLINE int64_t
evaluate_at (const numsys_gauss *gauss, const numsys_piece *pieces,
             unsigned density, uint64_t d)
{
  const unsigned bits = U_UNIT - density;
  const uint64_t u = (uint64_t) ((numsys_bits) (d << gauss->shift)
                                 * gauss->inverse >> 64);

  return evaluate (&pieces[u >> bits], u << (64 - bits));
}

/* Of d > 0; of 0 a number that is of no use. */
static INLINE int64_t
log2_of (const numsys_gauss *gauss, uint64_t d)
{
  const int whole = 63 - __builtin_clzll (d | 1);
  const uint64_t part = d << (63 - whole) << 1;

  return whole * ONE
         + evaluate (&gauss->series->l[part >> (64 - NUMSYS_SERIES_PIECES_L)],
                     part << NUMSYS_SERIES_PIECES_L);
}

/* log2 (1 +- 2^(-d/gamma)) */
static INLINE int64_t
log2_of_sum (const numsys_gauss *gauss, int is_difference, uint64_t d)
{
  const numsys_series *series = gauss->series;

  if (!is_difference)
    return evaluate_at (gauss, series->f, NUMSYS_SERIES_PIECES_F, d);
  return log2_of (gauss, d) - gauss->log2_gamma
         - evaluate_at (gauss, series->e, NUMSYS_SERIES_PIECES_E, d);
}

/* numsys_gauss_find's, 0 < d < reach, there being a series. */
static INLINE int64_t
find (const numsys_gauss *gauss, int is_difference, uint64_t d)
{
  const numsys_wide value
    = (numsys_wide) log2_of_sum (gauss, is_difference, d)
      * (gauss->gamma << SPARE);
  const int64_t side = side_of (gauss, (uint64_t) value);

  if (side == UNDECIDED)
    return decide (gauss->gamma, is_difference, d);
  return NUMSYS_STEP_SIDE ((int64_t) (value >> 64), side);
}

int64_t
numsys_gauss_find (const numsys_gauss *gauss, int is_difference, uint64_t d)
{
  if (d >= gauss->reach)
    return is_difference ? NUMSYS_STEP_SIDE (-1, NUMSYS_SIDE_ABOVE)
                         : NUMSYS_STEP_SIDE (0, NUMSYS_SIDE_BELOW);
  if (d == 0 && is_difference)
    return NUMSYS_GAUSS_ZERO;
  if (gauss->series == NULL || d == 0)
    return decide (gauss->gamma, is_difference, d);
  return is_difference ? find (gauss, 1, d) : find (gauss, 0, d);
}

/* Of the d in places. */
static INLINE void
find_some (const numsys_gauss *gauss, int is_difference, size_t n,
           const uint16_t places[], const uint64_t d[], int64_t moved[])
{
  const uint64_t range = gauss->reach - 1;

  for (size_t k = 0; k < n; k++)
    {
      const size_t i = places[k];

      moved[i] = d[i] - 1 < range
                   ? find (gauss, is_difference, d[i])
                   : numsys_gauss_find (gauss, is_difference, d[i]);
    }
}

/* Which of the two, no one can foretell: they are told apart without
   branches. */
void
numsys_gauss_find_all (const numsys_gauss *gauss, size_t n,
                       const uint8_t is_difference[], const uint64_t d[],
                       int64_t moved[])
{
  uint16_t places[2][NUMSYS_GAUSS_LENGTH];
  size_t differences = 0;

  if (gauss->table != NULL || gauss->series == NULL)
    {
      for (size_t i = 0; i < n; i++)
        moved[i] = numsys_gauss_move (gauss, is_difference[i], d[i]);
      return;
    }
  for (size_t i = 0; i < n; i++)
    {
      places[0][i - differences] = (uint16_t) i;
      places[1][differences] = (uint16_t) i;
      differences += is_difference[i];
    }
  find_some (gauss, 0, n - differences, places[0], d, moved);
  find_some (gauss, 1, differences, places[1], d, moved);
}

/* -1 when memory ran out. */
static int
tabulate (numsys_gauss *gauss)
{
  int32_t *table = calloc (2 * gauss->reach + 2, sizeof *table);

  if (table == NULL)
    return -1;
  for (uint64_t d = 0; d <= gauss->reach; d++)
    for (int is_difference = 0; is_difference < 2; is_difference++)
      table[2 * d + (unsigned) is_difference]
        = (int32_t) numsys_gauss_find (gauss, is_difference, d);
  gauss->table = table;
  return 0;
}

numsys_gauss *
numsys_gauss_new (int64_t gamma)
{
  numsys_gauss *gauss = calloc (1, sizeof *gauss);
  unsigned above = 0;   /* 2^above >= gamma */
  unsigned whole;       /* 2^whole <= gamma */
  int status = 0;

  if (gauss == NULL)
    return NULL;
  while (INT64_C (1) << above < gamma)
    above++;
  gauss->gamma = gamma;
  gauss->reach = (uint64_t) gamma * (above + 3);
  gauss->inverse
    = (uint64_t) (((numsys_wide) 1 << (62 + above)) / gamma);
  gauss->shift = U_UNIT + 2 - above;
  whole = INT64_C (1) << above == gamma ? above : above - 1;
  gauss->log2_gamma = numsys_series_log2 (gamma, whole) + whole * ONE;
  gauss->middle = numsys_series_middle (gamma) << SPARE;
  gauss->margin = (uint64_t) (gamma * NUMSYS_SERIES_ERROR) << SPARE;
  if (gauss->reach > FEW_ENTRIES)
    {
      gauss->series = numsys_series_new (above + 3);
      status = gauss->series == NULL ? -1 : 0;
    }
  if (status == 0 && gauss->reach <= MOST_ENTRIES)
    status = tabulate (gauss);
  if (status != 0)
    {
      numsys_gauss_free (gauss);
      return NULL;
    }
  return gauss;
}

void
numsys_gauss_free (numsys_gauss *gauss)
{
  if (gauss == NULL)
    return;
  numsys_series_free (gauss->series);
  free (gauss->table);
  free (gauss);
}
