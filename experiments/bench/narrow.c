/* SPDX-License-Identifier: GPL-3.0-or-later */
/* float32 to a system's own elements, of 1 or 2 bytes, against the plain
   conversion to integers of 8 bits, and back, against that.  With elements of a
   byte they move the same bytes.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "experiments/bench/bench.h"
#include "experiments/results/memory.h"
#include "numsys/numsys.h"

typedef struct job
{
  size_t n;
  float *x;
  void *elements;
  numsys_quantizer *quantizer;   /* NULL: plain conversion */
  numsys_scale scale;
} job;

static const char *const specs[] = {
  "lns:8,8,zero=none", "lns:8,8,zero=code", "lns:8,8,zero=flag", "lns:8,10",
  "lns:8,16,zero=code", "lns:8,32,zero=code", "lns:12,64,zero=code",
  "lns:12,256,zero=code", "lns:15,256,zero=code",
  "lns:16,2048,zero=code", "e4m3", "e5m2", "e2m1", "int8", "int4", "bf16",
  "fp16", "fixed:16,8", "lns:8,8,zero=code,round=stochastic",
  "e4m3:round=stochastic", "int8:round=stochastic",
};

static void
to_int8 (void *data)
{
  const job *work = data;

  bench_to_int8 (work->n, work->x, work->elements);
}

static void
to_int16 (void *data)
{
  const job *work = data;

  bench_to_int16 (work->n, work->x, work->elements);
}

static void
from_int8 (void *data)
{
  const job *work = data;

  bench_from_int8 (work->n, work->elements, work->x);
}

static void
encode (void *data)
{
  const job *work = data;
  const numsys_random random = numsys_random_of (1, 1, 0, 0);

  numsys_quantize_to_elements (work->quantizer, work->scale, work->n, work->x,
                               &random, 0, work->elements, NULL);
}

static void
decode (void *data)
{
  const job *work = data;

  numsys_quantize_from_elements (work->quantizer, work->scale, work->n,
                                 work->elements, work->x);
}

static void
release (void *data)
{
  numsys_quantizer_free (data);
}

/* The items that others are against. */
enum { TO_INT8, TO_INT16, FROM_INT8 };

static void
add (bench_list *list, const char *form, const char *spec, const job *work,
     size_t against, void (*run) (void *))
{
  char *name = memory_format ("%s%s", form, spec);
  job *own = bench_keep (list, memory_new (1, sizeof *own), free);

  *own = *work;
  bench_add (list, name, 1e-9 * (double) work->n, against, run, own);
  free (name);
}

/* Numbers decoded go where none are read from. */
static int
add_spec (bench_list *list, const job *model, float *out, const char *spec,
          numsys_error *error)
{
  job work = *model;

  work.quantizer = numsys_quantizer_new (spec, error);
  if (work.quantizer == NULL)
    return -1;
  bench_keep (list, work.quantizer, release);
  work.scale = numsys_quantizer_scale (work.quantizer, 5);
  add (list, "to elements: ", spec, &work, TO_INT8, encode);
  if (strstr (spec, "round=") != NULL)
    return 0;
  work.elements = bench_floats (list, work.n);
  encode (&work);
  work.x = out;
  add (list, "from elements: ", spec, &work, FROM_INT8, decode);
  return 0;
}

static int
fill (bench_list *list, const bench_place *place, numsys_error *error)
{
  float *out = bench_floats (list, place->floats);
  job model = {
    .n = place->floats,
    .x = bench_floats (list, place->floats),
    .elements = bench_floats (list, place->floats),
  };
  job back = model;

  bench_gaussian (model.n, model.x);
  back.x = out;
  add (list, "float32 to int8", "", &model, TO_INT8, to_int8);
  add (list, "float32 to int16", "", &model, TO_INT8, to_int16);
  add (list, "int8 to float32", "", &back, FROM_INT8, from_int8);
  for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++)
    if (add_spec (list, &model, out, specs[i], error) != 0)
      return -1;
  return 0;
}

const bench_type bench_narrow = {
  .name = "narrow",
  .summary = "float32 to elements of 1 or 2 bytes and back, against int8",
  .unit = "Gel/s",
  .is_placed = 1,
  .fill = fill,
};
