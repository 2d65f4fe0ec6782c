/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of study files that use other names: ${bits}, ${gamma * 2 ^ 8}.  */

#ifndef EXPERIMENTS_STUDY_EXPAND_H
#define EXPERIMENTS_STUDY_EXPAND_H

#include "experiments/study/study.h"

/* The names that a value may use: layers, the last one holding; a layer may
   be NULL. */
typedef struct expand_scope
{
  size_t count;
  const study_layer *const *layer;
} expand_scope;

/* The assignment that holds for name, or NULL. */
const study_assignment *expand_find (const expand_scope *scope,
                                     const char *name);

/* Value with each ${...} replaced: by the text that a single name stands for,
   or by the number that a sum, product or power of whole numbers and names
   gives.  Owned by the caller; NULL and a sentence. */
char *expand_value (const expand_scope *scope, const char *value,
                    numsys_error *error);

#endif
