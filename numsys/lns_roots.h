/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Powers 2^(h / (2 gamma)) in fixed point: values of an LNS and the middles of
   their logarithms.  Two tables, coarse and fine, whose product is the power.
   Immutable once made.  Not installed.

   Each entry, at most 1, is within (1/2 + 2^-16) 2^-63 of the truth (see
   lns_roots.c), so that a product of two is within (1 + 2^-15) 2^-63.  */

#ifndef NUMSYS_LNS_ROOTS_H
#define NUMSYS_LNS_ROOTS_H

#include "numsys/binary.h"

#define NUMSYS_ROOTS_UNIT 126   /* a unit is 2^-126 */

typedef struct numsys_roots
{
  int64_t gamma;

  /* 2^(-h / (2 gamma)) for h = c 2^split and for h < 2^split, in units of
     2^-63; coarse[0] and fine[0] are 1.  One allocation. */
  uint64_t *coarse, *fine;
  unsigned split;

  /* floor (d / gamma) is d inverse >> shift for d <= 2^30. */
  uint64_t inverse;
  unsigned shift;
} numsys_roots;

/* NULL when memory ran out. */
numsys_roots *numsys_roots_new (int64_t gamma);
void numsys_roots_free (numsys_roots *roots);   /* NULL is allowed */

/* 2^(-h / (2 gamma)), 0 <= h < 2 gamma. */
static inline numsys_bits
numsys_roots_below (const numsys_roots *roots, uint64_t h)
{
  const uint64_t mask = (UINT64_C (1) << roots->split) - 1;

  return (numsys_bits) roots->coarse[h >> roots->split]
         * roots->fine[h & mask];
}

#endif
