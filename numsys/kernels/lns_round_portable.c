/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any rounding to an LNS in plain C.  Where a number lies between values is
   told by integers; where between their logarithms is left to others.  */

#include <config.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/choice.h"
#include "numsys/kernels/codes.h"
#include "numsys/kernels/portable.h"

/* Slots of an octave: the value of slot i is value[i] above the octave's power
   of two; slot gamma is the next octave's first. */
typedef struct place
{
  int32_t octave;
  uint32_t slot;
} place;

/* Whether the draw is below d / g: (2 u + 1) g < d 2^33, u the draw, or for
   fewer bits t g < d 2^32, t having the middle in it. */
static int
is_below (const numsys_choice *choice, uint32_t t, uint32_t d, uint32_t g)
{
  if (choice->mask == UINT32_MAX)
    return (2 * (uint64_t) t + 1) * g < (uint64_t) d << 33;
  return (uint64_t) t * g < (uint64_t) d << 32;
}

/* Whether a magnitude goes away from the slot below it, d above that. */
static int
goes_away (const numsys_lns_rounding *plan, const place *below, int negative,
           uint32_t d, uint32_t word)
{
  int is_odd = (below->octave * plan->gamma + (int32_t) below->slot
                + plan->parity) & 1;
  uint32_t t = numsys_choice_threshold (&plan->choice, negative, is_odd, word);
  uint32_t g = (uint32_t) (plan->value[below->slot + 1]
                           - plan->value[below->slot]);

  if (plan->choice.mask != 0)
    return is_below (&plan->choice, t, d, g);
  return t < UINT32_MAX && d != 0;
}

/* The k of a finite magnitude rounded, were the range unbounded; 0 becomes
   what is far below all. */
static int32_t
round_one (const numsys_lns_rounding *plan, uint32_t bits, int negative,
           uint32_t word)
{
  uint32_t mantissa = bits & NUMSYS_MANTISSA_BITS;
  place at = { (int32_t) (bits >> 23) - 127, 0 };
  uint32_t value;

  if (at.octave == -127)
    return INT32_MIN / 2;
  at.slot = plan->first[mantissa >> (23 - plan->index_bits)];
  at.slot += mantissa >= plan->threshold[at.slot];
  if (!plan->is_nearest)
    {
      value = (uint32_t) plan->value[at.slot];
      if (value > mantissa)
        at.slot--;
      value = (uint32_t) plan->value[at.slot];
      at.slot += (unsigned) goes_away (plan, &at, negative, mantissa - value,
                                       word);
    }
  return at.octave * plan->gamma + (int32_t) at.slot;
}

static uint32_t
value_bits (const numsys_lns_rounding *plan, int32_t k)
{
  int32_t octave = k / plan->gamma - (k % plan->gamma < 0);

  return ((uint32_t) (octave + 127) << 23)
         + (uint32_t) plan->value[k - octave * plan->gamma];
}

/* 0, and nothing done, where this is not the way.  is_zero: x becomes zero. */
static int
settle (const numsys_lns_rounding *plan, float x, uint32_t word, int32_t *k,
        int *is_zero, numsys_counts *counts)
{
  uint32_t bits = numsys_bits_of (x) & ~NUMSYS_SIGN_BIT;

  if (bits >= NUMSYS_INFINITY_BITS || (plan->is_log && !plan->is_nearest))
    return 0;
  *is_zero = bits == 0 && plan->has_zero;
  if (*is_zero)
    return 1;
  *k = round_one (plan, bits, numsys_bits_of (x) >> 31, word);
  counts->small += *k < plan->least;
  *is_zero = *k < plan->least && plan->flushes;
  counts->over += *k > plan->most;
  *k = *k < plan->least ? plan->least : *k > plan->most ? plan->most : *k;
  return 1;
}

size_t
numsys_portable_lns_round (const numsys_lns_rounding *plan, size_t n,
                           const float x[], const uint32_t words[],
                           float out[], numsys_counts *counts)
{
  size_t i;
  int32_t k = 0;
  int is_zero;

  for (i = 0; i < n; i++)
    {
      uint32_t sign = numsys_bits_of (x[i]) & NUMSYS_SIGN_BIT;

      if (!settle (plan, x[i], words == NULL ? 0 : words[i], &k, &is_zero,
                   counts))
        break;
      out[i] = is_zero ? 0 : numsys_float_of (sign | value_bits (plan, k));
    }
  return i;
}

size_t
numsys_portable_lns_encode (const numsys_lns_rounding *plan, size_t n,
                            const float x[], const uint32_t words[],
                            size_t size, void *codes, numsys_counts *counts)
{
  size_t i;
  int32_t k = 0;
  int is_zero;

  for (i = 0; i < n; i++)
    {
      uint32_t sign
        = numsys_bits_of (x[i]) & NUMSYS_SIGN_BIT ? plan->sign_code : 0;

      if (!settle (plan, x[i], words == NULL ? 0 : words[i], &k, &is_zero,
                   counts))
        break;
      numsys_code_store (codes, size, i,
                         is_zero ? plan->zero_code
                                 : ((uint32_t) k + plan->offset) | sign);
    }
  return i;
}
