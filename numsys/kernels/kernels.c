/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing a kernel set, once.  */

#include <config.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/kernels/kernels.h"

const numsys_kernels *const numsys_kernel_sets[] = {
#ifdef HAVE_AVX512_KERNELS
  &numsys_kernels_avx512,
#endif
#ifdef HAVE_AVX2_KERNELS
  &numsys_kernels_avx2,
#endif
  &numsys_kernels_portable,
  NULL,
};

static _Atomic (const numsys_kernels *) chosen;

static const numsys_kernels *
choose (const char *wanted)
{
  const numsys_kernels *best = NULL;

  for (const numsys_kernels *const *set = numsys_kernel_sets; *set != NULL;
       set++)
    if ((*set)->usable ())
      {
        if (best == NULL)
          best = *set;
        if (wanted != NULL && strcmp ((*set)->name, wanted) == 0)
          return *set;
      }
  return best;
}

/* Threads that come at once choose the same. */
const numsys_kernels *
numsys_kernels_best (void)
{
  const numsys_kernels *best
    = atomic_load_explicit (&chosen, memory_order_relaxed);

  if (best == NULL)
    {
      best = choose (getenv ("NUMSYS_ISA"));
      atomic_store_explicit (&chosen, best, memory_order_relaxed);
    }
  return best;
}

void
numsys_kernels_use (const char *name)
{
  atomic_store_explicit (&chosen, choose (name), memory_order_relaxed);
}
