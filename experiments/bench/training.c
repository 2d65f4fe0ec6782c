/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole training step of the MLP 784-256-256-10 at batch 128, quantized
   against float32 with the same optimizer and product.  The data are random
   bytes, half of them zero: a step costs what it costs on images.  */

#include <config.h>
#include <stdlib.h>
#include "experiments/bench/bench.h"
#include "experiments/results/memory.h"
#include "experiments/training/trainer.h"
#include "numsys/random.h"

enum { BATCH = 128, FEATURES = 784, CLASSES = 10, COUNT = 16 * BATCH };

/* What steps have in common: a base, then ways to quantize it. */
typedef struct variant
{
  const char *name;
  const char *grid;         /* of W, A, E and G */
  const char *U;
} variant;

static const variant variants[] = {
  { "float32", "fp32", "fp32" },
  { "lns:8,8, U=lns:16,2048", "lns:8,8", "lns:16,2048" },
  { "lns:8,8 by channel, U=lns:16,2048", "lns:8,8,scale=channel",
    "lns:16,2048" },
  { "lns:8,8, U=lns:16,2048 stochastic", "lns:8,8",
    "lns:16,2048,round=stochastic" },
  { "lns:8,8, U=lns:16,2048 stochastic-log", "lns:8,8",
    "lns:16,2048,round=stochastic-log" },
  { "lns:8,8 stochastic, U the same", "lns:8,8,round=stochastic",
    "lns:16,2048,round=stochastic" },
  { "e4m3, U=bf16 stochastic", "e4m3", "bf16:round=stochastic" },
  { "e4m3 by channel, U=bf16 stochastic", "e4m3:scale=channel",
    "bf16:round=stochastic" },
  { "e4m3 stochastic, U the same", "e4m3:round=stochastic",
    "bf16:round=stochastic" },
};

static const struct { const char *optimizer, *product; double lr; } bases[] = {
  { "lns-madam:p_scale=3", "fixed-order", 0.007 },
  { "adam", "fixed-order", 0.001 },
  { "lns-madam:p_scale=3", "sgemm", 0.007 },
};

/* Beside the first base's float32. */
static const char *const datapaths[] = {
  "datapath", "datapath:round=nearest", "datapath:acc=60,fraction=7,lsb=-7",
};

typedef struct job
{
  training_settings settings;
  const data_set *set;
  trainer run;
  size_t at;
  double loss;
} job;

static void
step (void *data)
{
  job *work = data;

  work->loss = trainer_step (&work->run, work->at, work->settings.lr);
  work->at = (work->at + BATCH) % COUNT;
}

static void
release (void *data)
{
  job *work = data;

  trainer_clear (&work->run);
  free (work);
}

static void
release_set (void *data)
{
  data_free (data);
  free (data);
}

static data_set *
make_set (bench_list *list)
{
  data_set *set = bench_keep (list, memory_new (1, sizeof *set), release_set);
  const numsys_random random = numsys_random_of (1, 1, 0, 0);
  const size_t n = COUNT * FEATURES;
  uint32_t *words = memory_new (n, sizeof *words);

  *set = (data_set) { .features = FEATURES, .classes = CLASSES };
  set->train = (data_split) { COUNT, memory_new (n, 1),
                              memory_new (COUNT, 1) };
  numsys_random_words (&random, 0, n, words);
  for (size_t i = 0; i < n; i++)
    set->train.x[i] = words[i] & 0x100 ? (uint8_t) words[i] : 0;
  for (size_t i = 0; i < COUNT; i++)
    set->train.label[i] = (uint8_t) ((words[i] >> 16) % CLASSES);
  free (words);
  return set;
}

static int
add_step (bench_list *list, const data_set *set, size_t base,
          const char *product, const variant *way, size_t against,
          numsys_error *error)
{
  job *work = memory_new (1, sizeof *work);
  char *name;

  work->settings = (training_settings) {
    .model = "mlp:256-256",
    .role = { way->grid, way->grid, way->grid, way->grid, way->U, "fp32",
              "fp32" },
    .optimizer = bases[base].optimizer,
    .schedule = "constant",
    .product = product,
    .init = "he",
    .lr = bases[base].lr,
    .bias_init = 0.01,
    .seed = 1,
    .epochs = 1,
    .batch = BATCH,
  };
  if (trainer_init (&work->run, &work->settings, set, error) != 0)
    {
      release (work);
      return -1;
    }
  bench_keep (list, work, release);
  batches_order (1, 0, COUNT, work->run.order);
  name = memory_format ("%s, %s: %s", product, bases[base].optimizer,
                        way->name);
  bench_add (list, name, 1, against, step, work);
  free (name);
  return 0;
}

static int
fill (bench_list *list, const bench_place *place, numsys_error *error)
{
  const data_set *set = make_set (list);

  (void) place;
  for (size_t base = 0; base < sizeof bases / sizeof bases[0]; base++)
    for (size_t i = 0, first = list->count;
         i < sizeof variants / sizeof variants[0]; i++)
      if (add_step (list, set, base, bases[base].product, &variants[i], first,
                    error) != 0)
        return -1;
  for (size_t i = 0; i < sizeof datapaths / sizeof datapaths[0]; i++)
    if (add_step (list, set, 0, datapaths[i], &variants[1], 0, error) != 0)
      return -1;
  return 0;
}

const bench_type bench_training = {
  .name = "training",
  .summary = "whole training steps, quantized against float32",
  .unit = "steps/s",
  .fill = fill,
};
