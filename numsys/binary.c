/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quotients and square roots in integers.  */

#include <config.h>
#include <math.h>
#include "numsys/binary.h"

/* Long division by digits of 32 bits. */
numsys_binary
numsys_binary_quotient (numsys_binary a, numsys_binary b, int is_long)
{
  const int a_shift = 32 - numsys_binary_length (a.c);
  const int b_shift = 32 - numsys_binary_length (b.c);
  const int digits = is_long ? 3 : 2;
  const uint64_t divisor = (uint64_t) b.c << b_shift;
  uint64_t rest = (uint64_t) a.c << a_shift;
  numsys_binary q = { .negative = a.negative ^ b.negative };

  q.exponent = a.exponent - a_shift - (b.exponent - b_shift) - 32 * digits;
  q.c = rest >= divisor;
  rest -= rest >= divisor ? divisor : 0;
  for (int i = 0; i < digits; i++)
    {
      const uint64_t dividend = rest << 32;

      q.c = q.c << 32 | dividend / divisor;
      rest = dividend % divisor;
    }
  q.more = rest != 0;
  return q;
}

/* floor (sqrt n), n >= 2^126: a double's root, Newton's step, and what is still
   wrong is set right, whatever the machine made of the first two. */
static uint64_t
floor_root (numsys_bits n)
{
  const double root = sqrt ((double) (uint64_t) (n >> 64)) * 0x1p32;
  uint64_t r = root < 0x1p64 ? (uint64_t) root : UINT64_MAX;
  const numsys_bits square = (numsys_bits) r * r;

  if (n < square)
    r -= (uint64_t) ((double) (square - n) / (2 * root));
  else
    {
      const uint64_t more = (uint64_t) ((double) (n - square) / (2 * root));

      r = more > UINT64_MAX - r ? UINT64_MAX : r + more;
    }
  while ((numsys_bits) r * r > n)
    r--;
  while (r != UINT64_MAX && (numsys_bits) (r + 1) * (r + 1) <= n)
    r++;
  return r;
}

numsys_binary
numsys_binary_root (numsys_binary a)
{
  int shift = 128 - numsys_binary_length (a.c);
  numsys_binary root = { .negative = 0 };
  numsys_bits n;

  shift -= (a.exponent - shift) & 1;
  n = a.c << shift;
  root.c = floor_root (n);
  root.more = root.c * root.c != n;
  root.exponent = (a.exponent - shift) / 2;
  return root;
}
