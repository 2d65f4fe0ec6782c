/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys plot: tables and figures again, without a rerun.  */

#include <config.h>

#include <argp.h>
#include <stdio.h>

#include "experiments/command.h"
#include "experiments/provenance.h"
#include "experiments/report.h"

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  const char **dir = state->input;

  switch (key)
    {
    case ARGP_KEY_ARG:
      if (state->arg_num > 0)
        argp_error (state, "one folder at a time: '%s' is too much",
                    argument);
      *dir = argument;
      return 0;
    case ARGP_KEY_NO_ARGS:
      argp_error (state, "which folder of results?");
      return 0;
    default:
      return ARGP_ERR_UNKNOWN;
    }
}

static int
run (int argc, char **argv)
{
  static const struct argp argp = {
    NULL, parse, "DIR",
    "Makes the tables and figures of a study again from DIR/results.tsv.",
    NULL, NULL, NULL
  };
  const char *dir = NULL;
  numsys_error error;
  study_file study;
  int result;

  argp_parse (&argp, argc, argv, 0, NULL, &dir);
  result = provenance_read (dir, &study, &error);
  if (result == 0)
    result = report_study (&study, dir, &error);
  study_free (&study);
  return result == 0 ? COMMAND_DONE : command_fail (&error);
}

const command command_plot = {
  .name = "plot",
  .summary = "make tables and figures again, without a rerun",
  .run = run,
};
