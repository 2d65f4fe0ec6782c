/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a study's name to its figures.  */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "experiments/driver/bounded.h"
#include "experiments/driver/collect.h"
#include "experiments/driver/conduct.h"
#include "experiments/driver/forecast.h"
#include "experiments/driver/opening.h"
#include "experiments/driver/pool.h"
#include "experiments/driver/progress.h"
#include "experiments/driver/provenance.h"
#include "experiments/report/report.h"
#include "experiments/results/memory.h"
#include "experiments/results/runs.h"
#include "experiments/driver/run.h"
#include "numsys/spec.h"

typedef struct conductor
{
  const conduct_options *options;
  char *dir;
  opening opened;
  size_t missing;            /* runs of this shard that are not done */
  const grid_run **todo;     /* these */
  unsigned jobs, threads;    /* runs at a time, and of each */
  double predicted, taken;   /* seconds for them */
} conductor;

static int
open_study (conductor *c, numsys_error *error)
{
  const conduct_options *options = c->options;

  if (opening_open (&options->study, &c->opened, error) != 0)
    return -1;
  c->dir = options->dir != NULL
             ? memory_copy (options->dir)
             : memory_format ("results/%s", c->opened.study.name);
  return 0;
}

/* The runs of this shard that are not done.  A damaged result is told of, and
   done again. */
static void
find_missing (conductor *c)
{
  size_t index = 0;

  c->todo = memory_new (c->opened.runs.count, sizeof c->todo[0]);
  for (size_t i = 0; i < c->opened.runs.count; i++)
    {
      const grid_run *run = &c->opened.runs.run[i];
      numsys_error error;
      int done;

      if (!run->is_first
          || index++ % c->options->shards != c->options->shard - 1)
        continue;
      done = run_is_done (c->dir, &run->hash, &error);
      if (done < 0)
        fprintf (stderr, "numsys: %s; the run is done again.\n", error.text);
      if (done != 1)
        c->todo[c->missing++] = run;
    }
}

/* Runs at a time, and their threads. */
static void
choose_workers (conductor *c)
{
  const conduct_options *options = c->options;

  c->jobs = c->missing > 0 && c->missing < options->jobs
              ? (unsigned) c->missing : options->jobs;
  c->threads = options->threads;
}

/* What is quantized how. */
static int
introduce_runs (conductor *c, numsys_error *error)
{
  const grid_run *first = &c->opened.runs.run[0];
  training_settings settings = settings_for_training (&first->settings);
  const data_set *set = sets_find (&c->opened.sets,
                                   settings_get (&first->settings, "data"));
  int varies[SETTINGS_COUNT], any = 0;

  if (training_role_table (&settings, set, stdout, error) != 0)
    return -1;
  collect_varying (&c->opened.runs, varies);
  for (int k = 0; k < SETTINGS_COUNT; k++)
    if (varies[k])
      printf ("%s%s",
              any++ ? ", " : "\nThat is the first run.  Others differ in ",
              settings_table[k].key);
  printf ("%s\n", any ? "." : "");
  fflush (stdout);
  return 0;
}

/* The question, and what the first run is. */
static int
introduce (conductor *c, numsys_error *error)
{
  printf ("%s (%s): %s\n\n", c->opened.study.name, c->opened.study.size,
          c->opened.study.question);
  return c->opened.runs.count > 0 ? introduce_runs (c, error) : 0;
}

static int
run_missing (conductor *c, numsys_error *error)
{
  const pool_work work = {
    .dir = c->dir,
    .count = c->missing,
    .run = c->todo,
    .set = sets_find,
    .closure = &c->opened.sets,
    .jobs = c->jobs,
    .threads = c->threads,
    .quiet = c->options->quiet,
  };
  pool_tally tally;
  struct timespec start, end;

  if (c->missing == 0)
    return 0;
  c->predicted = forecast_seconds (c->dir, &c->opened.runs, c->todo, c->missing,
                                   work.jobs);
  clock_gettime (CLOCK_MONOTONIC, &start);
  pool_run (&work, &tally);
  clock_gettime (CLOCK_MONOTONIC, &end);
  c->taken = (double) (end.tv_sec - start.tv_sec)
             + 1e-9 * (double) (end.tv_nsec - start.tv_nsec);
  runs_clean (c->dir);
  if (tally.interrupted)
    numsys_error_set (error, "stopped after %zu of %zu runs: finished runs "
                      "are safe in %s, and the same command goes on from "
                      "there", tally.done, c->missing, c->dir);
  else if (tally.broken > 0)
    numsys_error_set (error, "%zu of %zu runs were done, %zu failed, the "
                      "first because: %s", tally.done, c->missing,
                      tally.broken, tally.first.text);
  return tally.interrupted || tally.broken > 0 ? -1 : 0;
}

/* How long the runs took, and were to take. */
static void
tell_time (const conductor *c)
{
  char taken[32], predicted[32];

  progress_duration (c->taken, taken);
  progress_duration (c->predicted, predicted);
  printf ("%zu runs took %s (jobs: %u, threads of each: %u); predicted were "
          "%s.\n", c->missing, taken, c->jobs, c->threads, predicted);
}

/* Of what the results tell that nobody may overlook. */
static void
warn (const char *dir)
{
  char *path = memory_format ("%s/results.tsv", dir);
  numsys_error ignored;
  results_table *results = table_read (path, &ignored);

  if (results != NULL)
    bounded_warn (results, stderr);
  table_free (results);
  free (path);
}

/* results.tsv of what is there; tables and figures once all is. */
static int
finish (conductor *c, numsys_error *error)
{
  static const report_options files;
  size_t absent;

  if (collect_results (c->dir, &c->opened.study, &c->opened.runs, &absent,
                       error) != 0)
    return -1;
  if (c->missing > 0 && !c->options->quiet)
    tell_time (c);
  warn (c->dir);
  if (absent > 0)
    {
      if (!c->options->quiet)
        printf ("%zu runs of the study are not in %s yet: tables and figures "
                "wait for them.\n", absent, c->dir);
      return 0;
    }
  if (report_study (&c->opened.study, c->dir, &files, error) != 0)
    return -1;
  if (!c->options->quiet)
    printf ("Results, tables and figures are in %s.\n", c->dir);
  return 0;
}

static int
open_folder (conductor *c, numsys_error *error)
{
  if (store_make_folder (c->dir, error) != 0
      || provenance_begin (c->dir, &c->opened.study, error) != 0)
    return -1;
  runs_clean (c->dir);
  return 0;
}

/* What is left of the runs after some failed is still collected. */
static int
do_study (conductor *c, numsys_error *error)
{
  const conduct_options *options = c->options;
  numsys_error ignored;

  find_missing (c);
  choose_workers (c);
  if (!options->dry_run && open_folder (c, error) != 0)
    return -1;
  if (!options->quiet && introduce (c, error) != 0)
    return -1;
  if (options->dry_run)
    {
      forecast_print (c->dir, &c->opened.study, &c->opened.runs, c->todo,
                      c->missing, c->jobs, c->threads);
      return 0;
    }
  if (run_missing (c, error) == 0)
    return finish (c, error);
  collect_results (c->dir, &c->opened.study, &c->opened.runs, NULL, &ignored);
  return -1;
}

int
conduct (const conduct_options *options, numsys_error *error)
{
  conductor c;
  int result;

  memset (&c, 0, sizeof c);
  c.options = options;
  result = open_study (&c, error);
  if (result == 0)
    result = do_study (&c, error);
  free (c.todo);
  opening_close (&c.opened);
  free (c.dir);
  return result;
}
