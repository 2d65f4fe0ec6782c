/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who looks at a step of training, and changes nothing.  */

#ifndef EXPERIMENTS_PROBES_WATCH_H
#define EXPERIMENTS_PROBES_WATCH_H

#include "experiments/workloads/roles.h"
#include "optim/optim.h"

/* The update of an array of weights. */
typedef struct step_update
{
  unsigned layer;                /* from 0 */
  int is_bias;
  size_t n;
  const float *w;                /* before the step when it begins, stored
                                    when it ends */
  numsys_scale scale;            /* of U */
  int is_multiplicative;         /* the rule */
} step_update;

/* The closure is that of tensors. */
typedef struct step_watch
{
  roles_watch tensors;
  /* All or none are NULL. */
  void (*begin) (void *closure, const step_update *of);
  void (*slice) (void *closure, const step_update *of,
                 const optim_slice *slice);
  void (*end) (void *closure, const step_update *of,
               const numsys_events *stored);
} step_watch;

#endif
