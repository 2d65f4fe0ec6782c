/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases as lines of text: hexadecimal codes without a prefix, separated by one
   blank; first the operands (of a dot product all of the first vector, then
   the second), then, for a stochastic rounding, the random word, then the
   result.  The result of compare is -1, 0, 1 or 2.  Lines that begin with # are
   comments, and tell the reader what the cases are.  */

#ifndef EXPERIMENTS_VERIFY_LINES_H
#define EXPERIMENTS_VERIFY_LINES_H

#include <stdio.h>

#include "experiments/verify/verify.h"

typedef struct verify_format
{
  const verify_question *question;
  numsys_rounding rounding;
  unsigned random_bits;
} verify_format;

/* The comments that stand before all cases of a plan. */
void verify_write_heading (FILE *stream, const verify_format *format,
                           const verify_plan *plan);

/* Case i of a batch, and its result. */
void verify_write_case (FILE *stream, const verify_format *format,
                        const verify_batch *batch, size_t i, uint32_t result);

typedef enum verify_line
{
  VERIFY_LINE_CASE,
  VERIFY_LINE_EMPTY,      /* blank, or a comment */
  VERIFY_LINE_BAD,        /* error says what is wrong */
  VERIFY_LINE_OTHER       /* a heading of cases of another kind: so does it */
} verify_line;

/* Reads a line as case i of a batch, and the result. */
verify_line verify_read_case (const char *line, const verify_format *format,
                              verify_batch *batch, size_t i, uint32_t *result,
                              numsys_error *error);

#endif
