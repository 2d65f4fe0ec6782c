/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing loops: those of the kernels in use.  */

#include <config.h>
#include <string.h>
#include "optim/loops.h"

static const optim_loops *const sets[] = {
#ifdef HAVE_AVX512_KERNELS
  &optim_loops_avx512,
#endif
#ifdef HAVE_AVX2_KERNELS
  &optim_loops_avx2,
#endif
  &optim_loops_portable,
  NULL,
};

const optim_loops *
optim_loops_best (void)
{
  const char *isa = numsys_isa ();
  const optim_loops *const *set = sets;

  while (set[1] != NULL && strcmp ((*set)->name, isa) != 0)
    set++;
  return *set;
}
