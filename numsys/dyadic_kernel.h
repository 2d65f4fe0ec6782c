/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roundings to floating and fixed point by kernel.  Not installed.  */

#ifndef NUMSYS_DYADIC_KERNEL_H
#define NUMSYS_DYADIC_KERNEL_H

#include "numsys/dyadic.h"
#include "numsys/kernels/kernels.h"

/* The constants of kernels that round by any rule; 0 where none may.  Codes
   have `width' bits, of which is_complement says whether the sign is one. */
int numsys_dyadic_rounding_init (const numsys_dyadic_grid *grid,
                                 unsigned width, int is_complement,
                                 numsys_dyadic_rounding *out);

/* By kernel, and what kernels leave one by one; random as in
   numsys_float_path. */
void numsys_dyadic_round (const numsys_kernels *kernels,
                          const numsys_dyadic_rounding *rounding,
                          const numsys_dyadic_grid *grid, size_t n,
                          const float x[], const uint32_t random[],
                          float out[], numsys_events *events);

/* A family's code of a number; plan is the family's. */
typedef uint32_t numsys_dyadic_code (const void *plan, numsys_rounded rounded);

/* The same to codes; rounding NULL: all one by one. */
void numsys_dyadic_encode (const numsys_kernels *kernels,
                           const numsys_dyadic_rounding *rounding,
                           const numsys_dyadic_grid *grid,
                           numsys_dyadic_code *code_of, const void *plan,
                           size_t n, const float x[], const uint32_t random[],
                           size_t size, void *codes, numsys_events *events);

/* Codes, as those of a rounding, to floats; 0: nothing done, the scale being a
   real number. */
int numsys_dyadic_decode (const numsys_kernels *kernels,
                          const numsys_dyadic_grid *grid, unsigned width,
                          int is_complement, size_t n, size_t size,
                          const void *codes, float out[]);

/* Counts of a kernel, as events. */
void numsys_dyadic_count (const numsys_counts *counts, numsys_events *events);

#endif
