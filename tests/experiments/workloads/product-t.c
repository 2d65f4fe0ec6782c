/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrix products of small shapes, transposed or not, in arrays with rows
   longer than the matrices.  */

#include <math.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "experiments/workloads/product.h"
#include "numsys/random.h"
#include "tests/tap/tap.h"

enum
{
  most = 40,               /* rows and columns */
  row = most + 3           /* length of rows as stored */
};

static float a[most * row], b[most * row], c[most * row], wanted[most * row];
static double bound[most * row];   /* sum of magnitudes */

static void
fill (unsigned index, float x[])
{
  const numsys_random random = numsys_random_of (1, 0, index, 0);

  for (size_t i = 0; i < most * row; i++)
    x[i] = (float) numsys_random_normal (&random, i);
}

static float
element (const float x[], int transpose, size_t i, size_t j)
{
  return transpose ? x[j * row + i] : x[i * row + j];
}

/* What is wanted, by the plainest loop: one chain of fused multiply-adds. */
static void
plain (int ta, int tb, size_t m, size_t n, size_t k, int beta)
{
  memcpy (wanted, c, sizeof c);
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++)
      {
        float sum = beta ? c[i * row + j] : 0;

        bound[i * row + j] = fabs (sum);
        for (size_t p = 0; p < k; p++)
          {
            const float x = element (a, ta, i, p), y = element (b, tb, p, j);

            sum = fmaf (x, y, sum);
            bound[i * row + j] += fabs ((double) x * y);
          }
        wanted[i * row + j] = sum;
      }
}

/* Outputs not within what the orders of summation may differ by; entries of C
   outside the product must not change. */
static size_t
far_off (size_t m, size_t n, size_t k)
{
  size_t count = 0;

  for (size_t i = 0; i < most; i++)
    for (size_t j = 0; j < row; j++)
      {
        const size_t at = i * row + j;
        const double slack
          = i < m && j < n ? 0x1p-23 * (double) (k + 1) * bound[at] : 0;

        count += !(fabs ((double) c[at] - wanted[at]) <= slack);
      }
  return count;
}

static void
multiply (const product_type *product, int ta, int tb, size_t m, size_t n,
          size_t k, int beta)
{
  const product_operand x = { a, row, ta, { 0, 0 }, NULL };
  const product_operand y = { b, row, tb, { 0, 0 }, NULL };

  product->multiply (NULL, m, n, k, &x, &y, beta, c, row);
}

static void
test_product (const product_type *product)
{
  static const size_t shapes[][3] = {
    { 1, 1, 1 }, { 1, 10, 7 }, { 7, 1, 33 }, { 5, 3, 40 }, { 32, 16, 32 },
    { 40, 40, 40 }, { 17, 31, 29 }, { 3, 5, 0 },
  };

  for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++)
    {
      const size_t m = shapes[s][0], n = shapes[s][1], k = shapes[s][2];
      size_t wrong = 0, other = 0;

      for (int how = 0; how < 8; how++)
        {
          const int ta = how & 1, tb = how >> 1 & 1, beta = how >> 2;

          fill (3, c);
          plain (ta, tb, m, n, k, beta);
          multiply (product, ta, tb, m, n, k, beta);
          wrong += far_off (m, n, k);
          other += memcmp (c, wanted, sizeof c) != 0;
        }
      is_int (0, (int64_t) wrong, "%s: %zu x %zu over %zu", product->name, m,
              n, k);
      if (product->is_portable)
        is_int (0, (int64_t) other, "%s: ...the plain chain bit for bit",
                product->name);
    }
}

/* A run is a child process of its own. */
static void
test_fork (const product_type *product)
{
  int status = -1;
  pid_t child;

  fill (3, c);
  multiply (product, 0, 0, 40, 40, 40, 0);
  memcpy (wanted, c, sizeof c);
  child = fork ();
  if (child == 0)
    {
      alarm (20);
      fill (3, c);
      multiply (product, 0, 0, 40, 40, 40, 0);
      _exit (memcmp (wanted, c, sizeof c) != 0);
    }
  waitpid (child, &status, 0);
  is_int (0, status, "%s: a child process has the same bits", product->name);
}

int
main (void)
{
  plan (2 * 8 + 8 + 2 + 4);
  fill (1, a);
  fill (2, b);
  for (const product_type *const *type = product_types; *type != NULL; type++)
    if ((*type)->open == NULL)
      {
        test_product (*type);
        test_fork (*type);
      }
  ok (product_find ("sgemm") == product_types[0], "found by name");
  ok (product_find ("gemm") == NULL, "...the whole of it");
  ok (strstr (product_blas_name (), "OpenBLAS ") != NULL,
      "the BLAS has a name");
  ok (strlen (product_blas_name ()) > strlen ("OpenBLAS 0.3.21"),
      "...a version and a core: %s", product_blas_name ());
  return 0;
}
