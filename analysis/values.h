/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The different values of arrays, and how often each occurs, streamed: of
   quantized arrays, whose values are few.  */

#ifndef ANALYSIS_VALUES_H
#define ANALYSIS_VALUES_H

#include <stddef.h>
#include <stdint.h>
#include "analysis/frequencies.h"

typedef struct analysis_value
{
  uint32_t bits;    /* of the float */
  uint32_t count;   /* 0: nobody's place */
} analysis_value;

typedef struct analysis_values
{
  unsigned shift;
  analysis_value *place;   /* owned; 2^(32 - shift) of them */
  uint32_t *taken;         /* owned; places in the order of arrival */
  size_t different;
  uint64_t total;          /* numbers counted */
} analysis_values;

/* For at most so many different values, below 2^27; none seen.  -1 when memory
   ran out. */
int analysis_values_init (analysis_values *values, size_t most);
void analysis_values_clear (analysis_values *values);   /* zeroed: allowed */

/* Forgets what was seen. */
void analysis_values_reset (analysis_values *values);

/* Counts x[0..n), NaN and infinities left out; both zeros are one value.  At
   most UINT32_MAX numbers in all. */
void analysis_values_add (analysis_values *values, size_t n, const float x[]);

/* The values from the i-th on, by arrival, up to n of them, and their counts;
   returns how many. */
size_t analysis_values_get (const analysis_values *values, size_t i, size_t n,
                            float x[], uint64_t count[]);

analysis_frequencies
analysis_values_frequencies (const analysis_values *values);

#endif
