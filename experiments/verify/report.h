/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found, as a table or as TAP.  */

#ifndef EXPERIMENTS_VERIFY_REPORT_H
#define EXPERIMENTS_VERIFY_REPORT_H

#include <stdio.h>

#include "experiments/verify/verify.h"

typedef struct verify_report
{
  FILE *stream;
  int is_tap;
  int is_outward;           /* bias is of magnitudes: it does not cancel between
                               signs */
  unsigned lines;           /* of the table, or tests */
  uint64_t cases, wrong;    /* of all */
} verify_report;

/* Who is judged, and how to do it again. */
void verify_report_begin (verify_report *report, const char *spec,
                          const char *subject, uint64_t seed);
/* One question's tallies: one line a rounding, or in a table one for all if
   nothing is wrong.  */
void verify_report_add (verify_report *report, const verify_plan *plan,
                        size_t roundings, const verify_tally tally[]);
void verify_report_end (verify_report *report);

/* "add 0x3f (0x1.8p+1), 0x01 (0x1p-3): wanted 0x40 (...), saw 0x41 (...), 1
   step too high; exactly ..."; free it. */
char *verify_explain (const verify_question *question,
                      const verify_wrong *wrong, int shows_word);

/* Digits of a code in hexadecimal. */
int verify_digits (const oracle_system *system);

/* Whether a rounding reads the random word. */
int verify_is_stochastic (numsys_rounding rounding);

#endif
