/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact results of fixed and floating point, and where they lie between two
   multiples of a power of two.  Not installed.  */

#ifndef NUMSYS_BINARY_H
#define NUMSYS_BINARY_H

#include <stdint.h>
#include "numsys/side.h"

__extension__ typedef unsigned __int128 numsys_bits;

/* The magnitude c 2^exponent, or, if more, a number strictly between it and
   (c + 1) 2^exponent.  Zero is c = 0, exactly. */
typedef struct numsys_binary
{
  int negative;
  int more;
  int64_t exponent;
  numsys_bits c;
} numsys_binary;

/* step + part / 2^64, or, if more, strictly between that and
   step + (part + 1) / 2^64. */
typedef struct numsys_cut
{
  numsys_bits step;
  uint64_t part;
  int more;
} numsys_cut;

/* a / b to at least 64 bits, or 96 if is_long; a, b > 0 of less than 33. */
numsys_binary numsys_binary_quotient (numsys_binary a, numsys_binary b,
                                      int is_long);

/* The square root of a to 64 bits; a > 0 of less than 33. */
numsys_binary numsys_binary_root (numsys_binary a);

static inline int
numsys_binary_length (numsys_bits c)
{
  const uint64_t high = (uint64_t) (c >> 64);

  return high != 0 ? 128 - __builtin_clzll (high)
                   : 64 - __builtin_clzll ((uint64_t) c | 1);
}

/* a + b, both exact and of at most 62 bits; to 64 bits at least.  A sum of 0
   has a sign of no meaning unless a and b have the same.  Without branches on
   order and signs, which no one can foretell.  */
static inline numsys_binary
numsys_binary_sum (numsys_binary a, numsys_binary b)
{
  const int b_leads = b.exponent > a.exponent;
  const int64_t apart = b_leads ? b.exponent - a.exponent
                                : a.exponent - b.exponent;
  const int64_t shift = apart < 65 ? apart : 65;
  const int64_t drop = apart - shift < 63 ? apart - shift : 63;
  const uint64_t high = (uint64_t) (b_leads ? b.c : a.c);
  const uint64_t low = (uint64_t) (b_leads ? a.c : b.c);
  const uint64_t kept = low >> drop;
  const int more = kept << drop != low;
  const numsys_bits differ = -(numsys_bits) (a.negative != b.negative);
  numsys_bits c = (numsys_bits) high << shift;
  int is_less;

  if (a.c == 0 || b.c == 0)
    return a.c == 0 ? b : a;
  /* Less kept and what was dropped, or kept more. */
  c += ((numsys_bits) kept ^ differ) - differ + (differ & -(numsys_bits) more);
  is_less = (int) (c >> 127);
  c = (c ^ -(numsys_bits) is_less) + (unsigned) is_less;
  return (numsys_binary) { (b_leads ? b.negative : a.negative) ^ is_less, more,
                           (b_leads ? b.exponent : a.exponent) - shift, c };
}

/* x in units of 2^unit; what x lacks lies below 2^(unit - 64), or else plays
   no part, and all bits of the step fit. */
static inline numsys_cut
numsys_binary_cut (numsys_binary x, int64_t unit)
{
  const int64_t shift = unit - x.exponent;

  if (shift <= 0)
    return (numsys_cut) { x.c << -shift, 0, x.more };
  if (shift < 64)
    return (numsys_cut) { x.c >> shift, (uint64_t) x.c << (64 - shift),
                          x.more };
  if (shift == 64)
    return (numsys_cut) { x.c >> 64, (uint64_t) x.c, x.more };
  if (shift < 192)
    return (numsys_cut) { shift < 128 ? x.c >> shift : 0,
                          (uint64_t) (x.c >> (shift - 64)),
                          x.more || x.c << (192 - shift) != 0 };
  return (numsys_cut) { 0, 0, x.more || x.c != 0 };
}

static inline numsys_side
numsys_cut_side (numsys_cut cut)
{
  const uint64_t middle = UINT64_C (1) << 63;

  if (cut.part == middle)
    return cut.more ? NUMSYS_SIDE_ABOVE : NUMSYS_SIDE_MIDDLE;
  if (cut.part > middle)
    return NUMSYS_SIDE_ABOVE;
  return cut.part != 0 || cut.more ? NUMSYS_SIDE_BELOW : NUMSYS_SIDE_HIT;
}

/* Whether a cut lies above step + (2 word + 1) / 2^(bits + 1). */
static inline int
numsys_cut_is_above (numsys_cut cut, uint32_t word, unsigned bits)
{
  const uint64_t threshold = (2 * (uint64_t) word + 1) << (63 - bits);

  return cut.part > threshold || (cut.part == threshold && cut.more);
}

#endif
