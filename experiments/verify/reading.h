/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading lines of cases that another implementation answered: what judges of
   all kinds of cases have in common.  */

#ifndef EXPERIMENTS_VERIFY_READING_H
#define EXPERIMENTS_VERIFY_READING_H

#include <stdint.h>
#include <stdio.h>

#include "numsys/numsys.h"

typedef struct verify_reading
{
  uint64_t line;         /* the one taken last; from 1 */
  uint64_t malformed;    /* lines */
} verify_reading;

/* Gives every line of a stream to take, which returns -1 and a sentence to
   stop.  0, or -1 and a sentence. */
int verify_reading_each (verify_reading *reading, FILE *from,
                         int (*take) (void *closure, const char *line,
                                      numsys_error *error),
                         void *closure, numsys_error *error);

/* Counts the present line as malformed; the first few are named on standard
   error. */
void verify_reading_malformed (verify_reading *reading,
                               const numsys_error *why);

/* Prints how many cases were judged, and how many wrong ones were not shown. */
void verify_reading_print (const verify_reading *reading, uint64_t cases,
                           uint64_t wrong, uint64_t shown);

/* 0 when all was right, 1 when anything was wrong or malformed, -1 and a
   sentence when there was no case. */
int verify_reading_verdict (const verify_reading *reading, uint64_t cases,
                            uint64_t wrong, numsys_error *error);

#endif
