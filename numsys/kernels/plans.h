/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all kernels that round have in common.  */

#ifndef NUMSYS_KERNELS_PLANS_H
#define NUMSYS_KERNELS_PLANS_H

#include <stdint.h>

/* What quantizing meets, beside ordinary numbers. */
typedef struct numsys_counts
{
  uint64_t small;   /* under the threshold below the smallest value; zeros
                       only where there is no zero */
  uint64_t over;    /* beyond the threshold above the largest value */
  uint64_t under;   /* of these, the negative ones; by roundings to dyadic
                       grids only */
  uint64_t nan;
} numsys_counts;

/* How a magnitude between two neighbours is decided.  It goes away from the one
   below when (word & mask) + base[negative], all its bits flipped if the step
   below is odd and flips is set, is below its place between the two in units of
   2^-32: 0 is always, the largest never.  A draw of all 32 bits stands for the
   middle of its unit; one of fewer has the middle in base.  */
typedef struct numsys_choice
{
  uint32_t mask;          /* bits of a random word drawn; 0: words are not
                             read */
  uint32_t base[2];
  int flips;
} numsys_choice;

#endif
