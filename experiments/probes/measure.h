/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a quantizer does to an array, measured: its error, its events, the
   codes that it uses.  The array is read a piece at a time and not copied;
   values are those that numsys_quantize gives.  */

#ifndef EXPERIMENTS_PROBES_MEASURE_H
#define EXPERIMENTS_PROBES_MEASURE_H

#include <stdio.h>
#include "analysis/codes.h"
#include "analysis/error.h"
#include "analysis/exponents.h"
#include "analysis/frequencies.h"
#include "analysis/values.h"
#include "numsys/numsys.h"

/* Arrays measured one after the other are taken together. */
typedef struct measure
{
  const numsys_quantizer *quantizer;   /* borrowed; NULL: float32 */
  analysis_error error;
  float largest;          /* magnitude, NaN and infinity left out */
  numsys_events events;
  int has_codes;          /* of at most ANALYSIS_CODES_MOST_BITS bits */
  uint32_t zero;          /* the code that all zeros are taken for */
  numsys_scale scale;     /* the present one */
  analysis_values values; /* quantized at it, finite: as good as codes, and
                             sooner found, while there is one scale */
  analysis_codes codes;   /* of the values at other scales */
  int is_coded;           /* whether there were any */
  double numbers;         /* that the system has codes for */
} measure;

/* -1 when memory ran out. */
int measure_init (measure *m, const numsys_quantizer *quantizer);
void measure_clear (measure *m);   /* a zeroed one is allowed */
void measure_reset (measure *m);

/* An array as numsys_quantize takes it. */
typedef struct measure_array
{
  size_t rows, columns;
  int channel_axis;
  const float *x;
  const numsys_random *random;
} measure_array;

void measure_add (measure *m, const measure_array *array);

/* x[0..n) that was brought to q[0..n), values of the quantizer's system at
   scale; its events are the caller's to add. */
void measure_add_pairs (measure *m, numsys_scale scale, size_t n,
                        const float x[], const float q[]);

/* How the codes of finite values are used; all zeros are one. */
analysis_frequencies measure_codes (measure *m);

/* Names of the columns below, and a tab before each. */
extern const char measure_columns[];

/* A tab and a number for each column, `-' where it does not apply: values,
   zeros, nan, infinite; the errors of analysis/error.h; codes used, their
   share of the system's numbers and their entropy in bits, all of finite
   values (codes of more than ANALYSIS_CODES_MOST_BITS are not counted);
   events; least and greatest floor (log2 |x|), and the largest finite |x|. */
void measure_print (measure *m, const analysis_exponents *exponents,
                    FILE *stream);

#endif
