/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact sums of integers times powers of two, as long integers: positive and
   negative ones apart, so that carries are short.  Not installed.  */

#ifndef NUMSYS_ACCUMULATOR_H
#define NUMSYS_ACCUMULATOR_H

#include <stddef.h>
#include "numsys/binary.h"

/* Products of floats with 11 exponent bits reach over 2 (2^11 + 31) bits; 2^64
   of them take 64 more. */
#define NUMSYS_ACCUMULATOR_LIMBS 68

typedef struct numsys_accumulator
{
  size_t limbs;          /* in use, the low ones first */
  int has_sign[2];       /* numbers of this sign came, zeros too */
  uint64_t total[2][NUMSYS_ACCUMULATOR_LIMBS];
} numsys_accumulator;

/* For up to 2^64 numbers below 2^bits. */
static inline void
numsys_accumulator_init (numsys_accumulator *sum, unsigned bits)
{
  *sum = (numsys_accumulator) { .limbs = (bits + 64 + 63) / 64 };
}

/* += +-c 2^offset */
static inline void
numsys_accumulate (numsys_accumulator *sum, int negative, uint64_t c,
                   uint64_t offset)
{
  uint64_t *limb = &sum->total[negative][offset / 64];
  const numsys_bits shifted = (numsys_bits) c << offset % 64;
  const numsys_bits low = (numsys_bits) limb[0] + (uint64_t) shifted;
  const numsys_bits high = (numsys_bits) limb[1]
                           + (uint64_t) (shifted >> 64)
                           + (uint64_t) (low >> 64);

  sum->has_sign[negative] = 1;
  limb[0] = (uint64_t) low;
  limb[1] = (uint64_t) high;
  if (high >> 64 != 0)
    for (size_t i = 2; ++limb[i] == 0; i++)
      ;
}

/* The sum in units of 2^exponent; its first 65 bits at least.  Of a sum of 0
   only c is set. */
numsys_binary numsys_accumulator_sum (numsys_accumulator *sum,
                                      int64_t exponent);

/* The sign of a sum of 0, as IEEE 754 has it. */
static inline int
numsys_accumulator_zero_sign (const numsys_accumulator *sum,
                              numsys_rounding rounding)
{
  return sum->has_sign[0] == sum->has_sign[1]
           ? sum->has_sign[0] && rounding == NUMSYS_DOWN : sum->has_sign[1];
}

#endif
