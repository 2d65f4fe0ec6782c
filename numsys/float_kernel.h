/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floating point by kernel: the constants of numsys_float_nearest.  Not
   installed.  */

#ifndef NUMSYS_FLOAT_KERNEL_H
#define NUMSYS_FLOAT_KERNEL_H

#include "numsys/dyadic.h"
#include "numsys/kernels/kernels.h"

/* Whether a kernel can do all numbers of this grid. */
int numsys_float_suits_kernel (const numsys_dyadic_grid *grid);

void numsys_float_by_kernel (const numsys_kernels *kernels,
                             const numsys_dyadic_grid *grid, size_t n,
                             const float x[], float out[],
                             numsys_events *events);

/* NUMSYS_COLUMNS columns, each on a grid of its own; 0: not by kernel, and
   nothing is done. */
int numsys_float_columns_by_kernel (const numsys_kernels *kernels,
                                    const numsys_dyadic_grid grid[],
                                    size_t rows, size_t stride,
                                    const float x[], float out[],
                                    numsys_events *events);

#endif
