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
void numsys_portable_lns_coarsen (const numsys_lns_coarsening *plan, size_t n,
                                  const uint32_t codes[], float out[],
                                  numsys_counts *counts);
int32_t numsys_portable_lns_largest (uint32_t sign, int32_t least, size_t n,
                                     const uint32_t codes[]);
size_t numsys_portable_lns_move (const numsys_lns_moves *moves, size_t n,
                                 const float x[], const float steps[],
                                 const uint32_t words[], float out[],
                                 numsys_counts *counts);
size_t numsys_portable_lns_step (const numsys_lns_steps *plan, size_t n,
                                 const uint32_t codes[], const float steps[],
                                 const uint32_t words[], uint32_t out[],
                                 numsys_counts *counts);
size_t numsys_portable_lns_round (const numsys_lns_rounding *plan, size_t n,
                                  const float x[], const uint32_t words[],
                                  float out[], numsys_counts *counts);
size_t numsys_portable_lns_encode (const numsys_lns_rounding *plan, size_t n,
                                   const float x[], const uint32_t words[],
                                   size_t size, void *codes,
                                   numsys_counts *counts);
size_t numsys_portable_dyadic_round (const numsys_dyadic_rounding *plan, size_t n,
                                    const float x[], const uint32_t words[],
                                    float out[], numsys_counts *counts);
size_t numsys_portable_dyadic_encode (const numsys_dyadic_rounding *plan,
                                     size_t n, const float x[],
                                     const uint32_t words[], size_t size,
                                     void *codes, numsys_counts *counts);
void numsys_portable_lns_decode (const numsys_lns_codes *plan, size_t n,
                                 size_t size, const void *codes, float out[]);
void numsys_portable_dyadic_decode (const numsys_dyadic_codes *plan, size_t n,
                                    size_t size, const void *codes,
                                    float out[]);
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
extern const numsys_odd_loops numsys_portable_odd;
extern const numsys_sums_kernel numsys_portable_sums;
/* Parts of sums that sets without their own take. */
void numsys_portable_widen (size_t n, const int32_t c[], int64_t out[]);
void numsys_portable_store (size_t n, const void *from, void *to);
void numsys_portable_factors (const numsys_sums_form *form, size_t n,
                              const uint32_t number[], size_t stride,
                              float out[], uint32_t place[]);
void numsys_portable_wide_factors (const numsys_sums_form *form, size_t n,
                                   const uint32_t number[], size_t stride,
                                   double out[], uint32_t place[]);
void numsys_portable_spread (const numsys_sums_form *form,
                             const numsys_sums_table *table,
                             const uint32_t number[], uint32_t out[]);
void numsys_portable_wide_spread (const numsys_sums_form *form,
                                  const numsys_sums_table *table,
                                  const uint32_t number[], uint64_t out[]);
void numsys_portable_differ (size_t words, const uint64_t a[], size_t n,
                             const uint64_t b[], int64_t sum[]);
void numsys_portable_signs (size_t rows, size_t n, const uint32_t number[],
                            size_t stride, uint64_t positive[],
                            uint64_t negative[]);
void numsys_portable_numbers (size_t n, unsigned width, int has_zero,
                              const float x[], uint32_t code[]);
void numsys_portable_turn (size_t n, size_t k, const uint32_t x[],
                           size_t stride, uint32_t out[]);
size_t numsys_portable_measure (size_t n, const uint32_t number[],
                                uint32_t *most);
void numsys_portable_accumulate (size_t n, size_t step, const uint32_t x[],
                                 size_t stride, uint32_t out[]);
void numsys_portable_gather (size_t n, const uint32_t first[],
                             const uint32_t row[], const uint32_t x[],
                             uint32_t out[]);
size_t numsys_portable_floats (size_t n, const int64_t x[], double unit,
                               float out[]);
void numsys_portable_random (const uint32_t key[2], const uint32_t stream[2],
                             uint64_t first, size_t n, uint32_t out[]);

#endif
