/* SPDX-License-Identifier: GPL-3.0-or-later */
/* float32 to codes of 32 bits and back, against memcpy.  */

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
  uint32_t *codes;
  numsys_quantizer *quantizer;
  numsys_scale scale;
} job;

static const char *const specs[] = {
  "lns:8,8", "lns:16,2048", "e4m3", "e5m2", "bf16", "int8",
  "lns:8,8,round=stochastic", "e4m3:round=stochastic",
};

static void
copy (void *data)
{
  const job *work = data;

  memcpy (work->codes, work->x, work->n * sizeof (float));
}

static void
encode (void *data)
{
  const job *work = data;
  const numsys_random random = numsys_random_of (1, 1, 0, 0);

  numsys_quantize_to_codes (work->quantizer, work->scale, work->n, work->x,
                            &random, 0, work->codes, NULL);
}

/* Into x: codes of its numbers give numbers of the same kind. */
static void
decode (void *data)
{
  const job *work = data;

  numsys_quantize_from_codes (work->quantizer, work->scale, work->n,
                              work->codes, work->x);
}

static void
release (void *data)
{
  numsys_quantizer_free (data);
}

static int
add_spec (bench_list *list, const job *model, const char *spec,
          numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, error);
  job *to = bench_keep (list, memory_new (2, sizeof *to), free);
  job *from = to + 1;
  char *name;

  if (quantizer == NULL)
    return -1;
  bench_keep (list, quantizer, release);
  *to = *model;
  to->quantizer = quantizer;
  to->scale = numsys_quantizer_scale (quantizer, 5);
  *from = *to;
  from->x = bench_floats (list, model->n);
  from->codes = (uint32_t *) bench_floats (list, model->n);
  encode (to);
  memcpy (from->codes, to->codes, model->n * sizeof (uint32_t));
  name = memory_format ("to codes: %s", spec);
  bench_add (list, name, 1e-9 * (double) model->n, 0, encode, to);
  free (name);
  if (strstr (spec, "round=") != NULL)
    return 0;
  name = memory_format ("from codes: %s", spec);
  bench_add (list, name, 1e-9 * (double) model->n, 0, decode, from);
  free (name);
  return 0;
}

static int
fill (bench_list *list, const bench_place *place, numsys_error *error)
{
  job *model = bench_keep (list, memory_new (1, sizeof *model), free);

  *model = (job) {
    .n = place->floats,
    .x = bench_floats (list, place->floats),
    .codes = (uint32_t *) bench_floats (list, place->floats),
  };
  bench_gaussian (model->n, model->x);
  bench_add (list, "memcpy", 1e-9 * (double) model->n, 0, copy, model);
  for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++)
    if (add_spec (list, model, specs[i], error) != 0)
      return -1;
  return 0;
}

const bench_type bench_codes = {
  .name = "codes",
  .summary = "float32 to codes and back, against memcpy",
  .unit = "Gel/s",
  .fill = fill,
};
