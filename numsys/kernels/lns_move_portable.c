/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding steps to stored exponents in plain C: it defines the bits.  */

#include <config.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/lns_fraction.h"
#include "numsys/kernels/portable.h"

/* The stored exponent nearest to a normal magnitude. */
static inline int32_t
exponent_of (const numsys_lns_moves *moves, uint32_t bits)
{
  const uint32_t mantissa = bits & NUMSYS_MANTISSA_BITS;
  uint32_t slot = moves->first[mantissa >> (23 - moves->index_bits)];

  slot += mantissa >= moves->threshold[slot];
  return ((int32_t) (bits >> 23) - 127) * moves->gamma + (int32_t) slot;
}

/* 0, and nothing done, where this is not the way. */
static inline int
move (const numsys_lns_moves *moves, float x, float by, uint32_t word,
      float *out, numsys_counts *counts)
{
  const uint32_t sign = numsys_bits_of (x) & NUMSYS_SIGN_BIT;
  const uint32_t bits = numsys_bits_of (x) ^ sign;
  int64_t k, added, to, held;
  int32_t octave;

  if (bits - NUMSYS_LEAST_NORMAL_BITS >= 0x7f000000
      || !(by > -NUMSYS_FAR && by < NUMSYS_FAR))
    return 0;
  k = exponent_of (moves, bits);
  if (!numsys_fraction_whole (&moves->fraction, k + moves->parity, by,
                              sign != 0, word, &added))
    return 0;
  to = k + added;
  held = to < moves->least ? moves->least : to > moves->most ? moves->most : to;
  octave = (int32_t) (held / moves->gamma - (held % moves->gamma < 0));
  if (octave < -126 || octave > 127)
    return 0;
  counts->small += to < moves->least;
  counts->over += to > moves->most;
  *out = numsys_float_of (
    (((uint32_t) (octave + 127) << 23)
     + (uint32_t) moves->value[held - (int64_t) octave * moves->gamma])
    | sign);
  return 1;
}

size_t
numsys_portable_lns_move (const numsys_lns_moves *moves, size_t n,
                          const float x[], const float steps[],
                          const uint32_t words[], float out[],
                          numsys_counts *counts)
{
  const numsys_lns_moves constants = *moves;
  numsys_counts seen = { 0 };
  size_t i = 0;

  while (i < n && move (&constants, x[i], steps[i],
                        words == NULL ? 0 : words[i], &out[i], &seen))
    i++;
  counts->small += seen.small;
  counts->over += seen.over;
  return i;
}
