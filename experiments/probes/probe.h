/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Probes: what is measured of a run's tensors at chosen steps.

   Each tensor that a role's quantizer takes is measured as it goes in, a piece
   at a time, and so is each update of stored weights; nothing of it is kept
   but numbers, and the run computes what it would have computed.  What comes
   out are four blocks of tab-separated lines under a heading:

   probes     one line a tensor and quantizer: its role's own first, which is
              what happened, then those of `probe-specs', which is what would
              have happened; columns as measure.h says.  The values of U are
              the weights after an update, before and after they are stored;
              those of other quantizers in role U, the stored weights.
   exponents  the tensor's values by floor (log2 |x|)
   updates    what became of the update of each array of weights
              (probe_update.h)
   swallowed  updates by the weight's floor (log2 |w|); `-': of zero weights

   Where U-scale follows the data, updates and the weights before they are
   stored are not measured: role U has lines of `probe-specs' alone.

   Layers count from 1, steps too.  */

#ifndef EXPERIMENTS_PROBES_PROBE_H
#define EXPERIMENTS_PROBES_PROBE_H

#include "experiments/probes/watch.h"

typedef struct probe probe;

#define PROBE_BLOCKS 4
extern const char *const probe_block_names[PROBE_BLOCKS];

/* For a run with these quantizers, which it borrows; specs as the setting.
   NULL and a sentence when a spec is wrong. */
probe *probe_new (const roles *all, const char *specs, numsys_error *error);
void probe_free (probe *p);   /* NULL is allowed */

/* Whom to show the tensors of a step to. */
const step_watch *probe_watch (probe *p, uint64_t step, double epoch);

/* The blocks so far, each owned by the caller; nothing may follow. */
void probe_finish (probe *p, char *block[PROBE_BLOCKS]);

#endif
