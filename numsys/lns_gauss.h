/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaussian logarithms, decided for every rounding: in steps of 2^(1/gamma),

     sum (d) = gamma log2 (1 + 2^(-d/gamma)),
     difference (d) = gamma log2 (1 - 2^(-d/gamma)),

   each as the step at or under it and the side on which it lies, for a whole
   number d > 0 of steps (d = 0 too for the sum).  Immutable once made.  Not
   installed.  */

#ifndef NUMSYS_LNS_GAUSS_H
#define NUMSYS_LNS_GAUSS_H

#include "numsys/binary.h"
#include "numsys/lns_series.h"
#include "numsys/side.h"

typedef struct numsys_gauss
{
  int64_t gamma;

  /* From this d on both lie within less than a step of 0, nearer to it than
     any middle. */
  uint64_t reach;

  /* sum (d) and difference (d) by turns, 0 <= d <= reach; NULL where that
     were too many. */
  int32_t *table;

  /* Else d / gamma in units of 2^-57 is (d 2^shift) inverse 2^-64, up to two
     units less. */
  uint64_t inverse;
  unsigned shift;
  int64_t log2_gamma;   /* in units of 2^-NUMSYS_SERIES_UNIT */
  uint64_t middle;      /* of the values of neighbours, as part of a step in
                           units of 2^-64; */
  uint64_t margin;      /* no value is known better than this */
  numsys_series *series;
} numsys_gauss;

/* NULL when memory ran out. */
numsys_gauss *numsys_gauss_new (int64_t gamma);
void numsys_gauss_free (numsys_gauss *gauss);   /* NULL is allowed */

/* Of a difference of equals: below any step. */
#define NUMSYS_GAUSS_ZERO INT32_MIN

/* NUMSYS_STEP_SIDE of difference (d), or of sum (d), where there is no table
   and d < reach. */
int64_t numsys_gauss_find (const numsys_gauss *gauss, int is_difference,
                           uint64_t d);

/* The same by exact comparisons alone: slow (lns_decide.c). */
int64_t numsys_gauss_decide (int64_t gamma, int is_difference, uint64_t d);

/* moved[i] = numsys_gauss_move of d[i]; n up to NUMSYS_GAUSS_LENGTH. */
#define NUMSYS_GAUSS_LENGTH 256
void numsys_gauss_find_all (const numsys_gauss *gauss, size_t n,
                            const uint8_t is_difference[],
                            const uint64_t d[], int64_t moved[]);

/* The same for any d. */
static inline int64_t
numsys_gauss_move (const numsys_gauss *gauss, int is_difference, uint64_t d)
{
  if (gauss->table != NULL)
    {
      const uint64_t at = d < gauss->reach ? d : gauss->reach;

      return gauss->table[2 * at + (unsigned) is_difference];
    }
  return numsys_gauss_find (gauss, is_difference, d);
}

#endif
