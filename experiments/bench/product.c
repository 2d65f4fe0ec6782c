/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The products of a training step, fixed order against sgemm.  */

#include <config.h>
#include <stdlib.h>
#include "experiments/bench/bench.h"
#include "experiments/results/memory.h"
#include "experiments/workloads/product.h"

/* op(A) (m, k) op(B) (k, n) */
typedef struct job
{
  const product_type *product;
  int transpose_a, transpose_b;
  size_t m, n, k;
  float *a, *b, *c;
} job;

/* Forward, and the two of the backward pass, of layers of the network that
   benchmark `training' trains. */
static const struct { const char *name; int ta, tb; size_t m, n, k; }
shapes[] = {
  { "forward 784-256", 0, 1, 128, 256, 784 },
  { "gradient 784-256", 1, 0, 256, 784, 128 },
  { "forward 256-256", 0, 1, 128, 256, 256 },
  { "errors 256-256", 0, 0, 128, 256, 256 },
  { "forward 256-10", 0, 1, 128, 10, 256 },
};

static void
multiply (void *data)
{
  const job *work = data;

  const product_operand a = { work->a, work->transpose_a ? work->m : work->k,
                              work->transpose_a, { 0, 0 }, NULL };
  const product_operand b = { work->b, work->transpose_b ? work->k : work->n,
                              work->transpose_b, { 0, 0 }, NULL };

  work->product->multiply (NULL, work->m, work->n, work->k, &a, &b, 0,
                           work->c, work->n);
}

static size_t
add_product (bench_list *list, const job *model, const char *product,
             const char *shape, size_t against)
{
  job *own = bench_keep (list, memory_new (1, sizeof *own), free);
  char *name = memory_format ("%s: %s", product, shape);
  size_t number;

  *own = *model;
  own->product = product_find (product);
  number = bench_add (list, name,
                      2e-9 * (double) own->m * (double) own->n
                        * (double) own->k,
                      against == (size_t) -1 ? list->count : against,
                      multiply, own);
  free (name);
  return number;
}

static int
fill (bench_list *list, const bench_place *place, numsys_error *error)
{
  (void) place;
  (void) error;
  for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
    {
      job model = { .transpose_a = shapes[i].ta, .transpose_b = shapes[i].tb,
                    .m = shapes[i].m, .n = shapes[i].n, .k = shapes[i].k };
      size_t base;

      model.a = bench_floats (list, model.m * model.k);
      model.b = bench_floats (list, model.k * model.n);
      model.c = bench_floats (list, model.m * model.n);
      bench_gaussian (model.m * model.k, model.a);
      bench_gaussian (model.k * model.n, model.b);
      base = add_product (list, &model, "sgemm", shapes[i].name, (size_t) -1);
      add_product (list, &model, "fixed-order", shapes[i].name, base);
    }
  return 0;
}

const bench_type bench_product = {
  .name = "product",
  .summary = "matrix products in fixed order, against sgemm",
  .unit = "GFLOP/s",
  .fill = fill,
};
