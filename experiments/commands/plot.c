/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys plot: tables and figures again, without a rerun.  */

#include <config.h>

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>

#include "experiments/command.h"
#include "experiments/driver/provenance.h"
#include "experiments/report/report.h"
#include "experiments/results/memory.h"

enum { KEY_TEXT = 256 };

static const struct argp_option options[] = {
  { "figure", 'f', "NAME", 0, "This figure only", 0 },
  { "set", 's', "NAME=VALUE", 0,
    "Set a look of gnuplot's before a figure is drawn, as 'xrange=[0:1]'; may "
    "be repeated", 0 },
  { "text", KEY_TEXT, NULL, 0,
    "Print figures as text, from the tables that are there; write nothing",
    0 },
  { NULL, 0, NULL, 0, NULL, 0 }
};

/* What the command line says. */
typedef struct request
{
  const char *dir;
  report_options how;
  const char **set;   /* ended by NULL once it is whole */
  size_t sets;
} request;

static void
add_set (request *out, const char *assignment)
{
  out->set = memory_grow (out->set, out->sets, sizeof out->set[0]);
  out->set[out->sets++] = assignment;
}

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  request *out = state->input;

  switch (key)
    {
    case 'f':
      out->how.figure = argument;
      return 0;
    case 's':
      add_set (out, argument);
      return 0;
    case KEY_TEXT:
      out->how.is_text = 1;
      return 0;
    case ARGP_KEY_ARG:
      if (state->arg_num > 0)
        argp_error (state, "one folder at a time: '%s' is too much",
                    argument);
      out->dir = argument;
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
    options, parse, "DIR",
    "Makes the tables and figures of a study again from DIR/results.tsv.",
    NULL, NULL, NULL
  };
  request given = { .dir = NULL };
  numsys_error error;
  study_file study;
  int result;

  argp_parse (&argp, argc, argv, 0, NULL, &given);
  add_set (&given, NULL);
  given.how.set = given.set;
  result = provenance_read (given.dir, &study, &error);
  if (result == 0)
    result = report_study (&study, given.dir, &given.how, &error);
  study_free (&study);
  free (given.set);
  return result == 0 ? COMMAND_DONE : command_fail (&error);
}

const command command_plot = {
  .name = "plot",
  .summary = "make tables and figures again, without a rerun",
  .run = run,
};
