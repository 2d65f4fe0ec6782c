/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding steps to stored exponents in plain C: it defines the bits.  */

#include <config.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/portable.h"

/* Beyond the exponents of float32 times any gamma that has tables. */
static const float far = 0x1p26f;

/* Adding it to a double rounds that to an integer, ties to even. */
static const double shifter = 0x1.8p52;

/* `by' rounded to an integer, a tie by what it is added to, odd or not. */
static inline int64_t
rounded (const numsys_lns_moves *moves, int odd, double by)
{
  const double nearest = ((by + odd) + shifter) - shifter - odd;

  return (int64_t) nearest + (moves->ties_away && by - nearest == 0.5);
}

/* 0, and nothing done, where this is not the way. */
static inline int
move (const numsys_lns_moves *moves, float x, float by, float *out,
      numsys_counts *counts)
{
  const uint32_t bits = numsys_bits_of (x) & ~NUMSYS_SIGN_BIT;
  const uint32_t mantissa = bits & NUMSYS_MANTISSA_BITS;
  int32_t exponent = (int32_t) (bits >> 23) - 127;
  int32_t slot = (int32_t) moves->first[mantissa >> (23 - moves->index_bits)];
  int64_t k, to, held;

  if (exponent == -127 || exponent == 128 || !(by > -far && by < far))
    return 0;
  slot += mantissa >= moves->threshold[slot];
  k = (int64_t) exponent * moves->gamma + slot;
  to = k + rounded (moves, (int) ((k + moves->parity) & 1), by);
  if (moves->whole_only && (double) (to - k) != by)
    return 0;
  held = to < moves->least ? moves->least : to > moves->most ? moves->most : to;
  slot += (int32_t) (held - k);
  if (slot < 0 || slot >= moves->gamma)
    {
      const int32_t octaves = slot / moves->gamma - (slot % moves->gamma < 0);

      exponent += octaves;
      slot -= octaves * moves->gamma;
    }
  if (exponent < -126 || exponent > 127)
    return 0;
  counts->small += to < moves->least;
  counts->over += to > moves->most;
  *out = numsys_float_of (((uint32_t) (exponent + 127) << 23)
                          + (uint32_t) moves->value[slot]
                          + (numsys_bits_of (x) & NUMSYS_SIGN_BIT));
  return 1;
}

size_t
numsys_portable_lns_move (const numsys_lns_moves *moves, size_t n,
                          const float x[], const float steps[], float out[],
                          numsys_counts *counts)
{
  const numsys_lns_moves constants = *moves;
  numsys_counts seen = { 0 };
  size_t i = 0;

  while (i < n && move (&constants, x[i], steps[i], &out[i], &seen))
    i++;
  counts->small += seen.small;
  counts->over += seen.over;
  return i;
}
