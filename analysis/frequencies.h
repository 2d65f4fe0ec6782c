/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often different things occur, and the entropy of that, streamed.  Begin
   with a zeroed object.  */

#ifndef ANALYSIS_FREQUENCIES_H
#define ANALYSIS_FREQUENCIES_H

#include <stddef.h>
#include <stdint.h>

typedef struct analysis_frequencies
{
  uint64_t used, total;
  double sum;              /* of n log2 n, n being counts */
} analysis_frequencies;

/* n things that occurred so many times each, be it 0. */
void analysis_frequencies_add (analysis_frequencies *frequencies, size_t n,
                               const uint64_t count[]);

/* - sum p log2 p in bits, p being the share of a thing: 0 when all were the
   same, NaN when there was none. */
double analysis_frequencies_entropy (const analysis_frequencies *frequencies);

#endif
