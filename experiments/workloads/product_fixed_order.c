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
multiply_plainly (size_t m, size_t n, size_t k, const product_operand *a,
                  const product_operand *b, int beta, float c[], size_t ldc)
{
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++)
      {
        float *out = c + i * ldc + j;

        *out = chain (k, a->data + (a->transpose ? i : i * a->stride),
                      a->transpose ? a->stride : 1,
                      b->data + (b->transpose ? j * b->stride : j),
                      b->transpose ? 1 : b->stride, beta ? *out : 0);
      }
}

static void
multiply (void *state, size_t m, size_t n, size_t k, const product_operand *a,
          const product_operand *b, int beta, float c[], size_t ldc)
{
  (void) state;
  if (numsys_product_fixed_order (a->transpose, b->transpose, m, n, k,
                                  a->data, a->stride, b->data, b->stride,
                                  beta, c, ldc) != 0)
    multiply_plainly (m, n, k, a, b, beta, c, ldc);
}

const product_type product_fixed_order = {
  .name = "fixed-order",
  .usage = "fixed-order",
  .summary = "one chain of fused multiply-adds an output: the same bits "
             "everywhere",
  .is_portable = 1,
  .may_be_cut = 1,
  .multiply = multiply,
};
