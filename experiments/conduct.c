/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a study's name to its figures.  */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "experiments/collect.h"
#include "experiments/conduct.h"
#include "experiments/forecast.h"
#include "experiments/pool.h"
#include "experiments/progress.h"
#include "experiments/provenance.h"
#include "experiments/report.h"
#include "experiments/results/memory.h"
#include "experiments/results/runs.h"
#include "experiments/run.h"
#include "experiments/sets.h"
#include "experiments/studies.h"
#include "numsys/spec.h"

typedef struct conductor
{
  const conduct_options *options;
  char *dir;
  study_file study;
  grid runs;
  sets sets;
  size_t missing;            /* runs of this shard that are not done */
  const grid_run **todo;     /* these */
  double predicted, taken;   /* seconds for them */
} conductor;

static int
open_study (conductor *c, numsys_error *error)
{
  const conduct_options *options = c->options;
  char *path = studies_find (options->study, error);
  int result = -1;

  if (path != NULL)
    result = study_read (path, options->size, &c->study, error);
  free (path);
  for (size_t i = 0; i < options->sets && result == 0; i++)
    result = study_set (&c->study, options->set[i], error);
  if (result != 0)
    return -1;
  c->dir = options->dir != NULL ? memory_copy (options->dir)
                                : memory_format ("results/%s", c->study.name);
  if (grid_expand (&c->study, &c->runs, error) != 0
      || sets_load (&c->sets, &c->runs, options->data, error) != 0)
    return -1;
  grid_identify (&c->runs, sets_find, &c->sets);
  return 0;
}

/* The runs of this shard that are not done.  A damaged result is told of, and
   done again. */
static void
find_missing (conductor *c)
{
  size_t index = 0;

  c->todo = memory_new (c->runs.count, sizeof c->todo[0]);
  for (size_t i = 0; i < c->runs.count; i++)
    {
      const grid_run *run = &c->runs.run[i];
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

/* What is quantized how. */
static int
introduce_runs (conductor *c, numsys_error *error)
{
  const grid_run *first = &c->runs.run[0];
  training_settings settings = settings_for_training (&first->settings);
  const data_set *set = sets_find (&c->sets, settings_get (&first->settings,
                                                           "data"));
  int varies[SETTINGS_COUNT], any = 0;

  if (training_role_table (&settings, set, stdout, error) != 0)
    return -1;
  collect_varying (&c->runs, varies);
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
  printf ("%s (%s): %s\n\n", c->study.name, c->study.size,
          c->study.question);
  return c->runs.count > 0 ? introduce_runs (c, error) : 0;
}

static int
run_missing (conductor *c, numsys_error *error)
{
  const pool_work work = {
    .dir = c->dir,
    .count = c->missing,
    .run = c->todo,
    .set = sets_find,
    .closure = &c->sets,
    .jobs = c->options->jobs < c->missing ? c->options->jobs
                                          : (unsigned) c->missing,
    .quiet = c->options->quiet,
  };
  pool_tally tally;
  struct timespec start, end;

  if (c->missing == 0)
    return 0;
  c->predicted = forecast_seconds (c->dir, &c->runs, c->todo, c->missing,
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
  printf ("%zu runs took %s; predicted were %s.\n", c->missing, taken,
          predicted);
}

/* results.tsv of what is there; tables and figures once all is. */
static int
finish (conductor *c, numsys_error *error)
{
  static const report_options files;
  size_t absent;

  if (collect_results (c->dir, &c->study, &c->runs, &absent, error) != 0)
    return -1;
  if (c->missing > 0 && !c->options->quiet)
    tell_time (c);
  if (absent > 0)
    {
      if (!c->options->quiet)
        printf ("%zu runs of the study are not in %s yet: tables and figures "
                "wait for them.\n", absent, c->dir);
      return 0;
    }
  if (report_study (&c->study, c->dir, &files, error) != 0)
    return -1;
  if (!c->options->quiet)
    printf ("Results, tables and figures are in %s.\n", c->dir);
  return 0;
}

static int
open_folder (conductor *c, numsys_error *error)
{
  if (store_make_folder (c->dir, error) != 0
      || provenance_begin (c->dir, &c->study, error) != 0)
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
  if (!options->dry_run && open_folder (c, error) != 0)
    return -1;
  if (!options->quiet && introduce (c, error) != 0)
    return -1;
  if (options->dry_run)
    {
      forecast_print (c->dir, &c->study, &c->runs, c->todo, c->missing,
                      options->jobs);
      return 0;
    }
  if (run_missing (c, error) == 0)
    return finish (c, error);
  collect_results (c->dir, &c->study, &c->runs, NULL, &ignored);
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
  sets_free (&c.sets);
  grid_free (&c.runs);
  study_free (&c.study);
  free (c.dir);
  return result;
}
