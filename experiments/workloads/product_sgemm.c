/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products by OpenBLAS on one thread: runs fill the machine, not products, and
   a sum split between threads would have other bits.

   OpenBLAS starts its threads when it is loaded and joins them before a fork;
   a child that keeps to one thread, as here, starts none again.  */

#include <config.h>
#include <cblas.h>
#include <stdio.h>
#include <string.h>
#include "experiments/workloads/products.h"

static void
multiply (void *state, size_t m, size_t n, size_t k, const product_operand *a,
          const product_operand *b, int beta, float c[], size_t ldc)
{
  (void) state;
  if (openblas_get_num_threads () != 1)
    openblas_set_num_threads (1);
  cblas_sgemm (CblasRowMajor, a->transpose ? CblasTrans : CblasNoTrans,
               b->transpose ? CblasTrans : CblasNoTrans, (blasint) m,
               (blasint) n, (blasint) k, 1, a->data, (blasint) a->stride,
               b->data, (blasint) b->stride, (float) beta, c, (blasint) ldc);
}

const char *
product_blas_name (void)
{
  static char name[128];

  /* "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...": the version is enough. */
  if (name[0] == '\0')
    {
      const char *config = openblas_get_config ();
      const size_t library = strcspn (config, " ");
      const size_t version
        = config[library] == '\0' ? 0 : 1 + strcspn (config + library + 1, " ");

      snprintf (name, sizeof name, "%.*s %s", (int) (library + version),
                config, openblas_get_corename ());
    }
  return name;
}

const product_type product_sgemm = {
  .name = "sgemm",
  .usage = "sgemm",
  .summary = "BLAS on one thread: fast; its bits are the library's",
  .multiply = multiply,
};
