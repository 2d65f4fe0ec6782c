/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrix products of training: float32, row-major.  */

#ifndef EXPERIMENTS_WORKLOADS_PRODUCT_H
#define EXPERIMENTS_WORKLOADS_PRODUCT_H

#include <stddef.h>

/* One way to compute C (m, n) = op(A) (m, k) op(B) (k, n), op being identity
   or transposition of the array as stored; lda, ldb, ldc are the arrays' row
   lengths.  beta 0 overwrites C, 1 adds to it. */
typedef struct product_type
{
  const char *name;
  const char *summary;
  /* 1: the same bits on every machine and instruction set. */
  int is_portable;
  void (*multiply) (int transpose_a, int transpose_b, size_t m, size_t n,
                    size_t k, const float a[], size_t lda, const float b[],
                    size_t ldb, int beta, float c[], size_t ldc);
} product_type;

/* sgemm: BLAS on one thread.  fixed-order: each output one chain of fused
   multiply-adds in increasing k.  Ended by NULL. */
extern const product_type *const product_types[];
const product_type *product_find (const char *name);

/* The BLAS and its core, as in "OpenBLAS 0.3.21 Cooperlake". */
const char *product_blas_name (void);

#endif
