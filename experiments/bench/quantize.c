/* SPDX-License-Identifier: GPL-3.0-or-later */
/* float32 to float32 on a system's grid, against memcpy.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "experiments/bench/bench.h"
#include "experiments/results/memory.h"
#include "numsys/numsys.h"

typedef struct job
{
  size_t n;
  const float *x;
  float *out;
  numsys_quantizer *quantizer;   /* NULL: plain code */
} job;

/* At the scale that the data ask for: finding it is `largest'. */
static const char *const specs[] = {
  "lns:8,8", "lns:8,16", "lns:8,32", "lns:8,64", "lns:8,256", "lns:16,2048",
  "e4m3", "e5m2", "bf16", "int8",
  "lns:8,8,round=stochastic", "lns:8,8,round=stochastic-log",
  "lns:16,2048,round=stochastic", "lns:16,2048,round=stochastic-log",
  "e4m3:round=stochastic", "e5m2:round=stochastic", "int8:round=stochastic",
  "lns:8,8,round=down", "e4m3:round=down", "int8:round=odd",
};

static void
copy (void *data)
{
  const job *work = data;

  memcpy (work->out, work->x, work->n * sizeof (float));
}

static void
find_largest (void *data)
{
  const job *work = data;

  work->out[0] = numsys_largest (work->n, work->x);
}

static void
quantize (void *data)
{
  const job *work = data;
  const numsys_random random = numsys_random_of (1, 1, 0, 0);
  numsys_events events = { 0, 0, 0, 0, 0 };

  numsys_quantize_at (work->quantizer,
                      numsys_quantizer_scale (work->quantizer, 5), work->n,
                      work->x, &random, 0, work->out, &events);
}

static void
naive_lns (void *data)
{
  const job *work = data;

  bench_naive_lns (work->n, 8, 0x1p-13f, 127, work->x, work->out);
}

static void
fast_math_lns (void *data)
{
  const job *work = data;

  bench_fast_math_lns (work->n, 8, 0x1p-13f, 127, work->x, work->out);
}

static void
naive_float (void *data)
{
  const job *work = data;

  bench_naive_float (work->n, 4, 3, work->x, work->out);
}

static void
naive_fixed (void *data)
{
  const job *work = data;

  bench_naive_fixed (work->n, 0x1p-4f, 127, work->x, work->out);
}

static void
release (void *data)
{
  numsys_quantizer_free (data);
}

static job *
add_job (bench_list *list, const job *model, const char *name,
         void (*run) (void *))
{
  job *own = bench_keep (list, memory_new (1, sizeof *own), free);

  *own = *model;
  bench_add (list, name, 1e-9 * (double) model->n, 0, run, own);
  return own;
}

static int
fill (bench_list *list, const bench_place *place, numsys_error *error)
{
  float *x = bench_floats (list, place->floats);
  const job model = { .n = place->floats, .x = x,
                      .out = bench_floats (list, place->floats) };

  bench_gaussian (place->floats, x);
  add_job (list, &model, "memcpy", copy);
  add_job (list, &model, "largest", find_largest);
  for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++)
    {
      numsys_quantizer *quantizer = numsys_quantizer_new (specs[i], error);

      if (quantizer == NULL)
        return -1;
      bench_keep (list, quantizer, release);
      add_job (list, &model, specs[i], quantize)->quantizer = quantizer;
    }
  add_job (list, &model, "plain C: lns:8,8", naive_lns);
  add_job (list, &model, "-ffast-math: lns:8,8", fast_math_lns);
  add_job (list, &model, "plain C: e4m3", naive_float);
  add_job (list, &model, "plain C: int8", naive_fixed);
  return 0;
}

const bench_type bench_quantize = {
  .name = "quantize",
  .summary = "float32 rounded to a system, against memcpy",
  .unit = "Gel/s",
  .is_placed = 1,
  .fill = fill,
};
