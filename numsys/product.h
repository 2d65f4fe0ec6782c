/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix product `fixed-order': float32, the same bits on every machine
   and instruction set.  */

#ifndef NUMSYS_PRODUCT_H
#define NUMSYS_PRODUCT_H

#include <stddef.h>

/* C (m, n) = op(A) (m, k) op(B) (k, n), row-major, op being identity or
   transposition of the array as stored; lda, ldb and ldc are the arrays' row
   lengths.  Each output is one chain of fused multiply-adds in increasing k,
   which starts from 0 (beta 0) or from what C holds (beta 1).  C overlaps
   neither A nor B.  0, or -1 when memory ran out: then C is untouched.

   All bits agree between instruction sets, except the payload and sign of
   NaN.  */
int numsys_product_fixed_order (int transpose_a, int transpose_b, size_t m,
                                size_t n, size_t k, const float a[],
                                size_t lda, const float b[], size_t ldb,
                                int beta, float c[], size_t ldc);

#endif
