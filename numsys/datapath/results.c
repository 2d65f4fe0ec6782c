/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the accumulators of a matrix product go.  */

#include <config.h>
#include "numsys/datapath/matrix.h"

/* As floats. */
static void
put_back (const numsys_datapath_product *product, size_t i, size_t high,
          size_t j, size_t wide, const int64_t x[], size_t stride)
{
  enum { COLUMNS = NUMSYS_SUMS_COLUMNS };
  const numsys_sums_kernel *kernel = numsys_kernels_best ()->sums;
  const numsys_datapath_results *to = product->results;
  float room[NUMSYS_DATAPATH_ROWS * COLUMNS];

  for (size_t r = 0; r < high; r++)
    numsys_datapath_back (product->path, wide, x + r * stride, to->offset,
                          room + r * COLUMNS);
  for (size_t r = 0; r < high; r++)
    {
      const float *line = room + r * COLUMNS;
      float *c = to->c + (i + r) * to->stride + j;

      if (to->adds)
        for (size_t l = 0; l < wide; l++)
          c[l] += line[l];
      else
        kernel->store (wide * sizeof *c, line, c);
    }
}

void
numsys_datapath_ask (const numsys_datapath_product *product, size_t i,
                     size_t j, size_t wide)
{
  enum { LINE = 64 };
  const numsys_datapath_results *to = product->results;
  const int64_t *out = product->out;
  const size_t size = wide * (out != NULL ? sizeof *out : sizeof *to->c);
  const char *row = out != NULL
                      ? (const char *) (out + i * product->n + j)
                      : (const char *) (to->c + i * to->stride + j);

  for (size_t at = 0; at < size; at += LINE)
    __builtin_prefetch (row + at, 1, 2);
}

void
numsys_datapath_put (const numsys_datapath_product *product, size_t i,
                     size_t high, size_t j, size_t wide, const int64_t x[],
                     size_t stride)
{
  const numsys_sums_kernel *kernel = numsys_kernels_best ()->sums;
  int64_t *out = product->out;

  if (out == NULL)
    put_back (product, i, high, j, wide, x, stride);
  else
    for (size_t r = 0; r < high; r++)
      kernel->store (wide * sizeof *out, x + r * stride,
                     out + (i + r) * product->n + j);
}
