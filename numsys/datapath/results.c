/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the accumulators of a matrix product go.  */

#include <config.h>
#include "numsys/datapath/matrix.h"

void
numsys_datapath_put (const numsys_datapath_product *product, size_t i,
                     size_t j, size_t count, const int64_t x[])
{
  const numsys_sums_kernel *kernel = numsys_kernels_best ()->sums;
  const numsys_datapath_results *results = product->results;
  float line[NUMSYS_SUMS_COLUMNS], *c;

  if (product->out != NULL)
    {
      kernel->store (count * sizeof x[0], x, product->out + i * product->n + j);
      return;
    }
  c = results->c + i * results->stride + j;
  numsys_datapath_back (product->path, count, x, results->offset, line);
  if (results->adds)
    for (size_t l = 0; l < count; l++)
      c[l] += line[l];
  else
    kernel->store (count * sizeof line[0], line, c);
}
