/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to floating point in plain C.  Where the spacing follows the
   exponent, half of it is added to the bits, and what lies under it cut off;
   a carry steps into the next exponent as it should.  Under that, adding and
   taking away a number whose last place is the spacing rounds.  */

#include <config.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/portable.h"

static uint32_t
nearest (const numsys_float_nearest *plan, uint32_t magnitude)
{
  uint32_t kept = UINT32_MAX << plan->drop;
  uint32_t is_odd = plan->drop == 0 ? 0 : magnitude >> plan->drop & 1;
  float x = numsys_float_of (magnitude);

  if (magnitude < plan->normal)
    return numsys_bits_of ((x + plan->shifter) - plan->shifter);
  return (magnitude + (~kept >> 1) + is_odd) & kept;
}

static float
quantize (const numsys_float_nearest *plan, float x, numsys_counts *counts)
{
  uint32_t sign = numsys_bits_of (x) & NUMSYS_SIGN_BIT;
  uint32_t magnitude = numsys_bits_of (x) ^ sign;
  uint32_t bits;

  if (magnitude > NUMSYS_INFINITY_BITS)
    {
      counts->nan++;
      return numsys_float_of (NUMSYS_NAN_BITS);
    }
  counts->small += magnitude < plan->small && magnitude != 0;
  if (magnitude == NUMSYS_INFINITY_BITS)
    bits = plan->infinite;
  else if (magnitude >= plan->over)
    bits = plan->beyond;
  else if (magnitude < plan->small)
    bits = 0;
  else
    bits = nearest (plan, magnitude);
  counts->over += magnitude >= plan->over && plan->infinite != magnitude;
  if (bits != 0 && bits < plan->smallest)
    bits = plan->smallest;
  if (bits > NUMSYS_INFINITY_BITS)
    sign = 0;
  return numsys_float_of (bits | sign);
}

size_t
numsys_portable_float_nearest (const numsys_float_nearest *plan, size_t n,
                               const float x[], float out[],
                               numsys_counts *counts)
{
  size_t i;

  for (i = 0; i < n; i++)
    {
      if ((numsys_bits_of (x[i]) & ~NUMSYS_SIGN_BIT) - 1 < plan->subnormals)
        break;
      out[i] = quantize (plan, x[i], counts);
    }
  return i;
}
