/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of an LNS rounded to a coarser one in plain C: it defines the bits.  */

#include <config.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/portable.h"

static inline float
coarsen (const numsys_lns_coarsening *plan, uint32_t code,
         numsys_counts *counts)
{
  const uint32_t mask = (UINT32_C (1) << plan->octave_bits) - 1;
  const uint32_t sign = code & plan->sign;
  const int32_t e = (int32_t) (code ^ sign), k = e + plan->offset;
  const int32_t tie
    = (int32_t) (plan->ties >> ((k >> plan->shift) & (int32_t) mask) & 1);
  int32_t q = (k + plan->below_half + tie) >> plan->shift;

  if (e < plan->first || e > plan->top)
    return 0;
  counts->small += q < plan->least;
  counts->over += q > plan->most;
  q = q < plan->least ? plan->least : q > plan->most ? plan->most : q;
  return numsys_float_of (
    ((uint32_t) ((q >> plan->octave_bits) + 127) << 23)
    + (uint32_t) plan->value[(uint32_t) q & mask]
    + (sign != 0 ? NUMSYS_SIGN_BIT : 0));
}

void
numsys_portable_lns_coarsen (const numsys_lns_coarsening *plan, size_t n,
                             const uint32_t codes[], float out[],
                             numsys_counts *counts)
{
  const numsys_lns_coarsening constants = *plan;
  numsys_counts seen = { 0 };

  for (size_t i = 0; i < n; i++)
    out[i] = coarsen (&constants, codes[i], &seen);
  counts->small += seen.small;
  counts->over += seen.over;
}

int32_t
numsys_portable_lns_largest (uint32_t sign, int32_t least, size_t n,
                             const uint32_t codes[])
{
  int32_t most = -1;

  for (size_t i = 0; i < n; i++)
    {
      const int32_t e = (int32_t) (codes[i] & ~sign);

      most = e >= least && e < (int32_t) sign && e > most ? e : most;
    }
  return most;
}
