/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any rounding to floating or fixed point in plain C: the significand is cut
   where the spacing says, and what is cut off, as a fraction of the spacing, is
   compared with a draw.  */

#include <config.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/choice.h"
#include "numsys/kernels/codes.h"
#include "numsys/kernels/portable.h"

/* A magnitude cut: m spacings of 2^(scale - 150), and the place of what was cut
   off. */
typedef struct cut_number
{
  uint32_t m;
  uint32_t place;
  int32_t scale;
} cut_number;

/* What lies below 2^-32 of a spacing is a bit of the place, if a draw can be
   above it and below the place: a draw of 32 bits is a middle, others are
   whole.  Significands being of 24 bits, the place is far from all ones then.  */
static cut_number
cut_off (const numsys_dyadic_rounding *plan, uint32_t bits)
{
  int32_t e = (int32_t) (bits >> 23);
  uint32_t c = bits & NUMSYS_MANTISSA_BITS;
  uint32_t half = plan->choice.mask == UINT32_MAX ? 0x80000000 : 0;
  int64_t drop = plan->drop;
  cut_number out;

  if (e == 0)
    e = 1;
  else
    c |= NUMSYS_LEAST_NORMAL_BITS;
  out.scale = (e > plan->floor ? e : plan->floor) + (int32_t) drop;
  drop = out.scale - e;
  out.m = drop > 31 ? 0 : c >> drop;
  if (drop <= 32)
    out.place = drop == 0 ? 0 : (uint32_t) ((uint64_t) c << (32 - drop));
  else if (drop < 64)
    out.place = (uint32_t) ((uint64_t) c >> (drop - 32))
                + ((uint32_t) ((uint64_t) c << (64 - drop)) > half);
  else
    out.place = half == 0 && c != 0;
  return out;
}

/* m 2^(scale - 150), as bits. */
static uint32_t
value_bits (const cut_number *cut)
{
  int32_t exponent = cut->scale - 150;
  float power = numsys_float_of (exponent >= -126
                                   ? (uint32_t) (exponent + 127) << 23
                                   : UINT32_C (1) << (exponent + 149));

  return numsys_bits_of ((float) cut->m * power);
}

static uint32_t
code_of (const numsys_dyadic_rounding *plan, uint32_t bits, int negative)
{
  uint32_t sign = negative ? UINT32_C (1) << plan->width : 0;
  int32_t e = (int32_t) (bits >> 23);
  uint32_t c = bits & NUMSYS_MANTISSA_BITS;
  uint32_t step;

  if (e == 0)
    e = 1;
  else
    c |= NUMSYS_LEAST_NORMAL_BITS;
  step = bits == 0 ? 0
         : e >= plan->floor
           ? (c >> plan->drop) + ((uint32_t) (e - plan->code_floor)
                                  << (23 - plan->drop))
           : (uint32_t) ((uint64_t) c
                         >> (plan->drop + (unsigned) (plan->floor - e)));
  if (plan->is_complement)
    return (negative ? -step : step) & (UINT32_MAX >> (32 - plan->width));
  return sign | step;
}

/* What became of a number. */
typedef struct rounded_number
{
  uint32_t bits;        /* of the magnitude */
  int negative, over;
} rounded_number;

/* 0, and nothing done, where this is not the way. */
static inline int
round_one (const numsys_dyadic_rounding *plan, float x, uint32_t word,
           rounded_number *out, numsys_counts *counts)
{
  int negative = numsys_bits_of (x) >> 31;
  uint32_t given = numsys_bits_of (x) & ~NUMSYS_SIGN_BIT;
  cut_number cut;

  if (given >= NUMSYS_INFINITY_BITS
      || (plan->code_floor < plan->floor && given != 0
          && given < NUMSYS_LEAST_NORMAL_BITS))
    return 0;
  cut = cut_off (plan, given);
  cut.m += numsys_choice_threshold (&plan->choice, negative, cut.m & 1, word)
           < cut.place;
  out->bits = value_bits (&cut);
  out->negative = negative;
  out->over = out->bits > plan->largest[negative];
  if (out->over && plan->wraps)
    return 0;
  counts->over += (unsigned) out->over;
  counts->under += (unsigned) (out->over && negative);
  counts->small += out->bits == 0 && given != 0;
  return 1;
}

size_t
numsys_portable_dyadic_round (const numsys_dyadic_rounding *plan, size_t n,
                              const float x[], const uint32_t words[],
                              float out[], numsys_counts *counts)
{
  size_t i;
  rounded_number at;

  for (i = 0; i < n; i++)
    {
      uint32_t sign = numsys_bits_of (x[i]) & NUMSYS_SIGN_BIT;

      if (!round_one (plan, x[i], words == NULL ? 0 : words[i], &at, counts))
        break;
      if (at.bits == 0 && !plan->has_signed_zero)
        sign = 0;
      out[i] = numsys_float_of (at.over ? plan->beyond[at.negative]
                                        : sign | at.bits);
    }
  return i;
}

size_t
numsys_portable_dyadic_encode (const numsys_dyadic_rounding *plan, size_t n,
                               const float x[], const uint32_t words[],
                               size_t size, void *codes,
                               numsys_counts *counts)
{
  size_t i;
  rounded_number at;

  for (i = 0; i < n; i++)
    {
      if (!round_one (plan, x[i], words == NULL ? 0 : words[i], &at, counts))
        break;
      numsys_code_store (codes, size, i,
                         at.over ? plan->beyond_code[at.negative]
                                 : code_of (plan, at.bits, at.negative));
    }
  return i;
}
