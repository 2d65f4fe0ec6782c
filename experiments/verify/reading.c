/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading lines of cases.  */

#include <config.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/verify/reading.h"
#include "numsys/spec.h"

/* Malformed lines that are named. */
enum { NAMED = 5 };

int
verify_reading_each (verify_reading *reading, FILE *from,
                     int (*take) (void *closure, const char *line,
                                  numsys_error *error),
                     void *closure, numsys_error *error)
{
  char *line = NULL;
  size_t room = 0;
  int status = 0;

  while (status == 0 && getline (&line, &room, from) >= 0)
    {
      reading->line++;
      status = take (closure, line, error);
    }
  if (status == 0 && ferror (from))
    {
      numsys_error_set (error, "cannot read the answers: %s",
                        strerror (errno));
      status = -1;
    }
  free (line);
  return status;
}

void
verify_reading_malformed (verify_reading *reading, const numsys_error *why)
{
  if (reading->malformed++ >= NAMED)
    return;
  fflush (stdout);
  fprintf (stderr, "numsys: line %" PRIu64 ": %s.\n", reading->line,
           why->text);
}

void
verify_reading_print (const verify_reading *reading, uint64_t cases,
                      uint64_t wrong, uint64_t shown)
{
  if (wrong > shown)
    printf ("... and %" PRIu64 " more\n", wrong - shown);
  printf ("%" PRIu64 " cases judged, %" PRIu64 " wrong, %" PRIu64
          " malformed line%s\n", cases, wrong, reading->malformed,
          reading->malformed == 1 ? "" : "s");
}

int
verify_reading_verdict (const verify_reading *reading, uint64_t cases,
                        uint64_t wrong, numsys_error *error)
{
  if (wrong > 0 || reading->malformed > 0)
    return 1;
  if (cases > 0)
    return 0;
  numsys_error_set (error, "there is no case to judge");
  return -1;
}
