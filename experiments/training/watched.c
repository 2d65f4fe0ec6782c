/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step of the optimizer before the eyes of who watches.  */

#include <config.h>

#include "experiments/training/trainer.h"

/* What an optimizer tells while it steps, on its way to the run's watch. */
typedef struct teller
{
  const trainer *run;
  unsigned index;          /* of the parameter */
  step_update update;
} teller;

static void
tell_slice (void *closure, const optim_slice *slice)
{
  const teller *t = closure;
  const step_watch *watch = t->run->watch;

  watch->slice (watch->tensors.closure, &t->update, slice);
}

static void
tell_moments (void *closure, char letter, size_t n, const float x[],
              const numsys_random *random)
{
  const teller *t = closure;

  roles_show (&t->run->parts.all, letter == 'M' ? TRAINING_M : TRAINING_V,
              t->index, 1, n, 0, x, random);
}

/* What happened between two counts. */
static numsys_events
events_since (const numsys_events *before, const numsys_events *now)
{
  return (numsys_events) {
    .overflow = now->overflow - before->overflow,
    .saturated = now->saturated - before->saturated,
    .flushed = now->flushed - before->flushed,
    .raised = now->raised - before->raised,
    .nan = now->nan - before->nan,
  };
}

void
trainer_watched_step (trainer *run, optim_tensor *memory, unsigned i,
                      double lr, optim_storage *storage)
{
  const step_watch *watch = run->watch;
  const int is_told = watch->begin != NULL && !run->parts.follows_data;
  const net_parameter *parameter = &run->model.parameter[i];
  const numsys_events before = run->counts.stored;
  teller t = {
    .run = run,
    .index = i,
    .update = {
      .layer = i / 2,
      .is_bias = i % 2 != 0,
      .n = parameter->n,
      .w = parameter->w,
      .scale = storage->scale,
      .is_multiplicative
        = optim_type_is_multiplicative (optim_type_of (run->parts.rule)),
    },
  };
  const optim_watch told = {
    .closure = &t,
    .slice = is_told ? tell_slice : NULL,
    .moments = tell_moments,
  };
  numsys_events stored;

  if (!t.update.is_bias)
    dense_decode (&run->model.layer[t.update.layer]);
  storage->watch = &told;
  if (is_told)
    watch->begin (watch->tensors.closure, &t.update);
  trainer_lone_step (run, memory, i, lr, storage);
  storage->watch = NULL;
  stored = events_since (&before, &run->counts.stored);
  if (is_told)
    watch->end (watch->tensors.closure, &t.update, &stored);
}
