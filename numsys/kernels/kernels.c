/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing a kernel set.  */

#include <config.h>
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

const numsys_kernels *
numsys_kernels_best (void)
{
  const char *wanted = getenv ("NUMSYS_ISA");
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
