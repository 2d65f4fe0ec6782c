/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes to float32 in plain C.  */

#include <config.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/codes.h"
#include "numsys/kernels/portable.h"

void
numsys_portable_lns_decode (const numsys_lns_codes *plan, size_t n,
                            size_t size, const void *codes, float out[])
{
  for (size_t i = 0; i < n; i++)
    {
      const uint32_t code = numsys_code_load (codes, size, i);
      const int32_t step = (int32_t) (code & (plan->sign - 1));
      const int32_t k = step - plan->offset;
      const int32_t octave = k / plan->gamma - (k % plan->gamma < 0);
      const uint32_t bits = ((uint32_t) (octave + 127) << 23)
                            + (uint32_t) plan->value[k
                                                     - octave * plan->gamma];

      if ((code & plan->flag) != 0 || step < plan->first)
        out[i] = 0;
      else
        out[i] = numsys_float_of (
          bits | ((code & plan->sign) != 0 ? NUMSYS_SIGN_BIT : 0));
    }
}

/* 2^exponent, a normal double. */
static double
power (int32_t exponent)
{
  const uint64_t bits = (uint64_t) (exponent + 1023) << 52;
  double x;

  memcpy (&x, &bits, sizeof x);
  return x;
}

static float
magnitude (const numsys_dyadic_codes *plan, uint32_t step)
{
  const uint32_t binade = plan->kept < 32 ? step >> plan->kept : 0;
  const uint32_t c = binade == 0 ? step
                                 : step - ((binade - 1) << plan->kept);
  const int32_t up = binade == 0 ? 0 : (int32_t) binade - 1;

  if (step > plan->top)
    return numsys_float_of (plan->has_infinity && step == plan->top + 1
                              ? NUMSYS_INFINITY_BITS : NUMSYS_NAN_BITS);
  return step < plan->first ? 0 : (float) (c * power (plan->unit + up));
}

void
numsys_portable_dyadic_decode (const numsys_dyadic_codes *plan, size_t n,
                               size_t size, const void *codes, float out[])
{
  const uint32_t mask = UINT32_MAX >> (32 - plan->width);

  for (size_t i = 0; i < n; i++)
    {
      const uint32_t code = numsys_code_load (codes, size, i);
      uint32_t step = code & mask;
      uint32_t sign = code >> plan->width & 1;
      float x;

      if (plan->is_complement)
        {
          sign = step > plan->top;
          step = sign ? -step & mask : step;
          x = (float) (step * power (plan->unit));
        }
      else
        x = magnitude (plan, step);
      out[i] = sign && x == x ? -x : x;
    }
}
