/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roundings to floating and fixed point by kernel.  Not installed.  */

#ifndef NUMSYS_DYADIC_KERNEL_H
#define NUMSYS_DYADIC_KERNEL_H

#include "numsys/dyadic.h"
#include "numsys/kernels/kernels.h"

/* The constants of kernels that round by any rule, on a grid of this; 0 where
   none may. */
int numsys_dyadic_rounding_init (const numsys_dyadic *dyadic,
                                 const numsys_dyadic_grid *grid,
                                 numsys_dyadic_rounding *out);

/* By kernel, and what kernels leave one by one; random as in
   numsys_float_path. */
void numsys_dyadic_round (const numsys_kernels *kernels,
                          const numsys_dyadic_rounding *rounding,
                          const numsys_dyadic_grid *grid, size_t n,
                          const float x[], const uint32_t random[],
                          float out[], numsys_events *events);

/* The same to codes of `size' bytes; rounding NULL: all one by one. */
void numsys_dyadic_encode (const numsys_kernels *kernels,
                           const numsys_dyadic_rounding *rounding,
                           const numsys_dyadic *dyadic,
                           const numsys_dyadic_grid *grid, size_t n,
                           const float x[], const uint32_t random[],
                           size_t size, void *codes, numsys_events *events);

/* Likewise of kernels that decode. */
int numsys_dyadic_codes_init (const numsys_dyadic *dyadic,
                              const numsys_dyadic_grid *grid,
                              numsys_dyadic_codes *out);

/* Codes to floats; 0: nothing done, the scale being a real number. */
int numsys_dyadic_decode (const numsys_kernels *kernels,
                          const numsys_dyadic *dyadic,
                          const numsys_dyadic_grid *grid, size_t n,
                          size_t size, const void *codes, float out[]);

/* Counts of a kernel, as events. */
void numsys_dyadic_count (const numsys_dyadic_rounding *rounding,
                          const numsys_counts *counts, numsys_events *events);

#endif
