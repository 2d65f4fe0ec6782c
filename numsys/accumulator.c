/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an accumulator holds, as a binary number.  */

#include <config.h>
#include "numsys/accumulator.h"

/* a -= b, a >= b */
static void
subtract (uint64_t a[], const uint64_t b[], size_t limbs)
{
  uint64_t borrow = 0;

  for (size_t i = 0; i < limbs; i++)
    {
      const numsys_bits difference = (numsys_bits) a[i] - b[i] - borrow;

      a[i] = (uint64_t) difference;
      borrow = (uint64_t) (difference >> 64) & 1;
    }
}

numsys_binary
numsys_accumulator_sum (numsys_accumulator *sum, int64_t exponent)
{
  numsys_binary x = { .negative = 0 };
  size_t top = sum->limbs;
  const uint64_t *limb;

  while (top > 0 && sum->total[0][top - 1] == sum->total[1][top - 1])
    top--;
  if (top == 0)
    return x;
  x.negative = sum->total[1][top - 1] > sum->total[0][top - 1];
  subtract (sum->total[x.negative], sum->total[!x.negative], top);
  limb = sum->total[x.negative];
  while (top > 1 && limb[top - 1] == 0)
    top--;
  x.c = limb[top - 1];
  x.exponent = exponent;
  if (top > 1)
    {
      x.c = x.c << 64 | limb[top - 2];
      x.exponent += 64 * (int64_t) (top - 2);
    }
  for (size_t i = 0; i + 2 < top; i++)
    x.more |= limb[i] != 0;
  return x;
}
