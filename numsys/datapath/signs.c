/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many products of each dot product are negative.  */

#include <config.h>
#include <stdlib.h>
#include "numsys/datapath/matrix.h"

enum { WORD = 64 };

/* Of an operand, a word of positive and one of negative numbers for each column
   and 64 rows: (words, 2, n). */
static void
pack (const numsys_sums_kernel *kernel, const numsys_datapath_rows *rows,
      size_t k, uint64_t out[])
{
  const size_t n = rows->n;

  for (size_t p = 0; p < k; p += WORD, out += 2 * n)
    kernel->signs (k - p < WORD ? k - p : WORD, n, rows->row + p * rows->stride,
                   rows->stride, out, out + n);
}

int
numsys_datapath_add_negative (const numsys_datapath_product *product,
                              const numsys_sums_kernel *kernel, int64_t out[])
{
  const size_t m = product->m, n = product->n, k = product->k;
  const size_t words = (k + WORD - 1) / WORD;
  uint64_t *a = malloc ((2 * words * m + 1) * sizeof *a);
  uint64_t *b = malloc ((2 * words * n + 1) * sizeof *b);
  uint64_t *row = malloc ((2 * words + 1) * sizeof *row);
  const int status = a == NULL || b == NULL || row == NULL ? -1 : 0;

  if (status == 0)
    {
      pack (kernel, &product->rows[0], k, a);
      pack (kernel, &product->rows[1], k, b);
    }
  for (size_t i = 0; status == 0 && i < m; i++)
    {
      for (size_t w = 0; w < 2 * words; w++)
        row[w] = a[w * m + i];
      kernel->differ (words, row, n, b, out + i * n);
    }
  free (a);
  free (b);
  free (row);
  return status;
}
