/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Optimizer steps with weights stored in float32 and in an LNS, against
   memcpy of the weights.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "experiments/bench/bench.h"
#include "experiments/results/memory.h"
#include "optim/optim.h"

typedef struct job
{
  size_t n;
  float *w, *g;
  void *stored;   /* NULL, or w as elements of U */
  optim_tensor *tensor;
  numsys_quantizer *U;
  numsys_random random;
  optim_storage storage;
  double lr;
} job;

/* Learning rates of schedules are seldom powers of two, so LNS steps are
   seldom whole. */
/* As floats unless as codes. */
static const struct { const char *rule, *U; int codes; double lr; } steps[] = {
  { "sgd", NULL, 0, 0.01 },
  { "adam", NULL, 0, 0.001 },
  { "madam", NULL, 0, 0.007 },
  { "lns-madam:p_scale=3", NULL, 0, 0.007 },
  { "lns-madam:p_scale=3", "lns:16,2048", 0, 0.0078125 },
  { "lns-madam:p_scale=3", "lns:16,2048", 0, 0.007 },
  { "lns-madam:p_scale=3", "lns:16,2048", 1, 0.007 },
  { "lns-madam:p_scale=3", "lns:16,2048,zero=code", 1, 0.007 },
  { "lns-madam:p_scale=3", "lns:16,2048,round=stochastic", 0, 0.007 },
  { "lns-madam:p_scale=3", "lns:16,2048,round=stochastic", 1, 0.007 },
  { "lns-madam:p_scale=3", "lns:16,2048,round=stochastic-log", 0, 0.007 },
  { "lns-madam:p_scale=3", "lns:16,2048,round=down", 0, 0.007 },
  { "lns-madam:p_scale=3", "lns:16,2048,round=down", 1, 0.007 },
  { "madam", "lns:16,2048,round=stochastic", 0, 0.007 },
  { "sgd", "lns:16,2048", 0, 0.01 },
  { "sgd", "bf16:round=stochastic", 0, 0.01 },
};

static void
copy (void *data)
{
  const job *work = data;

  memcpy (work->w, work->g, work->n * sizeof (float));
}

/* Gradients take turns in sign, so that weights stay where they are. */
static void
step (void *data)
{
  job *work = data;
  optim_counts counts = { 0 };

  work->random.stream[1]++;
  if (work->stored != NULL)
    optim_step_codes (work->tensor, work->lr, &work->storage, work->n,
                      work->g, work->stored, &counts);
  else
    optim_step (work->tensor, work->lr, &work->storage, work->n, work->g,
                work->w, &counts);
  work->lr = -work->lr;
}

static void
release (void *data)
{
  job *work = data;

  if (work->stored != NULL)
    numsys_elements_free (numsys_quantizer_system (work->U), work->n,
                          work->stored);
  optim_tensor_free (work->tensor);
  numsys_quantizer_free (work->U);
  free (work);
}

/* Puts the weights on U's grid. */
static void
store (job *work)
{
  float bound = optim_tensor_bound (work->tensor);

  if (bound == 0)
    bound = 8 * numsys_largest (work->n, work->w);
  work->storage.scale = numsys_quantizer_scale (work->U, bound);
  numsys_quantize_at (work->U, work->storage.scale, work->n, work->w,
                      &work->random, 0, work->w, NULL);
}

/* The same as elements. */
static void
store_codes (job *work)
{
  work->stored
    = numsys_elements_new (numsys_quantizer_system (work->U), work->n);
  if (work->stored == NULL)
    memory_exhausted ();
  numsys_quantize_to_elements (work->U, work->storage.scale, work->n, work->w,
                               &work->random, 0, work->stored, NULL);
}

static int
add_step (bench_list *list, size_t n, size_t i, numsys_error *error)
{
  job *work = bench_keep (list, memory_new (1, sizeof *work), release);
  optim *rule = optim_new (steps[i].rule, error);
  char *name;

  if (rule == NULL)
    return -1;
  *work = (job) { .n = n, .lr = steps[i].lr, .w = bench_floats (list, n),
                  .g = bench_floats (list, n),
                  .random = numsys_random_of (1, 1, 0, 0) };
  bench_gaussian (n, work->w);
  bench_gaussian (n, work->g);
  work->tensor = optim_tensor_new (rule, n, work->w);
  optim_free (rule);
  if (work->tensor == NULL)
    memory_exhausted ();
  if (steps[i].U != NULL)
    {
      work->U = numsys_quantizer_new (steps[i].U, error);
      if (work->U == NULL)
        return -1;
      store (work);
      if (steps[i].codes)
        store_codes (work);
    }
  work->storage.U = work->U;
  work->storage.random = &work->random;
  name = memory_format ("%s, U=%s, lr=%g%s", steps[i].rule,
                        steps[i].U == NULL ? "fp32" : steps[i].U, steps[i].lr,
                        steps[i].codes ? ", codes" : "");
  bench_add (list, name, 1e-9 * (double) n, 0, step, work);
  free (name);
  return 0;
}

/* A layer of weights. */
static int
fill (bench_list *list, const bench_place *place, numsys_error *error)
{
  const size_t n = 784 * 256;
  job *model = bench_keep (list, memory_new (1, sizeof *model), release);

  (void) place;
  *model = (job) { .n = n, .w = bench_floats (list, n),
                   .g = bench_floats (list, n) };
  bench_add (list, "memcpy", 1e-9 * (double) n, 0, copy, model);
  for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
    if (add_step (list, n, i, error) != 0)
      return -1;
  return 0;
}

const bench_type bench_update = {
  .name = "update",
  .summary = "optimizer steps, against memcpy of the weights",
  .unit = "Gel/s",
  .fill = fill,
};
