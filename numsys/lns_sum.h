/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of many values of an LNS, c 2^(step / gamma) with integers c: enclosed
   in fixed point, and exact as lists of terms.  Not installed.

   An enclosure takes each term relative to the largest power, `top', d steps
   above it: d = q gamma + r, and

     2^(-d / gamma) = 2^-q 2^(-r / gamma)

   in units of 2^-NUMSYS_LNS_SUM_UNIT is a product of roots (lns_roots.h)
   shifted down.  The root, more than 1/2, is within (1 + 2^-15) 2^-63, or
   (1 + 2^-15) 2^-62 of itself; cutting off costs less than a unit more; a term
   from q = NUMSYS_LNS_SUM_UNIT + 1 on is less than a unit, and counts as
   nothing.  So if total is the sum of the terms' magnitudes as computed, and
   count that of all |c|, the sum is within

     (total 2^-62) (1 + 2^-14) + 2 count <= total 2^-61 + 2 count

   units of the truth, however many terms there are; the second count stands
   for the part of total that was cut off, which makes less than a unit of
   each.  Where all r are zero and no q is that large, nothing was cut off and
   the sum is exact.

   A list of terms that is empty once reduced is a sum of zero.  One that is not
   is none, as long as coefficients stay below 2^32: powers of different
   remainders r are linearly independent over the rationals (exact.c), and of
   each remainder an odd number of the lowest power is left.  Nothing is decided
   by that: what is not zero, an enclosure has to tell.  */

#ifndef NUMSYS_LNS_SUM_H
#define NUMSYS_LNS_SUM_H

#include <stddef.h>
#include "numsys/lns_roots.h"

__extension__ typedef __int128 numsys_lns_units;

/* The largest power is 2^87 units, and count, less than 2^36, leaves the sum
   below 2^123. */
#define NUMSYS_LNS_SUM_UNIT 87
#define NUMSYS_LNS_MOST_COUNT (UINT64_C (1) << 36)

typedef struct numsys_lns_enclosure
{
  int64_t top;
  numsys_lns_units sum;
  numsys_bits total;
  uint64_t count;
  int is_inexact;
} numsys_lns_enclosure;

/* sum += 2^((top - d) / gamma), or -= where negative is 1; d >= 0, and count is
   the caller's. */
static inline __attribute__ ((always_inline)) void
numsys_lns_enclose (numsys_lns_enclosure *x, const numsys_roots *roots,
                    uint64_t d, int negative, uint64_t c)
{
  const uint64_t gamma = (uint64_t) roots->gamma;
  const uint64_t most = (NUMSYS_LNS_SUM_UNIT + 1) * gamma;
  const uint64_t held = d < most ? d : most;
  const uint64_t q = held * roots->inverse >> roots->shift;
  const uint64_t r = held - q * gamma;
  const numsys_bits power
    = (numsys_roots_below (roots, 2 * r)
       >> (NUMSYS_ROOTS_UNIT - NUMSYS_LNS_SUM_UNIT + q)) * c;
  const numsys_lns_units turn = -(numsys_lns_units) negative;

  x->sum += ((numsys_lns_units) power ^ turn) - turn;
  x->total += power;
  x->is_inexact |= (r != 0) | (d >= most);
}

/* How far the sum may be from the truth, in units. */
static inline numsys_bits
numsys_lns_error (const numsys_lns_enclosure *x)
{
  return x->is_inexact ? (x->total >> 61) + 2 * x->count + 1 : 0;
}

/* c 2^(q + r / gamma), 0 <= r < gamma */
typedef struct numsys_lns_power
{
  int64_t q, r, c;
} numsys_lns_power;

typedef struct numsys_lns_list
{
  int64_t gamma;
  size_t n;
  numsys_lns_power *terms;   /* the caller's */
} numsys_lns_list;

void numsys_lns_list_add (numsys_lns_list *list, int64_t step, int64_t c);
/* Of fewer than 2^29 terms with coefficients as above. */
void numsys_lns_list_reduce (numsys_lns_list *list);
/* Of one that is not empty; -1, and nothing is of use, if count is not below
   the most. */
int numsys_lns_list_enclose (const numsys_lns_list *list,
                             const numsys_roots *roots,
                             numsys_lns_enclosure *out);

#endif
