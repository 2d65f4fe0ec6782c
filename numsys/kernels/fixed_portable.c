/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing to fixed point in plain C.  */

#include <config.h>
#include <math.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/portable.h"

/* |k| below this has a fraction; adding it rounds to an integer. */
#define SHIFTER 0x1p23f

static float
nearest (float k)
{
  float magnitude = fabsf (k);

  if (magnitude < SHIFTER)
    magnitude = (magnitude + SHIFTER) - SHIFTER;
  return copysignf (magnitude, k);
}

static float
quantize (const numsys_fixed_nearest *plan, float x, numsys_counts *counts)
{
  float k;

  if (isnan (x))
    {
      counts->nan++;
      return numsys_float_of (NUMSYS_NAN_BITS);
    }
  k = nearest (x * plan->inverse);
  counts->small += k == 0 && x != 0;
  counts->over += k < plan->least || k > plan->most;
  if (k < plan->least)
    k = plan->least;
  if (k > plan->most)
    k = plan->most;
  /* Zero has no sign. */
  return k * plan->unit + 0.0f;
}

void
numsys_portable_fixed_nearest (const numsys_fixed_nearest *plan, size_t n,
                               const float x[], float out[],
                               numsys_counts *counts)
{
  for (size_t i = 0; i < n; i++)
    out[i] = quantize (plan, x[i], counts);
}
