/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys studies: which studies there are.  */

#include <config.h>

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>

#include "experiments/command.h"
#include "experiments/study/grid.h"
#include "experiments/study/studies.h"

static size_t
count_runs (const study_file *study)
{
  size_t count = 0;

  for (size_t i = 0; i < study->groups; i++)
    {
      size_t points = 1;
      for (size_t j = 0; j < study->group[i].axes; j++)
        points *= study->group[i].axis[j].points;
      count += points;
    }
  return count;
}

/* Name, question, runs of each size. */
static int
print_study (const char *name)
{
  static const char *const sizes[] = { "smoke", "quick", "full" };
  numsys_error error;
  char *path = studies_find (name, &error);
  int status = COMMAND_DONE;

  for (size_t i = 0; path != NULL && i < 3 && status == COMMAND_DONE; i++)
    {
      study_file study;

      if (study_read (path, sizes[i], &study, &error) != 0)
        status = command_fail (&error);
      else
        {
          if (i == 0)
            printf ("%s\n  %s\n  runs: ", name, study.question);
          printf ("%s%zu %s", i > 0 ? ", " : "", count_runs (&study),
                  sizes[i]);
        }
      study_free (&study);
    }
  if (path == NULL)
    return command_fail (&error);
  if (status == COMMAND_DONE)
    printf ("\n  file: %s\n", path);
  free (path);
  return status;
}

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  if (key != ARGP_KEY_ARG)
    return ARGP_ERR_UNKNOWN;
  argp_error (state, "no argument is expected: '%s' is too much", argument);
  return 0;
}

static int
run (int argc, char **argv)
{
  static const struct argp argp = {
    NULL, parse, NULL,
    "Lists the studies that are known by name.  A study is a short text "
    "file; to make one, copy one of these and run it by ./FILE.cfg.",
    NULL, NULL, NULL
  };
  int status = COMMAND_DONE;
  char **names;

  argp_parse (&argp, argc, argv, 0, NULL, NULL);
  names = studies_list ();
  for (char **name = names; *name != NULL; name++)
    {
      if (print_study (*name) != COMMAND_DONE)
        status = COMMAND_FAILED;
      free (*name);
    }
  free (names);
  return status;
}

const command command_studies = {
  .name = "studies",
  .summary = "list the studies that are known by name",
  .run = run,
};
