/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models by name: what a spec says of the layers.  */

#ifndef EXPERIMENTS_WORKLOADS_MODEL_H
#define EXPERIMENTS_WORKLOADS_MODEL_H

#include "experiments/workloads/net.h"
#include "experiments/workloads/objective.h"

/* A kind of net. */
typedef struct model_type
{
  const char *name;
  const char *summary;
  const char *usage;    /* mlp:256-128 */
  /* Widths of the hidden layers from the value of a spec (NULL: none given).
     0, or -1 and a sentence. */
  int (*hidden) (const char *value, size_t width[NET_MOST_LAYERS - 1],
                 size_t *count, numsys_error *error);
} model_type;

/* Every kind of net, ended by NULL; other models are objectives. */
extern const model_type *const model_types[];

extern const model_type model_mlp;
extern const model_type model_logistic;

/* What a spec names: a net for data of so many features and classes, of->type
   being NULL; or an objective, the shape having no layers and no features.  0,
   or -1 and a sentence. */
int model_read (const char *spec, size_t features, size_t classes,
                net_shape *shape, objective *of, numsys_error *error);

#endif
