/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random words, against memcpy of as many.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "experiments/bench/bench.h"
#include "experiments/results/memory.h"
#include "numsys/random.h"

typedef struct job
{
  size_t n;
  uint32_t *from, *to;
} job;

static void
copy (void *data)
{
  const job *work = data;

  memcpy (work->to, work->from, work->n * sizeof *work->to);
}

static void
draw (void *data)
{
  const job *work = data;
  const numsys_random random = numsys_random_of (1, 1, 0, 0);

  numsys_random_words (&random, 0, work->n, work->to);
}

static int
fill (bench_list *list, const bench_place *place, numsys_error *error)
{
  job *work = bench_keep (list, memory_new (1, sizeof *work), free);

  (void) error;
  work->n = place->floats;
  work->from = (uint32_t *) bench_floats (list, work->n);
  work->to = (uint32_t *) bench_floats (list, work->n);
  bench_add (list, "memcpy", 1e-9 * (double) work->n, 0, copy, work);
  bench_add (list, "philox 4x32-7", 1e-9 * (double) work->n, 0, draw, work);
  return 0;
}

const bench_type bench_random = {
  .name = "random",
  .summary = "random words, against memcpy",
  .unit = "Gel/s",
  .fill = fill,
};
