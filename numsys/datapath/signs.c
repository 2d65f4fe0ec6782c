/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The signs of operands in words, by which the negative products of each dot
   product are counted.  */

#include <config.h>
#include "numsys/datapath/matrix.h"

enum { WORD = 64 };

/* Of `count' columns from i on, a word of positive and one of negative numbers
   for each 64 rows: (words, 2, count). */
static void
pack (const numsys_sums_kernel *kernel, const numsys_datapath_rows *rows,
      size_t k, size_t i, size_t count, uint64_t out[])
{
  for (size_t p = 0; p < k; p += WORD, out += 2 * count)
    kernel->signs (k - p < WORD ? k - p : WORD, count,
                   rows->row + p * rows->stride + i, rows->stride, out,
                   out + count);
}

/* Rows of a, which are columns here: so many of them at once, then turned. */
static void
pack_a (const numsys_datapath_product *product,
        const numsys_sums_kernel *kernel, size_t columns, uint64_t room[],
        numsys_datapath_signs *out)
{
  const size_t m = product->m, words = 2 * out->words;

  for (size_t i = 0; i < m; i += columns)
    {
      const size_t count = m - i < columns ? m - i : columns;

      pack (kernel, &product->rows[0], product->k, i, count, room);
      for (size_t l = 0; l < count; l++)
        for (size_t w = 0; w < words; w++)
          out->a[(i + l) * words + w] = room[w * count + l];
    }
}

int
numsys_datapath_signs_make (const numsys_datapath_product *product,
                            const numsys_sums_kernel *kernel, size_t columns,
                            numsys_datapath_signs *out)
{
  const size_t m = product->m, n = product->n, k = product->k;
  const size_t words = (k + WORD - 1) / WORD, size = 2 * sizeof (uint64_t);
  uint64_t *room
    = numsys_datapath_take (product->scratch, words * columns, size);

  *out = (numsys_datapath_signs) {
    words, numsys_datapath_take (product->scratch, words * m, size),
    numsys_datapath_take (product->scratch, words * n, size)
  };
  if (room == NULL || out->a == NULL || out->b == NULL)
    return -1;
  pack_a (product, kernel, columns, room, out);
  for (size_t j = 0; j < n; j += columns)
    pack (kernel, &product->rows[1], k, j, n - j < columns ? n - j : columns,
          out->b + 2 * words * j);
  return 0;
}
