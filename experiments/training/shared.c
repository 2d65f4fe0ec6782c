/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step of the optimizer that the threads of a run share.  */

#include <config.h>

#include "experiments/training/trainer.h"
#include "experiments/workloads/threads.h"

/* Weights: the optimizer's own slices stay whole, and parts share no line of
   the caches. */
enum { STEP = 1024 };

typedef struct job
{
  optim_tensor *memory;
  const optim_storage *storage;
  const net_parameter *parameter;
  optim_counts counts[THREADS_MOST];
} job;

static void
step_part (void *closure, unsigned part, size_t first, size_t n)
{
  job *all = closure;
  optim_counts counts = { .updates = 0 };

  optim_step_part (all->memory, all->storage, first, n, all->parameter->g,
                   all->parameter->w, &counts);
  all->counts[part] = counts;
}

static void
add_counts (optim_counts *sum, const optim_counts *counts)
{
  sum->updates += counts->updates;
  sum->swallowed += counts->swallowed;
  sum->flips += counts->flips;
  sum->bounded += counts->bounded;
  numsys_events_add (&sum->stored, &counts->stored);
}

void
trainer_shared_step (trainer *run, optim_tensor *memory, unsigned i,
                     double lr, const optim_storage *storage)
{
  const net_parameter *parameter = &run->model.parameter[i];
  job all;   /* counts are not cleared: there is room for many */
  unsigned parts;

  all.memory = memory;
  all.storage = storage;
  all.parameter = parameter;
  optim_step_begin (memory, lr, storage, parameter->n, parameter->g,
                    parameter->w);
  parts = threads_cut (run->parts.all.threads, parameter->n, STEP, step_part,
                       &all);
  for (unsigned part = 0; part < parts; part++)
    add_counts (&run->counts, &all.counts[part]);
}
