/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys data: which data sets there are, and where.  */

#include <config.h>

#include <argp.h>
#include <inttypes.h>
#include <stdio.h>

#include "experiments/command.h"
#include "experiments/data/data.h"

static void
print_source (const data_source *source, const char *folder)
{
  const char *where = folder != NULL ? folder : source->folder;
  numsys_error error;
  data_set set;

  printf ("%s: %s\n", source->name, source->summary);
  if (source->is_made)
    return;
  if (where == NULL)
    printf ("  not shipped by Debian: give its folder with --data DIR\n");
  else if (data_load (source->name, folder, &set, &error) != 0)
    printf ("  %s\n", error.text);
  else
    {
      printf ("  found in %s: %zu + %zu examples, %zu features, %zu classes, "
              "hash %016" PRIx64 "\n", where, set.train.count,
              set.test.count, set.features, set.classes, set.hash);
      data_free (&set);
    }
}

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  const char **folder = state->input;

  if (key == 'd')
    *folder = argument;
  else if (key == ARGP_KEY_ARG)
    argp_error (state, "no argument is expected: '%s' is too much", argument);
  else
    return ARGP_ERR_UNKNOWN;
  return 0;
}

static int
run (int argc, char **argv)
{
  static const struct argp_option options[] = {
    { "data", 'd', "DIR", 0, "Look for each data set in this folder", 0 },
    { NULL, 0, NULL, 0, NULL, 0 }
  };
  static const struct argp argp = {
    options, parse, NULL,
    "Lists the data sets, and which of them are found, and where.", NULL,
    NULL, NULL
  };
  const char *folder = NULL;

  argp_parse (&argp, argc, argv, 0, NULL, &folder);
  for (const data_source *const *s = data_sources; *s != NULL; s++)
    print_source (*s, folder);
  return COMMAND_DONE;
}

const command command_data = {
  .name = "data",
  .summary = "list the data sets, found and where",
  .run = run,
};
