/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys run: a study, from its file to its figures.  */

#include <config.h>

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "experiments/command.h"
#include "experiments/driver/conduct.h"
#include "experiments/driver/options.h"
#include "experiments/results/memory.h"
#include "experiments/workloads/threads.h"

#define MOST_JOBS 4096

enum { KEY_SHARD = 256 };

typedef struct request
{
  conduct_options given;
  opening_options study;
} request;

static const struct argp_option options[] = {
  { "out", 'o', "DIR", 0, "Where results go (default: results/STUDY)", 0 },
  { "dry-run", 'n', NULL, 0, "Show the runs and their cost, write nothing",
    0 },
  { "jobs", 'j', "N", 0, "Runs at a time (default: one a processor)", 0 },
  { "threads", 't', "N", 0,
    "Threads of each run, for a few runs of large nets; results are the same "
    "bytes (default: 1)", 0 },
  { "shard", KEY_SHARD, "I/N", 0,
    "Do the I-th of N parts of the runs: N such commands, on any machines, "
    "share DIR or have their DIR/runs copied together", 0 },
  { "quiet", 'q', NULL, 0, "Print trouble only", 0 },
  { NULL, 0, NULL, 0, NULL, 0 }
};

static int
read_count (const char *text, unsigned *count)
{
  char *end;
  const long value = strtol (text, &end, 10);

  *count = (unsigned) value;
  return end == text || *end != '\0' || value < 1 || value > MOST_JOBS ? -1
                                                                       : 0;
}

/* I/N */
static int
read_shard (const char *text, conduct_options *out)
{
  const char *slash = strchr (text, '/');
  char *first;
  int result;

  if (slash == NULL)
    return -1;
  first = memory_format ("%.*s", (int) (slash - text), text);
  result = read_count (first, &out->shard);
  free (first);
  return result != 0 || read_count (slash + 1, &out->shards) != 0
         || out->shard > out->shards ? -1 : 0;
}

static void
read_threads (conduct_options *out, const char *text,
              struct argp_state *state)
{
  if (read_count (text, &out->threads) == 0
      && out->threads <= threads_most ())
    return;
  if (threads_most () == 1)
    argp_error (state, "--threads '%s' is not 1: this numsys was built "
                "without OpenMP", text);
  argp_error (state, "--threads '%s' is not a number from 1 to %u", text,
              threads_most ());
}

/* The options that are numbers. */
static void
read_number (conduct_options *out, int key, const char *argument,
             struct argp_state *state)
{
  if (key == 'j' && read_count (argument, &out->jobs) != 0)
    argp_error (state, "--jobs '%s' is not a number from 1 to %d", argument,
                MOST_JOBS);
  if (key == 't')
    read_threads (out, argument, state);
  if (key == KEY_SHARD && read_shard (argument, out) != 0)
    argp_error (state, "--shard '%s' is not I/N with 1 <= I <= N", argument);
}

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  request *asked = state->input;
  conduct_options *out = &asked->given;

  switch (key)
    {
    case ARGP_KEY_INIT:
      state->child_inputs[0] = &asked->study;
      break;
    case 'o':
      out->dir = argument;
      break;
    case 'n':
      out->dry_run = 1;
      break;
    case 'j':
    case 't':
    case KEY_SHARD:
      read_number (out, key, argument, state);
      break;
    case 'q':
      out->quiet = 1;
      break;
    default:
      return ARGP_ERR_UNKNOWN;
    }
  return 0;
}

static int
run (int argc, char **argv)
{
  static const struct argp_child children[] = {
    { &opening_options_argp, 0, NULL, 0 }, { NULL, 0, NULL, 0 }
  };
  static const struct argp argp = {
    options, parse, "STUDY",
    "Runs a study, given by name or by its file, and leaves runs, "
    "results.tsv, tables and figures in DIR.  Runs that are there already "
    "are not repeated: the same command goes on where an earlier one "
    "stopped.", children, NULL, NULL
  };
  request asked = {
    .given = { .threads = 1, .shard = 1, .shards = 1 },
    .study.asked.size = "full",
  };
  const long processors = sysconf (_SC_NPROCESSORS_ONLN);
  numsys_error error;
  int status;

  asked.given.jobs = processors > 0 ? (unsigned) processors : 1;
  argp_parse (&argp, argc, argv, 0, NULL, &asked);
  asked.given.study = asked.study.asked;
  status = conduct (&asked.given, &error);
  free (asked.study.set);
  return status == 0 ? COMMAND_DONE : command_fail (&error);
}

const command command_run = {
  .name = "run",
  .summary = "run a study: its tables and figures come out",
  .run = run,
};
