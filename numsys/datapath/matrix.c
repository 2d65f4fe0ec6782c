/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrix products by a datapath: fast where a plan is found, and one dot
   product after the other where none is.  */

#include <config.h>
#include <stdlib.h>
#include "numsys/datapath/matrix.h"

static int
run_plainly (const numsys_datapath_product *product, int64_t out[],
             numsys_datapath_events *events)
{
  const numsys_datapath_matrix *a = product->a, *b = product->b;
  int64_t *bins = malloc ((size_t) product->path->gamma * sizeof *bins);

  if (bins == NULL)
    return -1;
  for (size_t i = 0; i < product->m; i++)
    for (size_t j = 0; j < product->n; j++)
      out[i * product->n + j] = numsys_datapath_dot (
        product->path, product->k, a->number + i * a->outer, a->inner,
        b->number + j * b->outer, b->inner, bins, events);
  free (bins);
  return 0;
}

int
numsys_datapath_multiply (const numsys_datapath *path, size_t m, size_t n,
                          size_t k, const numsys_datapath_matrix *a,
                          const numsys_datapath_matrix *b, int64_t out[],
                          numsys_datapath_events *events)
{
  numsys_datapath_product product = { .path = path, .m = m, .n = n, .k = k,
                                      .a = a, .b = b };
  numsys_datapath_events seen = *events;
  int status = 1;

  if (!path->values[DATAPATH_BINNING])
    {
      status = numsys_datapath_rows_make (a, m, k, &product.rows[0]);
      if (status == 0)
        status = numsys_datapath_rows_make (b, n, k, &product.rows[1]);
      if (status == 0)
        status = numsys_datapath_fast (&product, out, &seen);
      numsys_datapath_rows_clear (&product.rows[0]);
      numsys_datapath_rows_clear (&product.rows[1]);
    }
  if (status > 0)
    status = run_plainly (&product, out, &seen);
  if (status == 0)
    *events = seen;
  return status;
}
