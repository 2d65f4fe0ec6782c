/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line on standard error that says how far the work is: rewritten in place
   on a terminal, else printed anew now and then.  */

#ifndef EXPERIMENTS_DRIVER_PROGRESS_H
#define EXPERIMENTS_DRIVER_PROGRESS_H

#include <stddef.h>

typedef struct progress
{
  double begun, shown;     /* clock, seconds */
  const char *unit;        /* what is done: "runs" */
  int is_terminal, quiet;
} progress;

void progress_begin (progress *state, const char *unit, int quiet);

/* part: of all cost, 0..1; at most ten times a second on a terminal. */
void progress_show (progress *state, size_t done, size_t count,
                    size_t broken, double part);

/* Shows the last state and ends the line. */
void progress_end (progress *state, size_t done, size_t count,
                   size_t broken);

/* Ends it without a trace on a terminal. */
void progress_erase (progress *state);

/* Seconds as "2 h 5 min", "3 min 20 s", "8 s". */
void progress_duration (double seconds, char out[32]);

#endif
