/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fixed-order product against the chain that defines it, on every
   instruction set this machine has.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/kernels/kernels.h"
#include "numsys/numsys.h"
#include "numsys/product.h"
#include "tests/tap/tap.h"

static const char *const sets[] = { "portable", "avx2", "avx512" };

/* Remainders of every tile and block, and shapes that cut k. */
static const size_t shapes[][3] = {
  { 1, 1, 1 },    { 1, 1, 0 },    { 3, 5, 7 },      { 8, 32, 64 },
  { 13, 33, 17 }, { 7, 10, 300 }, { 121, 40, 257 }, { 9, 800, 30 },
};

enum { shape_count = sizeof shapes / sizeof shapes[0], PADDING = 3 };

static float *
random_matrix (size_t rows, size_t row_length, unsigned purpose)
{
  numsys_random random = numsys_random_of (7, purpose, 0, 0);
  size_t n = rows * row_length;
  float *x = malloc ((n + 1) * sizeof *x);

  if (x == NULL)
    bail_out ("out of memory");
  for (size_t i = 0; i < n; i++)
    x[i] = (float) numsys_random_normal (&random, i);
  return x;
}

/* The definition. */
static float
chain (float start, size_t k, const float a[], size_t a_step, const float b[],
       size_t b_step)
{
  for (size_t p = 0; p < k; p++)
    start = fmaf (a[p * a_step], b[p * b_step], start);
  return start;
}

static size_t
count_wrong (const size_t shape[3], int ta, int tb, int beta)
{
  size_t m = shape[0], n = shape[1], k = shape[2], wrong = 0;
  size_t lda = (ta ? m : k) + PADDING, ldb = (tb ? k : n) + PADDING;
  size_t ldc = n + PADDING;
  float *a = random_matrix (ta ? k : m, lda, 1);
  float *b = random_matrix (tb ? n : k, ldb, 2);
  float *c = random_matrix (m, ldc, 3), *before = random_matrix (m, ldc, 3);

  wrong += numsys_product_fixed_order (ta, tb, m, n, k, a, lda, b, ldb, beta,
                                       c, ldc) != 0;
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < ldc; j++)
      {
        float wanted = before[i * ldc + j];

        if (j < n)
          wanted = chain (beta ? wanted : 0, k, a + i * (ta ? 1 : lda),
                          ta ? lda : 1, b + j * (tb ? ldb : 1), tb ? 1 : ldb);
        wrong += memcmp (&wanted, &c[i * ldc + j], sizeof wanted) != 0;
      }
  free (a);
  free (b);
  free (c);
  free (before);
  return wrong;
}

int
main (void)
{
  plan (3 * shape_count);
  for (size_t i = 0; i < 3; i++)
    {
      numsys_kernels_use (sets[i]);
      for (size_t j = 0; j < shape_count; j++)
        {
          size_t wrong = 0;

          if (strcmp (numsys_isa (), sets[i]) != 0)
            {
              skip ("this processor lacks the instruction set");
              continue;
            }
          for (int way = 0; way < 8; way++)
            wrong += count_wrong (shapes[j], way & 1, way & 2, way & 4);
          is_int (0, (int64_t) wrong, "%s: %zu by %zu by %zu, every "
                  "transposition, from zero and from C", sets[i],
                  shapes[j][0], shapes[j][1], shapes[j][2]);
        }
    }
  return 0;
}
