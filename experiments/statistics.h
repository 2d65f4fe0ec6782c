/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What quantizers would do to a user's arrays: a line an array and spec, with
   the columns of measure.h.  */

#ifndef EXPERIMENTS_STATISTICS_H
#define EXPERIMENTS_STATISTICS_H

#include <stdio.h>
#include "numsys/type.h"

typedef struct statistics_request
{
  size_t specs, files;
  const char **spec;       /* at least one */
  const char **file;       /* none: standard input */
  uint32_t seed;           /* of stochastic rounding */
  int exponents;           /* the arrays' histograms of floor (log2 |x|) in
                              place of errors; no specs are needed */
  int is_for_people;       /* columns that fit a terminal, aligned, few
                              digits; else all, between tabs, all digits */
} statistics_request;

/* 0, or -1 and a sentence. */
int statistics_print (const statistics_request *asked, FILE *stream,
                      numsys_error *error);

/* Draws one array into FILE.svg, pdf or png: its numbers by octaves, the range
   of each spec (at the scale of the whole array, whatever its scaling) and the
   error that it makes.  0, or -1 and a sentence. */
int statistics_draw (const statistics_request *asked, const char *file,
                     numsys_error *error);

#endif
