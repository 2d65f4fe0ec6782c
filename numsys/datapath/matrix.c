/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrix products by a datapath: fast where a plan is found, and one dot
   product after the other where none is.  */

#include <config.h>
#include "numsys/datapath/matrix.h"

static int
run_plainly (const numsys_datapath_product *product,
             numsys_datapath_events *events)
{
  enum { SOME = NUMSYS_SUMS_COLUMNS };
  const numsys_datapath_matrix *a = product->a, *b = product->b;
  const size_t n = product->n;
  int64_t x[SOME];
  int64_t *bins = numsys_datapath_take (
    product->scratch, (size_t) product->path->gamma, sizeof *bins);

  if (bins == NULL)
    return -1;
  for (size_t i = 0; i < product->m; i++)
    for (size_t j = 0; j < n; j += SOME)
      {
        const size_t some = n - j < SOME ? n - j : SOME;

        for (size_t l = 0; l < some; l++)
          x[l] = numsys_datapath_dot (
            product->path, product->k, a->number + i * a->outer, a->inner,
            b->number + (j + l) * b->outer, b->inner, bins, events);
        numsys_datapath_put (product, i, 1, j, some, x, some);
      }
  return 0;
}

static int
run (numsys_datapath_product *product, numsys_datapath_events *events)
{
  int status = 1;

  if (!product->path->values[DATAPATH_BINNING])
    {
      if (numsys_datapath_rows_make (product->a, product->m, product->k,
                                     product->scratch, &product->rows[0]) != 0
          || numsys_datapath_rows_make (product->b, product->n, product->k,
                                        product->scratch, &product->rows[1])
               != 0)
        return -1;
      status = numsys_datapath_fast (product, events);
    }
  return status > 0 ? run_plainly (product, events) : status;
}

/* One with scratch memory, or with some of its own. */
static int
multiply (numsys_datapath_product *product, numsys_datapath_events *events)
{
  numsys_datapath_scratch *own = NULL;
  numsys_datapath_events seen = *events;
  int status;

  if (product->scratch == NULL)
    product->scratch = own = numsys_datapath_scratch_new ();
  if (product->scratch == NULL)
    return -1;
  numsys_datapath_scratch_reset (product->scratch);
  status = run (product, &seen);
  numsys_datapath_scratch_free (own);
  if (status == 0)
    *events = seen;
  return status;
}

int
numsys_datapath_multiply (const numsys_datapath *path, size_t m, size_t n,
                          size_t k, const numsys_datapath_matrix *a,
                          const numsys_datapath_matrix *b, int64_t out[],
                          numsys_datapath_scratch *scratch,
                          numsys_datapath_events *events)
{
  return multiply (&(numsys_datapath_product) { .path = path, .m = m, .n = n,
                                                .k = k, .a = a, .b = b,
                                                .out = out,
                                                .scratch = scratch },
                   events);
}

int
numsys_datapath_multiply_back (const numsys_datapath *path, size_t m, size_t n,
                               size_t k, const numsys_datapath_matrix *a,
                               const numsys_datapath_matrix *b,
                               const numsys_datapath_results *results,
                               numsys_datapath_scratch *scratch,
                               numsys_datapath_events *events)
{
  return multiply (&(numsys_datapath_product) { .path = path, .m = m, .n = n,
                                                .k = k, .a = a, .b = b,
                                                .results = results,
                                                .scratch = scratch },
                   events);
}
