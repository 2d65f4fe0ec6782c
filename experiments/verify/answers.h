/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judgement of what a simulator, an FPGA or a library answered.  */

#ifndef EXPERIMENTS_VERIFY_ANSWERS_H
#define EXPERIMENTS_VERIFY_ANSWERS_H

#include <stdio.h>

#include "experiments/verify/lines.h"

/* Judges the lines of a stream, which are cases of this format with another's
   results, and prints to standard output: the first wrong ones explained, then
   counts.  Malformed lines are named by number on standard error.  0, 1 when
   anything was wrong or malformed, -1 and a sentence. */
int verify_answers (const verify_format *format, FILE *from,
                    numsys_error *error);

#endif
