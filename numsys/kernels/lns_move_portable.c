/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding steps to stored exponents in plain C: it defines the bits.  */

#include <config.h>
#include <math.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/choice.h"
#include "numsys/kernels/portable.h"

/* Beyond the exponents of float32 times any gamma that has tables. */
static const float far = 0x1p26f;

/* Adding it to a double rounds that to an integer, ties to even. */
static const double shifter = 0x1.8p52;

/* Places this near to a draw are not told apart from it. */
static const double unsure = 0x1p-20;

/* `by' rounded to an integer, a tie by what it is added to, odd or not. */
static inline int64_t
rounded (const numsys_lns_moves *moves, int odd, double by)
{
  const double nearest = ((by + odd) + shifter) - shifter - odd;

  return (int64_t) nearest + (moves->ties_away && by - nearest == 0.5);
}

/* The place of k + fraction between the values of k and k + 1. */
static double
grown (const numsys_lns_moves *moves, double fraction)
{
  double sum = 0;

  for (int i = NUMSYS_GROWTH_TERMS - 1; i >= 0; i--)
    sum = (sum + moves->growth[i]) * fraction;
  return sum;
}

/* Floor of `by', or one more, as the choice says; 0 when it is too near to be
   told.  Fractions of floats are doubles but next to 1, where differences
   are. */
static inline int
chosen (const numsys_lns_moves *moves, int64_t k, double by, int negative,
        uint32_t word, int64_t *out)
{
  const double whole = floor (by), fraction = by - whole;
  const int64_t below = (int64_t) whole;
  const uint32_t t = numsys_choice_threshold (
    &moves->choice, negative, (int) ((k + below + moves->parity) & 1), word);
  const double draw
    = (t + (moves->choice.mask == UINT32_MAX ? 0.5 : 0)) * 0x1p-32;
  double place;

  *out = below;
  if (by == whole)
    return 1;
  if (moves->choice.mask == 0 && (t == 0 || t == UINT32_MAX))
    *out += t == 0;
  else if (!moves->is_linear)
    *out += whole == -1 ? draw - 1 < by : draw < fraction;
  else
    {
      place = grown (moves, fraction);
      *out += draw < place;
      return fabs (draw - place) > unsure;
    }
  return 1;
}

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
      || !(by > -far && by < far))
    return 0;
  k = exponent_of (moves, bits);
  if (moves->is_nearest)
    added = rounded (moves, (int) ((k + moves->parity) & 1), by);
  else if (!chosen (moves, k, by, sign != 0, word, &added))
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
