/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaussian logarithms, decided: by tables where they are short, else by an
   evaluation in fixed point whose error is known (lns_series.h).  A value too
   near a step or a middle for that is decided by exact comparisons
   (lns_decide.c); of 2^30 random d at gamma 2^23 these are about one in 2^19.  */

#include <config.h>
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
    return numsys_gauss_decide (gauss->gamma, is_difference, d);
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
    return numsys_gauss_decide (gauss->gamma, is_difference, d);
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
