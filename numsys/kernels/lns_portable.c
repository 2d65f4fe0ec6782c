/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to an LNS in plain C: the exponent gives the octave, the top
   mantissa bits a bin with at most one threshold.  */

#include <config.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/portable.h"

/* Bits of the value nearest to a magnitude, were the range unbounded; below
   the normal floats, something not above their bits.  */
static int32_t
nearest (const numsys_lns_nearest *plan, uint32_t magnitude)
{
  uint32_t mantissa = magnitude & NUMSYS_MANTISSA_BITS;
  uint32_t i = plan->first[mantissa >> (23 - plan->index_bits)];

  i += mantissa >= plan->threshold[i];
  return (int32_t) (magnitude & NUMSYS_INFINITY_BITS) + plan->value[i];
}

static float
quantize (const numsys_lns_nearest *plan, float x, numsys_counts *counts)
{
  uint32_t sign = numsys_bits_of (x) & NUMSYS_SIGN_BIT;
  uint32_t magnitude = numsys_bits_of (x) ^ sign;
  int32_t bits;

  if (magnitude > NUMSYS_INFINITY_BITS)
    {
      counts->nan++;
      return numsys_float_of (NUMSYS_NAN_BITS);
    }
  counts->small += magnitude < plan->small
                   && (magnitude != 0 || plan->zero == 0);
  counts->over += magnitude >= plan->over;
  if (magnitude < plan->zero)
    return 0;
  bits = nearest (plan, magnitude);
  if (bits < (int32_t) plan->smallest)
    bits = (int32_t) plan->smallest;
  if (bits > (int32_t) plan->largest)
    bits = (int32_t) plan->largest;
  return numsys_float_of ((uint32_t) bits | sign);
}

void
numsys_portable_lns_nearest (const numsys_lns_nearest *plan, size_t n,
                             const float x[], float out[],
                             numsys_counts *counts)
{
  for (size_t i = 0; i < n; i++)
    out[i] = quantize (plan, x[i], counts);
}
