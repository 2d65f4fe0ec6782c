/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reporting test results in TAP.  */

#include <config.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/tap/tap.h"

static unsigned done;

static int
report (int passed, const char *description, va_list arguments)
{
  printf ("%sok %u - ", passed ? "" : "not ", ++done);
  vprintf (description, arguments);
  putchar ('\n');
  fflush (stdout);
  return passed;
}

void
plan (unsigned count)
{
  printf ("1..%u\n", count);
}

void
skip_all (const char *why)
{
  printf ("1..0 # SKIP %s\n", why);
  exit (0);
}

void
skip (const char *why)
{
  printf ("ok %u # SKIP %s\n", ++done, why);
}

void
bail_out (const char *why, ...)
{
  va_list arguments;

  fputs ("Bail out! ", stdout);
  va_start (arguments, why);
  vprintf (why, arguments);
  va_end (arguments);
  putchar ('\n');
  exit (255);
}

int
ok (int passed, const char *description, ...)
{
  va_list arguments;

  va_start (arguments, description);
  report (passed, description, arguments);
  va_end (arguments);
  return passed;
}

int
is_int (int64_t wanted, int64_t seen, const char *description, ...)
{
  const int passed = wanted == seen;
  va_list arguments;

  va_start (arguments, description);
  report (passed, description, arguments);
  va_end (arguments);
  if (!passed)
    diag ("wanted %" PRId64 ", saw %" PRId64, wanted, seen);
  return passed;
}

int
is_string (const char *wanted, const char *seen, const char *description, ...)
{
  const int passed = wanted == seen
                     || (wanted != NULL && seen != NULL
                         && strcmp (wanted, seen) == 0);
  va_list arguments;

  va_start (arguments, description);
  report (passed, description, arguments);
  va_end (arguments);
  if (!passed)
    diag ("wanted '%s', saw '%s'", wanted ? wanted : "(null)",
          seen ? seen : "(null)");
  return passed;
}

int
is_double (double wanted, double seen, const char *description, ...)
{
  const int passed = (isnan (wanted) && isnan (seen))
                     || memcmp (&wanted, &seen, sizeof wanted) == 0;
  va_list arguments;

  va_start (arguments, description);
  report (passed, description, arguments);
  va_end (arguments);
  if (!passed)
    diag ("wanted %a (%.17g), saw %a (%.17g)", wanted, wanted, seen, seen);
  return passed;
}

int
is_near (double wanted, double seen, double tolerance, const char *description,
         ...)
{
  const int passed = fabs (wanted - seen) <= tolerance;
  va_list arguments;

  va_start (arguments, description);
  report (passed, description, arguments);
  va_end (arguments);
  if (!passed)
    diag ("wanted %.17g within %g, saw %.17g", wanted, tolerance, seen);
  return passed;
}

void
diag (const char *message, ...)
{
  va_list arguments;

  fputs ("# ", stdout);
  va_start (arguments, message);
  vprintf (message, arguments);
  va_end (arguments);
  putchar ('\n');
}
