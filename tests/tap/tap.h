/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reporting test results in TAP.  wanted comes before seen everywhere.  */

#ifndef TESTS_TAP_TAP_H
#define TESTS_TAP_TAP_H

#include <stdint.h>

/* Announces count tests; automake's driver fails a program that runs more or
   fewer, so an early exit is never taken for a pass.  */
void plan (unsigned count);

/* Ends the program, its tests not applicable; call instead of plan. */
void skip_all (const char *why) __attribute__ ((noreturn));

/* Counts one test as not applicable. */
void skip (const char *why);

/* Ends the program and the whole run of tests: nothing makes sense any more. */
void bail_out (const char *why, ...)
  __attribute__ ((noreturn, format (printf, 1, 2)));

/* Each returns passed. */
int ok (int passed, const char *description, ...)
  __attribute__ ((format (printf, 2, 3)));
int is_int (int64_t wanted, int64_t seen, const char *description, ...)
  __attribute__ ((format (printf, 3, 4)));
int is_string (const char *wanted, const char *seen, const char *description,
               ...) __attribute__ ((format (printf, 3, 4)));

/* Same number, bit for bit; any NaN equals any NaN. */
int is_double (double wanted, double seen, const char *description, ...)
  __attribute__ ((format (printf, 3, 4)));

/* |wanted - seen| <= tolerance; NaN is never near. */
int is_near (double wanted, double seen, double tolerance,
             const char *description, ...)
  __attribute__ ((format (printf, 4, 5)));

/* A remark in the log. */
void diag (const char *message, ...) __attribute__ ((format (printf, 1, 2)));

#endif
