/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What steps on float32 weights (step.c) and on stored codes (step_codes.c)
   share.  Not installed.  */

#ifndef OPTIM_STEP_H
#define OPTIM_STEP_H

#include "optim/loops.h"

/* Elements of a slice, at most. */
enum { OPTIM_SLICE = 1024 };

/* Weights as codes. */
typedef struct optim_codes
{
  optim_layout layout;
  uint32_t limit;
  size_t size;        /* of an element */
} optim_codes;

/* The elements first .. first + n - 1 of a step. */
typedef struct optim_span
{
  optim_tensor *tensor;
  const optim_storage *storage;
  int shifts;
  double gamma;       /* with shifts: steps of U's grid in an octave */
  float limit;
  int has_moments;    /* all moments are stored already */
  const optim_codes *codes;   /* NULL: weights are floats */
  size_t first, n;
} optim_span;

/* Moves a span's weights, w being the first of them, and stores them. */
typedef void optim_span_step (const optim_span *s, const float g[], void *w,
                              optim_counts *counts);

/* Of float32 weights. */
void optim_span_step_floats (const optim_span *s, const float g[], void *w,
                             optim_counts *counts);

/* Moments, unless they are stored, and proposals. */
void optim_span_propose (const optim_span *s, const float g[],
                         const float w[], float proposal[]);

/* Factors of weights, or, with shifts, changes in steps of the grid. */
void optim_span_changes (const optim_span *s, const float proposal[],
                         float out[]);

void optim_tally_add (const optim_tally *tally, optim_counts *counts);

/* All of a step's elements first .. first + n - 1. */
optim_span optim_span_of (optim_tensor *tensor, const optim_storage *storage,
                          size_t first, size_t n);

/* Goes through them by spans; weights are of `size' bytes. */
void optim_step_spans (const optim_span *whole, size_t size, const float g[],
                       void *w, optim_counts *counts, optim_span_step *step);

#endif
