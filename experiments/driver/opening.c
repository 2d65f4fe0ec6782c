/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies, opened.  */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "experiments/driver/opening.h"
#include "experiments/study/studies.h"

int
opening_open (const opening_request *asked, opening *out, numsys_error *error)
{
  char *path = studies_find (asked->study, error);
  int result = -1;

  memset (out, 0, sizeof *out);
  if (path != NULL)
    result = study_read (path, asked->size, &out->study, error);
  free (path);
  for (size_t i = 0; i < asked->sets && result == 0; i++)
    result = study_set (&out->study, asked->set[i], error);
  if (result != 0 || grid_expand (&out->study, &out->runs, error) != 0
      || sets_load (&out->sets, &out->runs, asked->data, error) != 0)
    return -1;
  grid_identify (&out->runs, sets_find, &out->sets);
  return 0;
}

void
opening_close (opening *opened)
{
  sets_free (&opened->sets);
  grid_free (&opened->runs);
  study_free (&opened->study);
}
