/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding steps to the exponents of codes in plain C: it defines the bits.  */

#include <config.h>
#include "numsys/kernels/lns_fraction.h"
#include "numsys/kernels/portable.h"

/* 0, and nothing done, where this is not the way. */
static inline int
step (const numsys_lns_steps *plan, uint32_t code, float by, uint32_t word,
      uint32_t *out, numsys_counts *counts)
{
  const uint32_t sign = code & plan->sign;
  const int64_t e = code ^ sign;
  int64_t added, to;

  if (e < plan->least || e > plan->most)
    {
      *out = plan->zero;
      return 1;
    }
  if (!(by > -NUMSYS_FAR && by < NUMSYS_FAR)
      || !numsys_fraction_whole (&plan->fraction, e, by, sign != 0, word,
                                 &added))
    return 0;
  to = e + added;
  counts->small += to < plan->least;
  counts->over += to > plan->most;
  to = to < plan->least ? plan->least : to > plan->most ? plan->most : to;
  *out = (uint32_t) to | sign;
  return 1;
}

size_t
numsys_portable_lns_step (const numsys_lns_steps *plan, size_t n,
                          const uint32_t codes[], const float steps[],
                          const uint32_t words[], uint32_t out[],
                          numsys_counts *counts)
{
  const numsys_lns_steps constants = *plan;
  numsys_counts seen = { 0 };
  size_t i = 0;

  while (i < n && step (&constants, codes[i], steps[i],
                        words == NULL ? 0 : words[i], &out[i], &seen))
    i++;
  counts->small += seen.small;
  counts->over += seen.over;
  return i;
}
