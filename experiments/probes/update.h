/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of one update of an array of weights, told slice by slice.

   change      D = log2 |w'| - log2 |w|, w' being the weight after the update
               and before it is stored; where the update is an integer add on a
               stored exponent, D is the number added by gamma
   log error   r, the sum of (log2 |w^U| - log2 |w'|)^2, w^U being the weight
               as stored (the r_t of arXiv 2106.13914)

   Both are of weights that are zero neither before nor after; in the log error,
   also of those that neither the rule's bound nor the ends of a grid of
   exponents held back.

   A multiplicative rule changes no sign.  Its additive counterpart moves each
   weight as far as the same D moves a weight of the array's root mean square,
   by ln 2 rms (w) D to first order: additive_flips counts the weights that
   this would carry across zero.  Of an additive rule it counts those that
   change sign before they are stored.  */

#ifndef EXPERIMENTS_PROBES_UPDATE_H
#define EXPERIMENTS_PROBES_UPDATE_H

#include <stdio.h>
#include "analysis/exponents.h"
#include "optim/optim.h"

typedef struct probe_update
{
  int is_multiplicative;
  double unit;               /* ln 2 rms (w) */
  uint64_t updates, swallowed, flips, additive_flips, bounded;
  uint64_t changes, logs;    /* weights with a change, with a log error */
  double l1, l2_squared;     /* sums of |D| and of D^2 */
  double log_error;
  uint64_t due[ANALYSIS_EXPONENTS], lost[ANALYSIS_EXPONENTS];
  uint64_t due_zeros, lost_zeros;
} probe_update;

/* Begins, with the weights before the step. */
void probe_update_begin (probe_update *u, int is_multiplicative, size_t n,
                         const float w[]);
void probe_update_add (probe_update *u, const optim_slice *slice);

/* A tab and the name, or the number, of each column. */
extern const char probe_update_columns[];
void probe_update_print (const probe_update *u, FILE *stream);

/* Lines of exponent, updates and swallowed ones, each after prefix. */
void probe_update_print_bins (const probe_update *u, const char *prefix,
                              FILE *stream);

#endif
