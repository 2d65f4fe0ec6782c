/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the set `avx512' give to its table.  */

#ifndef NUMSYS_KERNELS_AVX512_H
#define NUMSYS_KERNELS_AVX512_H

#include "numsys/kernels/kernels.h"

void numsys_avx512_lns_nearest (const numsys_lns_nearest *plan, size_t n,
                                const float x[], float out[],
                                numsys_counts *counts);
void numsys_avx512_lns_coarsen (const numsys_lns_coarsening *plan, size_t n,
                                const uint32_t codes[], float out[],
                                numsys_counts *counts);
int32_t numsys_avx512_lns_largest (uint32_t sign, int32_t least, size_t n,
                                   const uint32_t codes[]);
size_t numsys_avx512_lns_move (const numsys_lns_moves *moves, size_t n,
                               const float x[], const float steps[],
                               const uint32_t words[], float out[],
                               numsys_counts *counts);
size_t numsys_avx512_lns_step (const numsys_lns_steps *plan, size_t n,
                               const uint32_t codes[], const float steps[],
                               const uint32_t words[], uint32_t out[],
                               numsys_counts *counts);
size_t numsys_avx512_lns_round (const numsys_lns_rounding *plan, size_t n,
                                const float x[], const uint32_t words[],
                                float out[], numsys_counts *counts);
size_t numsys_avx512_lns_encode (const numsys_lns_rounding *plan, size_t n,
                                 const float x[], const uint32_t words[],
                                 size_t size, void *codes,
                                 numsys_counts *counts);
/* The same to nearest for some plans, of whole lines (lines_avx512.h) up to the
   first with a number that is not finite. */
int numsys_avx512_lns_has_lines (const numsys_lns_rounding *plan);
size_t numsys_avx512_lns_lines (const numsys_lns_rounding *plan, size_t n,
                                const float x[], size_t size, void *codes,
                                numsys_counts *counts);
size_t numsys_avx512_dyadic_round (const numsys_dyadic_rounding *plan, size_t n,
                                  const float x[], const uint32_t words[],
                                  float out[], numsys_counts *counts);
size_t numsys_avx512_dyadic_encode (const numsys_dyadic_rounding *plan,
                                   size_t n, const float x[],
                                   const uint32_t words[], size_t size,
                                   void *codes, numsys_counts *counts);
/* As numsys_avx512_lns_lines; out of range may stop it too. */
int numsys_avx512_dyadic_has_lines (const numsys_dyadic_rounding *plan,
                                    size_t size);
size_t numsys_avx512_dyadic_lines (const numsys_dyadic_rounding *plan,
                                   size_t n, const float x[], size_t size,
                                   void *codes, numsys_counts *counts);
void numsys_avx512_lns_decode (const numsys_lns_codes *plan, size_t n,
                               size_t size, const void *codes, float out[]);
void numsys_avx512_dyadic_decode (const numsys_dyadic_codes *plan, size_t n,
                                  size_t size, const void *codes,
                                  float out[]);
/* Of them, those of fixed point. */
int numsys_avx512_fixed_has_lines (const numsys_dyadic_rounding *plan,
                                   size_t size);
size_t numsys_avx512_fixed_lines (const numsys_dyadic_rounding *plan, size_t n,
                                  const float x[], size_t size, void *codes,
                                  numsys_counts *counts);
size_t numsys_avx512_lns_add (const numsys_lns_sums *plan, size_t n,
                              const uint32_t a[], const uint32_t b[],
                              uint32_t out[], numsys_counts *counts);
size_t numsys_avx512_float_nearest (const numsys_float_nearest *plan, size_t n,
                                    const float x[], float out[],
                                    numsys_counts *counts);
void numsys_avx512_fixed_nearest (const numsys_fixed_nearest *plan, size_t n,
                                  const float x[], float out[],
                                  numsys_counts *counts);

int numsys_avx512_lns_columns (const numsys_lns_nearest plan[], size_t rows,
                               size_t stride, const float x[], float out[],
                               numsys_counts *counts);
int numsys_avx512_float_columns (const numsys_float_nearest plan[],
                                 size_t rows, size_t stride, const float x[],
                                 float out[], numsys_counts *counts);
int numsys_avx512_fixed_columns (const numsys_fixed_nearest plan[],
                                 size_t rows, size_t stride, const float x[],
                                 float out[], numsys_counts *counts);

extern const numsys_product_kernel numsys_avx512_product;
extern const numsys_odd_loops numsys_avx512_odd;
extern const numsys_sums_kernel numsys_avx512_sums;

/* Parts of numsys_avx512_sums. */
enum { NUMSYS_AVX512_SUMS_COLUMNS = 64 };

void numsys_avx512_factors (const numsys_sums_form *form, size_t n,
                            const uint32_t number[], size_t stride,
                            float out[], uint32_t place[]);
void numsys_avx512_wide_factors (const numsys_sums_form *form, size_t n,
                                 const uint32_t number[], size_t stride,
                                 double out[], uint32_t place[]);
void numsys_avx512_spread (const numsys_sums_form *form,
                           const numsys_sums_table *table,
                           const uint32_t number[], uint32_t out[]);
void numsys_avx512_wide_spread (const numsys_sums_form *form,
                                const numsys_sums_table *table,
                                const uint32_t number[], uint64_t out[]);
void numsys_avx512_differ (size_t words, const uint64_t a[], size_t n,
                           const uint64_t b[], int64_t sum[]);
/* What numsys_avx512_differ does for the columns that fill vectors, where the
   processor does not count the bits of words; returns how many these are. */
size_t numsys_avx512_differ_by_bytes (size_t words, const uint64_t a[],
                                      size_t n, const uint64_t b[],
                                      int64_t sum[]);
void numsys_avx512_signs (size_t rows, size_t n, const uint32_t number[],
                          size_t stride, uint64_t positive[],
                          uint64_t negative[]);
void numsys_avx512_numbers (size_t n, unsigned width, int has_zero,
                            const float x[], uint32_t code[]);
void numsys_avx512_turn (size_t n, size_t k, const uint32_t x[],
                         size_t stride, uint32_t out[]);
size_t numsys_avx512_measure (size_t n, const uint32_t number[],
                              uint32_t *most);
void numsys_avx512_accumulate (size_t n, size_t step, const uint32_t x[],
                               size_t stride, uint32_t out[]);
void numsys_avx512_gather (size_t n, const uint32_t first[],
                           const uint32_t row[], const uint32_t x[],
                           uint32_t out[]);
size_t numsys_avx512_floats (size_t n, const int64_t x[], double unit,
                             float out[]);

void numsys_avx512_random (const uint32_t key[2], const uint32_t stream[2],
                           uint64_t first, size_t n, uint32_t out[]);

#endif
