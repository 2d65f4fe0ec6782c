/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Softmax and cross-entropy.  */

#ifndef EXPERIMENTS_WORKLOADS_LOSS_H
#define EXPERIMENTS_WORKLOADS_LOSS_H

#include <stddef.h>
#include <stdint.h>

/* Sum over the batch of the cross-entropy of softmax (logits) and labels,
   logits being (batch, classes).  e, unless NULL, becomes its gradient divided
   by batch.  *right grows by the examples whose prediction is the label: the
   first class whose logit no other exceeds, the first of all if the logits
   are NaN, so that a net that has diverged guesses.  */
double loss_softmax (size_t batch, size_t classes, const float logits[],
                     const uint8_t label[], float e[], size_t *right);

#endif
