/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products by the bit-true datapath against sgemm: its accumulators alone, from
   stored exponents, and the whole product, from floats to floats.  Before it is
   timed, each is compared with the scalar definition; the count of outputs that
   differ is in its name.  */

#include <config.h>
#include <stdlib.h>
#include "experiments/bench/bench.h"
#include "experiments/results/memory.h"
#include "experiments/workloads/product.h"
#include "numsys/datapath/datapath.h"

static const struct { const char *name; int ta, tb; size_t m, n, k; }
shapes[] = {
  { "forward 784-256", 0, 1, 128, 256, 784 },
  { "gradient 784-256", 1, 0, 256, 784, 128 },
  { "errors 256-256", 0, 0, 128, 256, 256 },
  { "512-512", 0, 0, 512, 512, 512 },
};

/* Small codes: stored exponents below 32. */
static const struct { const char *name, *spec; int is_small; } forms[] = {
  { "exact, small codes", "datapath:acc=24,fraction=7,lsb=-7", 1 },
  { "exact, all codes", "datapath:acc=60,fraction=7,lsb=-7", 0 },
  { "24 bits, cut", "datapath", 0 },
  { "24 bits, nearest", "datapath:round=nearest", 0 },
  { "16 bits, cut", "datapath:acc=16", 0 },
};

typedef struct job
{
  const product_type *product;
  void *state;
  size_t m, n, k;
  product_operand a, b;
  float *c;

  const numsys_datapath *path;
  numsys_datapath_matrix x, y;
  int64_t *out;
  numsys_datapath_scratch *scratch;
  numsys_datapath_events events;
} job;

static void
multiply (void *data)
{
  job *work = data;

  work->product->multiply (work->state, work->m, work->n, work->k, &work->a,
                           &work->b, 0, work->c, work->n);
}

static void
accumulate (void *data)
{
  job *work = data;

  numsys_datapath_multiply (work->path, work->m, work->n, work->k, &work->x,
                            &work->y, work->out, work->scratch, &work->events);
}

/* Outputs that are not those of the definition. */
static size_t
mismatches (job *work)
{
  numsys_datapath_events events = { .overflow = 0 };
  size_t wrong = 0;

  accumulate (work);
  for (size_t i = 0; i < work->m; i++)
    for (size_t j = 0; j < work->n; j++)
      wrong += work->out[i * work->n + j]
               != numsys_datapath_dot (
                 work->path, work->k, work->x.number + i * work->x.outer,
                 work->x.inner, work->y.number + j * work->y.outer,
                 work->y.inner, NULL, &events);
  return wrong;
}

static void
free_path (void *path)
{
  numsys_datapath_free (path);
}

static void
free_quantizer (void *quantizer)
{
  numsys_quantizer_free (quantizer);
}

static void
free_scratch (void *scratch)
{
  numsys_datapath_scratch_free (scratch);
}

static void
close_product (void *state)
{
  product_find ("datapath")->close (state);
}

/* Gaussian numbers on the quantizer's grid, as floats and as stored. */
static numsys_datapath_number *
fill_operand (bench_list *list, const numsys_quantizer *quantizer, size_t n,
              unsigned seed, product_operand *out)
{
  const numsys_random random = numsys_random_of (seed, 1, 0, 0);
  numsys_datapath_number *number
    = bench_keep (list, memory_new (n, sizeof *number), free);
  float *x = bench_floats (list, n);
  int64_t bias;

  for (size_t i = 0; i < n; i++)
    x[i] = (float) numsys_random_normal (&random, i);
  out->scale = numsys_quantizer_scale (quantizer, numsys_largest (n, x));
  numsys_quantize (quantizer, 1, n, 0, x, &random, x, NULL);
  numsys_datapath_read (quantizer, out->scale, n, x, number, &bias);
  out->data = x;
  return number;
}

static size_t
add (bench_list *list, const job *model, const char *name, size_t shape,
     size_t against, void (*run) (void *))
{
  job *own = bench_keep (list, memory_new (1, sizeof *own), free);
  char *text;
  size_t number;

  *own = *model;
  text = run == multiply
           ? memory_format ("%s: %s", name, shapes[shape].name)
           : memory_format ("%s: %s, %zu mismatches", name,
                            shapes[shape].name, mismatches (own));
  number = bench_add (list, text,
                      2e-9 * (double) own->m * (double) own->n
                        * (double) own->k,
                      against == (size_t) -1 ? list->count : against, run,
                      own);
  free (text);
  return number;
}

/* Copies of numbers, small ones instead of all. */
static const numsys_datapath_number *
small_of (bench_list *list, size_t n, const numsys_datapath_number x[])
{
  numsys_datapath_number *out
    = bench_keep (list, memory_new (n, sizeof *out), free);

  for (size_t i = 0; i < n; i++)
    out[i] = x[i] == 0 ? 0 : numsys_datapath_number_of (
                               numsys_datapath_exponent (x[i]) % 32,
                               numsys_datapath_sign (x[i]) < 0);
  return out;
}

static int
add_forms (bench_list *list, const job *model, size_t shape, size_t against,
           numsys_datapath_operand operand, numsys_error *error)
{
  const size_t m = model->m, n = model->n, k = model->k;

  for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
    {
      numsys_datapath *path
        = numsys_datapath_new (forms[i].spec, operand, operand, error);
      job work = *model;

      if (path == NULL)
        return -1;
      work.path = bench_keep (list, path, free_path);
      if (forms[i].is_small)
        {
          work.x.number = small_of (list, m * k, model->x.number);
          work.y.number = small_of (list, k * n, model->y.number);
        }
      add (list, &work, forms[i].name, shape, against, accumulate);
    }
  return 0;
}

static int
add_shape (bench_list *list, size_t shape, numsys_quantizer *quantizer,
           numsys_datapath_scratch *scratch, numsys_error *error)
{
  const int ta = shapes[shape].ta, tb = shapes[shape].tb;
  const size_t m = shapes[shape].m, n = shapes[shape].n, k = shapes[shape].k;
  job work = { .m = m, .n = n, .k = k, .scratch = scratch };
  size_t base;

  work.a = (product_operand) { .stride = ta ? m : k, .transpose = ta };
  work.b = (product_operand) { .stride = tb ? k : n, .transpose = tb };
  work.x = (numsys_datapath_matrix) {
    fill_operand (list, quantizer, m * k, 1, &work.a), ta ? 1 : k, ta ? m : 1
  };
  work.y = (numsys_datapath_matrix) {
    fill_operand (list, quantizer, k * n, 2, &work.b), tb ? k : 1, tb ? 1 : n
  };
  work.c = bench_floats (list, m * n);
  work.out = bench_keep (list, memory_new (m * n, sizeof *work.out), free);
  work.product = product_find ("sgemm");
  base = add (list, &work, "sgemm", shape, (size_t) -1, multiply);
  work.product = product_find ("fixed-order");
  add (list, &work, "fixed-order", shape, base, multiply);
  work.product = product_find ("datapath");
  work.state = work.product->open ("datapath", quantizer, quantizer,
                                   m * k + k * n + m * n, NULL, error);
  if (work.state == NULL)
    return -1;
  bench_keep (list, work.state, close_product);
  add (list, &work, "product=datapath", shape, base, multiply);
  return add_forms (list, &work, shape, base,
                    numsys_datapath_operand_of (quantizer), error);
}

static int
fill (bench_list *list, const bench_place *place, numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new ("lns:8,8", error);
  numsys_datapath_scratch *scratch = numsys_datapath_scratch_new ();

  (void) place;
  if (scratch != NULL)   /* else products have their own */
    bench_keep (list, scratch, free_scratch);
  if (quantizer == NULL)
    return -1;
  bench_keep (list, quantizer, free_quantizer);
  for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
    if (add_shape (list, i, quantizer, scratch, error) != 0)
      return -1;
  return 0;
}

const bench_type bench_datapath = {
  .name = "datapath",
  .summary = "products by the bit-true LNS datapath, against sgemm",
  .unit = "GFLOP/s",
  .fill = fill,
};
