/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys results: the upkeep of stored runs.  */

#include <config.h>

#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "experiments/command.h"
#include "experiments/results/runs.h"
#include "experiments/driver/run.h"

typedef struct request
{
  const char *action, *dir;
  size_t good, bad;
} request;

static int
list_run (void *closure, const char *path, const store_hash *hash)
{
  static const char *const shown[]
    = { "status", "test_accuracy", "seed", "optimizer", "W", "A", "E", "G",
        "U" };
  request *asked = closure;
  numsys_error error;
  runs_file file;

  if (runs_read (path, &file, &error) != 0)
    {
      asked->bad++;
      printf ("%s\tdamaged\n", hash->text);
      return 0;
    }
  asked->good++;
  printf ("%s", hash->text);
  for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
    {
      const char *value = runs_value (&file, shown[i]);
      printf ("\t%s", value != NULL ? value : "-");
    }
  putchar ('\n');
  runs_free (&file);
  return 0;
}

static int
list_failed (void *closure, const char *path, const store_hash *hash)
{
  numsys_error error;
  runs_file file;

  (void) closure;
  if (runs_read (path, &file, &error) == 0)
    {
      const char *why = runs_value (&file, "sentence");
      printf ("%s\tfailed\t%s\n", hash->text, why != NULL ? why : "-");
      runs_free (&file);
    }
  return 0;
}

/* A result is whole, and is the run that its name says. */
static int
verify_run (void *closure, const char *path, const store_hash *hash)
{
  request *asked = closure;
  const char *said;
  numsys_error error;
  runs_file file;

  if (runs_read (path, &file, &error) != 0)
    {
      asked->bad++;
      printf ("%s.\n", error.text);
      return 0;
    }
  said = runs_value (&file, "hash");
  if (said != NULL && strcmp (said, hash->text) == 0)
    asked->good++;
  else
    {
      asked->bad++;
      printf ("%s holds another run: %s.\n", path,
              said != NULL ? said : "none");
    }
  runs_free (&file);
  return 0;
}

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  request *asked = state->input;

  switch (key)
    {
    case ARGP_KEY_ARG:
      if (state->arg_num == 0 && strcmp (argument, "list") != 0
          && strcmp (argument, "verify") != 0)
        argp_error (state, "'%s' is not list or verify", argument);
      if (state->arg_num > 1)
        argp_error (state, "one folder at a time: '%s' is too much",
                    argument);
      if (state->arg_num == 0)
        asked->action = argument;
      else
        asked->dir = argument;
      return 0;
    case ARGP_KEY_END:
      if (state->arg_num < 2)
        argp_error (state, "what to do (list or verify), and which folder?");
      return 0;
    default:
      return ARGP_ERR_UNKNOWN;
    }
}

static int
run (int argc, char **argv)
{
  static const struct argp argp = {
    NULL, parse, "list DIR\nverify DIR",
    "Lists the runs stored in DIR, or judges whether each file is whole and "
    "in its place.", NULL, NULL, NULL
  };
  request asked = { NULL, NULL, 0, 0 };
  numsys_error error;
  int is_list;

  argp_parse (&argp, argc, argv, 0, NULL, &asked);
  is_list = strcmp (asked.action, "list") == 0;
  if (runs_each (asked.dir, RUN_RESULT, is_list ? list_run : verify_run,
                 &asked, &error) != 0
      || (is_list && runs_each (asked.dir, RUN_FAILED, list_failed,
                                &asked, &error) != 0))
    return command_fail (&error);
  if (!is_list)
    printf ("%zu runs are whole, %zu are not.\n", asked.good, asked.bad);
  return asked.bad == 0 ? COMMAND_DONE : COMMAND_FAILED;
}

const command command_results = {
  .name = "results",
  .summary = "list or verify the runs stored in a folder",
  .run = run,
};
