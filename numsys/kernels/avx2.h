/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the set `avx2' give to its table.  */

#ifndef NUMSYS_KERNELS_AVX2_H
#define NUMSYS_KERNELS_AVX2_H

#include "numsys/kernels/kernels.h"

void numsys_avx2_lns_nearest (const numsys_lns_nearest *plan, size_t n,
                              const float x[], float out[],
                              numsys_counts *counts);
size_t numsys_avx2_lns_move (const numsys_lns_moves *moves, size_t n,
                             const float x[], const float steps[],
                             const uint32_t words[], float out[],
                             numsys_counts *counts);
size_t numsys_avx2_lns_round (const numsys_lns_rounding *plan, size_t n,
                              const float x[], const uint32_t words[],
                              float out[], numsys_counts *counts);
size_t numsys_avx2_lns_encode (const numsys_lns_rounding *plan, size_t n,
                               const float x[], const uint32_t words[],
                               size_t size, void *codes,
                               numsys_counts *counts);
int32_t numsys_avx2_lns_largest (uint32_t sign, int32_t least, size_t n,
                                 const uint32_t codes[]);
void numsys_avx2_lns_coarsen (const numsys_lns_coarsening *plan, size_t n,
                              const uint32_t codes[], float out[],
                              numsys_counts *counts);
size_t numsys_avx2_lns_step (const numsys_lns_steps *plan, size_t n,
                             const uint32_t codes[], const float steps[],
                             const uint32_t words[], uint32_t out[],
                             numsys_counts *counts);
size_t numsys_avx2_lns_add (const numsys_lns_sums *plan, size_t n,
                            const uint32_t a[], const uint32_t b[],
                            uint32_t out[], numsys_counts *counts);
size_t numsys_avx2_dyadic_round (const numsys_dyadic_rounding *plan, size_t n,
                                 const float x[], const uint32_t words[],
                                 float out[], numsys_counts *counts);
size_t numsys_avx2_dyadic_encode (const numsys_dyadic_rounding *plan, size_t n,
                                  const float x[], const uint32_t words[],
                                  size_t size, void *codes,
                                  numsys_counts *counts);
size_t numsys_avx2_float_nearest (const numsys_float_nearest *plan, size_t n,
                                  const float x[], float out[],
                                  numsys_counts *counts);
void numsys_avx2_fixed_nearest (const numsys_fixed_nearest *plan, size_t n,
                                const float x[], float out[],
                                numsys_counts *counts);

int numsys_avx2_lns_columns (const numsys_lns_nearest plan[], size_t rows,
                             size_t stride, const float x[], float out[],
                             numsys_counts *counts);
int numsys_avx2_float_columns (const numsys_float_nearest plan[], size_t rows,
                               size_t stride, const float x[], float out[],
                               numsys_counts *counts);
int numsys_avx2_fixed_columns (const numsys_fixed_nearest plan[], size_t rows,
                               size_t stride, const float x[], float out[],
                               numsys_counts *counts);

extern const numsys_product_kernel numsys_avx2_product;
extern const numsys_odd_loops numsys_avx2_odd;
extern const numsys_sums_kernel numsys_avx2_sums;

/* Parts of numsys_avx2_sums. */
void numsys_avx2_spread (const numsys_sums_form *form,
                         const numsys_sums_table *table,
                         const uint32_t number[], uint32_t out[]);
void numsys_avx2_differ (size_t words, const uint64_t a[], size_t n,
                         const uint64_t b[], int64_t sum[]);

void numsys_avx2_random (const uint32_t key[2], const uint32_t stream[2],
                         uint64_t first, size_t n, uint32_t out[]);

#endif
