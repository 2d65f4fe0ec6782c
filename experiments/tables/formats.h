/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What theory and figures must know of a role's format, from its spec.  */

#ifndef EXPERIMENTS_TABLES_FORMATS_H
#define EXPERIMENTS_TABLES_FORMATS_H

#include "experiments/report/report.h"

typedef struct format_facts
{
  const char *family;          /* "lns", "float", "fixed", ... */
  int is_exact;                /* float32 itself */
  unsigned bits;
  double gamma, significand;   /* NaN where the family has no such key */
} format_facts;

/* 0, or -1 and a sentence. */
int formats_facts_of (const char *spec, format_facts *out,
                      numsys_error *error);

/* The least and the largest positive values. */
typedef struct format_range
{
  double least, largest;
} format_range;

/* At the scale for data of this largest magnitude.  Of at most 16 bits; 0, or
   -1 and a sentence. */
int formats_range_of (const char *spec, double largest, format_range *out,
                      numsys_error *error);

/* What rounding to nearest adds, as shares of a value: */
typedef struct format_theory
{
  double noise;      /* root mean square error by that of the values */
  double relative;   /* root mean square of the relative error */
} format_theory;

/* Of values whose logarithms are spread evenly, within the format's range:

   lns     both ln 2 / (gamma sqrt 12), to first order in 1 / gamma
   float   of m stored bits: errors are spread evenly over a gap, 2^-m in the
           octave from 1, so that their mean square is 4^-m / 12; there the
           mean of x^2 is 3 / (2 ln 2), that of 1 / x^2 is 3 / (8 ln 2)

   NaN for other families: fixed point has an error of its own, step / sqrt 12,
   whatever the values are.  */
format_theory formats_theory_of (const format_facts *facts);

#endif
