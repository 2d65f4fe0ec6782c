/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operands as rows of k: as they lie, or turned.  */

#include <config.h>
#include "numsys/datapath/matrix.h"

static int
turn (const numsys_sums_kernel *kernel, const numsys_datapath_matrix *x,
      size_t n, size_t k, numsys_datapath_scratch *scratch,
      numsys_datapath_rows *out)
{
  numsys_datapath_number *to
    = numsys_datapath_take (scratch, n * k, sizeof *to);

  out->row = to;
  out->stride = n;
  if (to == NULL)
    return -1;
  if (x->inner == 1)
    kernel->turn (n, k, x->number, x->outer, to);
  else
    for (size_t p = 0; p < k; p++)
      for (size_t i = 0; i < n; i++)
        to[p * n + i] = x->number[i * x->outer + p * x->inner];
  return 0;
}

int
numsys_datapath_rows_make (const numsys_datapath_matrix *x, size_t n, size_t k,
                           numsys_datapath_scratch *scratch,
                           numsys_datapath_rows *out)
{
  const numsys_sums_kernel *kernel = numsys_kernels_best ()->sums;

  *out = (numsys_datapath_rows) {
    .n = n, .stride = x->inner, .row = x->number,
    .most = numsys_datapath_take (scratch, k, sizeof *out->most),
    .there = numsys_datapath_take (scratch, k, sizeof *out->there)
  };
  if (out->most == NULL || out->there == NULL
      || (x->outer != 1 && turn (kernel, x, n, k, scratch, out) != 0))
    return -1;
  for (size_t p = 0; p < k; p++)
    {
      numsys_datapath_number most;

      out->there[p] = kernel->measure (n, out->row + p * out->stride, &most);
      out->most[p] = numsys_datapath_exponent (most);
    }
  return 0;
}
