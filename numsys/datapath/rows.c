/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operands as rows of k: as they lie, or turned.  */

#include <config.h>
#include "numsys/datapath/matrix.h"

/* Rows turned at once, which are measured while a cache holds them. */
enum { SOME = 32 };

/* Turns rows p to p + some - 1 of k. */
static void
turn (const numsys_sums_kernel *kernel, const numsys_datapath_matrix *x,
      size_t n, size_t p, size_t some, numsys_datapath_number to[])
{
  if (x->inner == 1)
    kernel->turn (n, some, x->number + p, x->outer, to);
  else
    for (size_t q = 0; q < some; q++)
      for (size_t i = 0; i < n; i++)
        to[q * n + i] = x->number[i * x->outer + (p + q) * x->inner];
}

static void
measure (const numsys_sums_kernel *kernel, size_t p, size_t some,
         numsys_datapath_rows *rows)
{
  for (size_t q = p; q < p + some; q++)
    {
      numsys_datapath_number most;

      rows->there[q]
        = kernel->measure (rows->n, rows->row + q * rows->stride, &most);
      rows->most[q] = numsys_datapath_exponent (most);
    }
}

int
numsys_datapath_rows_make (const numsys_datapath_matrix *x, size_t n, size_t k,
                           numsys_datapath_scratch *scratch,
                           numsys_datapath_rows *out)
{
  const numsys_sums_kernel *kernel = numsys_kernels_best ()->sums;
  numsys_datapath_number *turned = NULL;

  *out = (numsys_datapath_rows) {
    .n = n, .stride = x->inner, .row = x->number,
    .most = numsys_datapath_take (scratch, k, sizeof *out->most),
    .there = numsys_datapath_take (scratch, k, sizeof *out->there)
  };
  if (x->outer != 1)
    {
      turned = numsys_datapath_take (scratch, n * k, sizeof *turned);
      out->row = turned;
      out->stride = n;
    }
  if (out->most == NULL || out->there == NULL || out->row == NULL)
    return -1;
  for (size_t p = 0, some; p < k; p += some)
    {
      some = k - p < SOME ? k - p : SOME;
      if (turned != NULL)
        turn (kernel, x, n, p, some, turned + p * n);
      measure (kernel, p, some, out);
    }
  return 0;
}
