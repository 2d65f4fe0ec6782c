/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of codes of an LNS in plain C: it defines the bits.  */

#include <config.h>
#include "numsys/kernels/portable.h"

/* No code has so many bits. */
#define NOT_HERE UINT32_MAX

static inline int
is_zero (const numsys_lns_sums *plan, uint32_t code)
{
  return ((code & plan->flag) != 0)
         | ((int32_t) (code & (plan->sign - 1)) < plan->least);
}

/* x + y, one of them zero. */
static uint32_t
add_zero (const numsys_lns_sums *plan, uint32_t x, uint32_t y)
{
  if (is_zero (plan, x) && is_zero (plan, y))
    return plan->zero;
  return is_zero (plan, x) ? y : x;
}

/* Of a sum out of range, what it lies at or above, and what it was rounded
   to. */
static uint32_t
add_at_edge (const numsys_lns_sums *plan, uint32_t sign, int32_t below,
             int32_t rounded, int cancels, numsys_counts *counts)
{
  if (cancels)
    return plan->has_zero ? plan->zero : NOT_HERE;
  if (below >= plan->least)
    {
      counts->over++;
      return sign | (uint32_t) plan->most;
    }
  if (plan->under == NUMSYS_UNDER_ELSEWHERE)
    return NOT_HERE;
  counts->small += rounded < plan->least;
  if (plan->under == NUMSYS_UNDER_FLUSHED && rounded < plan->least)
    return plan->zero;
  return sign | (uint32_t) plan->least;
}

static inline uint32_t
add (const numsys_lns_sums *plan, uint32_t x, uint32_t y,
     numsys_counts *counts)
{
  const int32_t d = (int32_t) (x & (plan->sign - 1))
                    - (int32_t) (y & (plan->sign - 1));
  const uint32_t lead = d < 0 ? y : x;
  const uint32_t sign = lead & plan->sign;
  const int32_t apart = d < 0 ? -d : d;
  const int32_t moved
    = plan->table[2 * (apart < plan->reach ? apart : plan->reach)
                  + (((x ^ y) & plan->sign) != 0)];
  const int32_t below
    = (int32_t) (lead & (plan->sign - 1)) + (moved >> 3);
  const unsigned bit = (sign != 0 ? 16 : 0) + 8 * ((unsigned) below & 1)
                       + ((unsigned) moved & 7);
  const int32_t rounded = below + (int32_t) (plan->away >> bit & 1);

  if (is_zero (plan, x) | is_zero (plan, y))
    return add_zero (plan, x, y);
  if ((below >= plan->least) & (rounded <= plan->most))
    return sign | (uint32_t) rounded;
  return add_at_edge (plan, sign, below, rounded, moved == INT32_MIN, counts);
}

size_t
numsys_portable_lns_add (const numsys_lns_sums *plan, size_t n,
                         const uint32_t a[], const uint32_t b[],
                         uint32_t out[], numsys_counts *counts)
{
  const numsys_lns_sums own = *plan;
  const uint32_t bits = 2 * own.sign - 1;
  size_t i;

  for (i = 0; i < n; i++)
    {
      const uint32_t code
        = add (&own, a[i] & (bits | own.flag),
               (b[i] & (bits | own.flag)) ^ own.turn, counts);

      if (code == NOT_HERE)
        break;
      out[i] = code;
    }
  return i;
}
