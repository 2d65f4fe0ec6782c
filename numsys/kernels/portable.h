/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the set `portable' give to its table.  */

#ifndef NUMSYS_KERNELS_PORTABLE_H
#define NUMSYS_KERNELS_PORTABLE_H

#include "numsys/kernels/kernels.h"

void numsys_portable_largest_columns (size_t rows, size_t stride,
                                      const float x[], float out[]);
void numsys_portable_lns_nearest (const numsys_lns_nearest *plan, size_t n,
                                  const float x[], float out[],
                                  numsys_counts *counts);
size_t numsys_portable_lns_move (const numsys_lns_moves *moves, size_t n,
                                 const float x[], const float steps[],
                                 const uint32_t words[], float out[],
                                 numsys_counts *counts);
size_t numsys_portable_lns_round (const numsys_lns_rounding *plan, size_t n,
                                  const float x[], const uint32_t words[],
                                  float out[], numsys_counts *counts);
size_t numsys_portable_lns_encode (const numsys_lns_rounding *plan, size_t n,
                                   const float x[], const uint32_t words[],
                                   uint32_t codes[], numsys_counts *counts);
size_t numsys_portable_dyadic_round (const numsys_dyadic_rounding *plan, size_t n,
                                    const float x[], const uint32_t words[],
                                    float out[], numsys_counts *counts);
size_t numsys_portable_dyadic_encode (const numsys_dyadic_rounding *plan,
                                     size_t n, const float x[],
                                     const uint32_t words[], uint32_t codes[],
                                     numsys_counts *counts);
size_t numsys_portable_lns_add (const numsys_lns_sums *plan, size_t n,
                                const uint32_t a[], const uint32_t b[],
                                uint32_t out[], numsys_counts *counts);
size_t numsys_portable_float_nearest (const numsys_float_nearest *plan, size_t n,
                                      const float x[], float out[],
                                      numsys_counts *counts);
void numsys_portable_fixed_nearest (const numsys_fixed_nearest *plan, size_t n,
                                    const float x[], float out[],
                                    numsys_counts *counts);

extern const numsys_product_kernel numsys_portable_product;
extern const numsys_sums_kernel numsys_portable_sums;
void numsys_portable_random (const uint32_t key[2], const uint32_t stream[2],
                             uint64_t first, size_t n, uint32_t out[]);

#endif
