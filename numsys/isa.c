/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels that users call as they are.  */

#include <config.h>
#include "numsys/kernels/kernels.h"
#include "numsys/numsys.h"

float
numsys_largest (size_t n, const float x[])
{
  return numsys_kernels_best ()->largest (n, x);
}

const char *
numsys_isa (void)
{
  return numsys_kernels_best ()->name;
}
