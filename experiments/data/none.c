/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No data: what objectives are trained on.  One example of nothing in either
   part, so that an epoch is a step.  */

#include <config.h>

#include <stdlib.h>

#include "experiments/data/sources.h"
#include "numsys/spec.h"

static int
load_split (data_split *split)
{
  split->count = 1;
  split->x = calloc (1, 1);
  split->label = calloc (1, 1);
  return split->x == NULL || split->label == NULL ? -1 : 0;
}

static int
load (const data_source *source, const char *folder, data_set *set,
      numsys_error *error)
{
  (void) folder;
  set->name = source->name;
  if (load_split (&set->train) == 0 && load_split (&set->test) == 0)
    return 0;
  numsys_error_set (error, "No memory for the data set none.");
  return -1;
}

const data_source data_none = {
  .name = "none",
  .summary = "no examples, for objectives",
  .is_made = 1,
  .load = load,
};
