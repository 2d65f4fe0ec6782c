/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights that the float engine stores as codes and nowhere else.  */

#include <config.h>

#include "experiments/training/trainer.h"
#include "experiments/workloads/threads.h"

/* Only weights are quantized by Q_W, and threads share floats. */
int
trainer_keep_codes (trainer *run, const optim_tensor *memory, unsigned i,
                    numsys_scale scale)
{
  const roles *all = &run->parts.all;
  const optim_storage storage = { .U = all->quantizer[TRAINING_U] };

  if (i % 2 != 0 || run->parts.follows_data || !dense_takes_codes (all)
      || !optim_keeps_codes (memory, &storage)
      || threads_pay_for_numbers (all->threads, run->model.parameter[i].n))
    return 0;
  return dense_keep_codes (&run->model.layer[i / 2], storage.U, scale);
}

void
trainer_lone_step (trainer *run, optim_tensor *memory, unsigned i, double lr,
                   const optim_storage *storage)
{
  const net_parameter *parameter = &run->model.parameter[i];
  void *codes = i % 2 == 0 ? run->model.layer[i / 2].codes.w : NULL;

  if (codes != NULL)
    optim_step_codes (memory, lr, storage, parameter->n, parameter->g, codes,
                      &run->counts);
  else
    optim_step (memory, lr, storage, parameter->n, parameter->g, parameter->w,
                &run->counts);
}
