/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where numbers lie: a histogram of floor (log2 |x|), exact, streamed.  Begin
   with a zeroed object.  Zeros, NaN and infinities are counted apart; an empty
   array and one of zeros have empty bins.  */

#ifndef ANALYSIS_EXPONENTS_H
#define ANALYSIS_EXPONENTS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* floor (log2 |x|) of float32, subnormal numbers included. */
#define ANALYSIS_LEAST_EXPONENT (-149)
#define ANALYSIS_GREATEST_EXPONENT 127
#define ANALYSIS_EXPONENTS                                                    \
  (ANALYSIS_GREATEST_EXPONENT - ANALYSIS_LEAST_EXPONENT + 1)

typedef struct analysis_exponents
{
  uint64_t zeros, nan, infinite;
  uint64_t count[ANALYSIS_EXPONENTS];   /* from ANALYSIS_LEAST_EXPONENT up */
} analysis_exponents;

void analysis_exponents_add (analysis_exponents *exponents, size_t n,
                             const float x[]);
void analysis_exponents_merge (analysis_exponents *into,
                               const analysis_exponents *from);

/* The bin of a finite x other than zero: that of its exponent field, or of the
   leading bit where that field is 0. */
static inline unsigned
analysis_exponents_bin (float x)
{
  const unsigned fraction_bits = 23;
  uint32_t bits;
  unsigned field, leading = 0;

  memcpy (&bits, &x, sizeof bits);
  bits &= UINT32_C (0x7fffffff);
  field = bits >> fraction_bits;
  if (field > 0)
    return field + fraction_bits - 1;
  while (bits >> leading > 1)
    leading++;
  return leading;
}

/* The first and the last bin that is not empty; 0 when all are. */
int analysis_exponents_range (const analysis_exponents *exponents,
                              unsigned *first, unsigned *last);

#endif
