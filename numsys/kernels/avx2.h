/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the set `avx2' give to its table.  */

#ifndef NUMSYS_KERNELS_AVX2_H
#define NUMSYS_KERNELS_AVX2_H

#include "numsys/kernels/kernels.h"

extern const numsys_product_kernel numsys_avx2_product;

#endif
