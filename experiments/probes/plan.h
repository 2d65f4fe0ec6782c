/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the settings `probe' and `probe-specs' ask for: at which steps a run's
   tensors are measured, and by which further quantizers.  */

#ifndef EXPERIMENTS_PROBES_PLAN_H
#define EXPERIMENTS_PROBES_PLAN_H

#include <stddef.h>
#include <stdint.h>
#include "numsys/type.h"

typedef enum probe_when
{
  PROBE_NEVER,    /* none */
  PROBE_EPOCHS,   /* epoch: the first step, and the last of each epoch */
  PROBE_STEPS     /* N: the first step, every N-th, and the last */
} probe_when;

typedef struct probe_plan
{
  probe_when when;
  uint64_t every;   /* N */
} probe_plan;

/* Reads none, epoch or N >= 1; 0, or -1 and a sentence. */
int probe_plan_read (const char *text, probe_plan *plan, numsys_error *error);

/* Whether step 1..steps of a run is measured. */
int probe_plan_is_due (const probe_plan *plan, uint64_t step,
                       uint64_t epoch_steps, uint64_t steps);

#define PROBE_MOST_SPECS 64
#define PROBE_NO_SPECS "-"

/* A list of quantizer specs between spaces, `-' or nothing being none: writes
   each in canonical form, once, between single spaces; `-' for none.  0, or -1
   and a sentence. */
int probe_specs_canonical (const char *list, size_t size, char out[],
                           numsys_error *error);

#endif
