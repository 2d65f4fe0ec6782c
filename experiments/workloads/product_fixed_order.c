/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products whose every output is one chain of fused multiply-adds in
   increasing k: the same bits on every machine and instruction set.  */

#include <config.h>
#include <math.h>
#include "experiments/workloads/products.h"
#include "numsys/product.h"

/* One output: start + the products of k pairs. */
static float
chain (size_t k, const float a[], size_t step_a, const float b[],
       size_t step_b, float start)
{
  for (size_t p = 0; p < k; p++)
    start = fmaf (a[p * step_a], b[p * step_b], start);
  return start;
}

/* The same bits slowly, for when there is no memory to be fast. */
static void
multiply_plainly (int transpose_a, int transpose_b, size_t m, size_t n,
                  size_t k, const float a[], size_t lda, const float b[],
                  size_t ldb, int beta, float c[], size_t ldc)
{
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++)
      {
        float *out = c + i * ldc + j;

        *out = chain (k, a + (transpose_a ? i : i * lda),
                      transpose_a ? lda : 1, b + (transpose_b ? j * ldb : j),
                      transpose_b ? 1 : ldb, beta ? *out : 0);
      }
}

static void
multiply (int transpose_a, int transpose_b, size_t m, size_t n, size_t k,
          const float a[], size_t lda, const float b[], size_t ldb, int beta,
          float c[], size_t ldc)
{
  if (numsys_product_fixed_order (transpose_a, transpose_b, m, n, k, a, lda,
                                  b, ldb, beta, c, ldc) != 0)
    multiply_plainly (transpose_a, transpose_b, m, n, k, a, lda, b, ldb, beta,
                      c, ldc);
}

const product_type product_fixed_order = {
  .name = "fixed-order",
  .summary = "one chain of fused multiply-adds an output: the same bits "
             "everywhere",
  .is_portable = 1,
  .multiply = multiply,
};
