/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fixed-order matrix products: blocks of B are copied into panels that a kernel
   reads front to back, those of A only where its rows do not lie so already,
   and the kernel adds one panel product at a time to a tile of C.  A chain that
   is cut between blocks of k rests in C, a float32 like any other link of the
   chain, so blocking never changes a bit.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/kernels/kernels.h"
#include "numsys/product.h"

/* Blocks of k, of rows of A and of columns of B: a panel of B stays in the
   first-level cache, a block of A in the second. */
enum { K_BLOCK = 256, ROW_BLOCK = 120, COLUMN_BLOCK = 768 };

/* op(A) or op(B), element (i, j) at data[i row + j column]. */
typedef struct matrix
{
  const float *data;
  size_t row, column;
} matrix;

typedef struct product_job
{
  const numsys_product_kernel *kernel;
  matrix a, b;
  float *c;
  size_t ldc;
  float *packed_a, *packed_b;
} product_job;

static size_t
least (size_t a, size_t b)
{
  return a < b ? a : b;
}

static size_t
round_up (size_t n, size_t step)
{
  return (n + step - 1) / step * step;
}

/* A panel: k groups of `width' numbers, the last width - given of each group
   zero.  Number j of group p is data[p along + j across]. */
static void
pack_panel (size_t k, size_t width, size_t given, const float data[],
            size_t along, size_t across, float out[])
{
  if (given < width)
    memset (out, 0, k * width * sizeof *out);
  if (across == 1)
    for (size_t p = 0; p < k; p++)
      memcpy (out + p * width, data + p * along, given * sizeof *out);
  else
    for (size_t p = 0; p < k; p++)
      for (size_t j = 0; j < given; j++)
        out[p * width + j] = data[p * along + j * across];
}

/* Columns of B in panels. */
static void
pack_b (const product_job *job, size_t k, size_t n, const float b[])
{
  const size_t width = job->kernel->columns;
  const size_t along = job->b.row, across = job->b.column;

  for (size_t j = 0; j < n; j += width)
    if (along == 1 && across != 1 && n - j >= width)
      job->kernel->turn (k, b + j * across, across, job->packed_b + j * k);
    else
      pack_panel (k, width, least (width, n - j), b + j * across, along,
                  across, job->packed_b + j * k);
}

/* Rows of A in panels: those whose numbers do not lie one after another, and
   the last ones, fewer than a tile has. */
static void
pack_a (const product_job *job, size_t m, size_t k, const float a[])
{
  const size_t height = job->kernel->rows;
  const size_t along = job->a.column, across = job->a.row;

  for (size_t i = along == 1 ? m / height * height : 0; i < m; i += height)
    pack_panel (k, height, least (height, m - i), a + i * across, along,
                across, job->packed_a + i * k);
}

/* A tile that sticks out of C is worked on in a copy. */
static void
edge_tile (const product_job *job, size_t rows, size_t columns, size_t k,
           const matrix *a, const float b[], float c[])
{
  float tile[NUMSYS_LARGEST_TILE] = { 0 };
  size_t width = job->kernel->columns;

  for (size_t i = 0; i < rows; i++)
    memcpy (tile + i * width, c + i * job->ldc, columns * sizeof *c);
  job->kernel->tile (k, a->data, a->row, a->column, b, tile, width);
  for (size_t i = 0; i < rows; i++)
    memcpy (c + i * job->ldc, tile + i * width, columns * sizeof *c);
}

/* C (m, n) at c += A (m, k) packed B (k, n). */
static void
multiply_block (const product_job *job, size_t m, size_t n, size_t k,
                const float a[], float c[])
{
  const size_t rows = job->kernel->rows, columns = job->kernel->columns;

  for (size_t j = 0; j < n; j += columns)
    for (size_t i = 0; i < m; i += rows)
      {
        const int is_packed = job->a.column != 1 || m - i < rows;
        const matrix from = is_packed
          ? (matrix) { job->packed_a + i * k, 1, rows }
          : (matrix) { a + i * job->a.row, job->a.row, 1 };
        const float *b = job->packed_b + j * k;
        float *tile = c + i * job->ldc + j;

        if (m - i >= rows && n - j >= columns)
          job->kernel->tile (k, from.data, from.row, from.column, b, tile,
                             job->ldc);
        else
          edge_tile (job, least (rows, m - i), least (columns, n - j), k,
                     &from, b, tile);
      }
}

static void
multiply (const product_job *job, size_t m, size_t n, size_t k)
{
  const matrix *a = &job->a, *b = &job->b;

  for (size_t j = 0; j < n; j += COLUMN_BLOCK)
    for (size_t p = 0; p < k; p += K_BLOCK)
      {
        size_t wide = least (COLUMN_BLOCK, n - j);
        size_t deep = least (K_BLOCK, k - p);

        pack_b (job, deep, wide,
                b->data + p * b->row + j * b->column);
        for (size_t i = 0; i < m; i += ROW_BLOCK)
          {
            const size_t high = least (ROW_BLOCK, m - i);
            const float *rows = a->data + i * a->row + p * a->column;

            pack_a (job, high, deep, rows);
            multiply_block (job, high, wide, deep, rows,
                            job->c + i * job->ldc + j);
          }
      }
}

int
numsys_product_fixed_order (int transpose_a, int transpose_b, size_t m,
                            size_t n, size_t k, const float a[], size_t lda,
                            const float b[], size_t ldb, int beta, float c[],
                            size_t ldc)
{
  const numsys_product_kernel *kernel = numsys_kernels_best ()->product;
  product_job job = { .kernel = kernel, .c = c, .ldc = ldc };
  size_t deep = least (k, K_BLOCK);
  size_t a_size = deep * round_up (least (m, ROW_BLOCK), kernel->rows);
  size_t b_size = deep * round_up (least (n, COLUMN_BLOCK), kernel->columns);
  size_t bytes = round_up ((round_up (a_size, 16) + b_size + 16)
                             * sizeof (float), 64);
  float *memory = aligned_alloc (64, bytes);

  if (memory == NULL)
    return -1;
  job.packed_a = memory;
  job.packed_b = memory + round_up (a_size, 16);
  job.a = transpose_a ? (matrix) { a, 1, lda } : (matrix) { a, lda, 1 };
  job.b = transpose_b ? (matrix) { b, 1, ldb } : (matrix) { b, ldb, 1 };
  if (!beta)
    for (size_t i = 0; i < m; i++)
      memset (c + i * ldc, 0, n * sizeof *c);
  multiply (&job, m, n, k);
  free (memory);
  return 0;
}
