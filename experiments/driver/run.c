/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run and its result file.  */

#include <config.h>

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "experiments/probes/probe.h"
#include "experiments/results/memory.h"
#include "experiments/results/runs.h"
#include "experiments/driver/run.h"
#include "experiments/workloads/product.h"
#include "numsys/spec.h"

#define AT(member) offsetof (training_result, member)

const run_metric run_metrics[RUN_METRICS] = {
  { "train_loss", 1, AT (train_loss), RUN_ANY },
  { "validation_loss", 1, AT (validation_loss), RUN_EXAMPLES },
  { "validation_accuracy", 1, AT (validation_accuracy), RUN_EXAMPLES },
  { "test_loss", 1, AT (test_loss), RUN_ANY },
  { "test_accuracy", 1, AT (test_accuracy), RUN_EXAMPLES },
  { "distance", 1, AT (distance), RUN_TRUTH },
  { "steps", 0, AT (steps), RUN_ANY },
  { "parameters", 0, AT (parameters), RUN_ANY },
  { "updates", 0, AT (updates), RUN_ANY },
  { "swallowed", 0, AT (swallowed), RUN_ANY },
  { "flips", 0, AT (flips), RUN_ANY },
  { "bounded", 0, AT (bounded), RUN_ANY },
  { "dragged", 0, AT (dragged), RUN_ANY },
};

int
run_is_done (const char *dir, const store_hash *hash, numsys_error *error)
{
  char *path = runs_path (dir, hash, RUN_RESULT);
  runs_file file;
  int result = runs_read (path, &file, error);

  if (result == 0)
    runs_free (&file);
  free (path);
  return result == 0 ? 1 : result < 0 ? -1 : 0;
}

/* --- Text of the files --- */

static void
print_settings (FILE *stream, const grid_run *run)
{
  fprintf (stream, "#hash %s\n#numerics %d\n", run->hash.text,
           STORE_NUMERICS);
  for (int i = 0; i < SETTINGS_COUNT; i++)
    fprintf (stream, "#%s %s\n", settings_table[i].key,
             run->settings.value[i]);
}

static int
applies (const training_result *result, run_need need)
{
  return need == RUN_EXAMPLES ? result->has_examples
         : need == RUN_TRUTH ? result->has_truth : 1;
}

static void
print_metrics (FILE *stream, const training_result *result)
{
  for (size_t i = 0; i < RUN_METRICS; i++)
    {
      const char *at = (const char *) result + run_metrics[i].offset;
      char text[TABLE_NUMBER];

      if (!applies (result, run_metrics[i].need))
        strcpy (text, "-");
      else if (run_metrics[i].is_real)
        table_number_text (*(const double *) at, text);
      else
        snprintf (text, sizeof text, "%" PRIu64, *(const uint64_t *) at);
      fprintf (stream, "#%s %s\n", run_metrics[i].name, text);
    }
}

/* A column of the curve. */
static const struct
{
  const char *name;
  size_t offset;      /* in training_point, a double */
  run_need need;
} curve_columns[] = {
  { "epoch", offsetof (training_point, epoch), RUN_ANY },
  { "lr", offsetof (training_point, lr), RUN_ANY },
  { "train_loss", offsetof (training_point, train_loss), RUN_ANY },
  { "validation_loss", offsetof (training_point, validation_loss),
    RUN_EXAMPLES },
  { "validation_accuracy", offsetof (training_point, validation_accuracy),
    RUN_EXAMPLES },
  { "distance", offsetof (training_point, distance), RUN_TRUTH },
  { "truth_loss", offsetof (training_point, truth_loss), RUN_TRUTH },
};

static void
print_curve (FILE *stream, const training_result *result)
{
  const size_t n = sizeof curve_columns / sizeof curve_columns[0];
  results_table *table = table_new ();

  table_column (table, "step");
  for (size_t j = 0; j < n; j++)
    if (curve_columns[j].need != RUN_TRUTH || result->has_truth)
      table_column (table, curve_columns[j].name);
  for (size_t i = 0; i < result->points; i++)
    {
      const char *point = (const char *) &result->curve[i];
      const size_t row = table_add_row (table);

      table_set_number (table, row, 0, (double) result->curve[i].step);
      for (size_t j = 0; j < n; j++)
        if (applies (result, curve_columns[j].need))
          table_set_number (table, row,
                            table_find (table, curve_columns[j].name),
                            *(const double *) (point
                                               + curve_columns[j].offset));
    }
  table_print (table, stream);
  table_free (table);
}

static void
print_roles (FILE *stream, const training_result *result)
{
  fputs ("role\tvalues\toverflow\tsaturated\tflushed\traised\tnan\n", stream);
  for (size_t i = 0; i < TRAINING_ROLES; i++)
    {
      const training_role_counts *role = &result->role[i];

      fprintf (stream, "%s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64
               "\t%" PRIu64 "\t%" PRIu64 "\n", training_role_names[i],
               role->values, role->events.overflow, role->events.saturated,
               role->events.flushed, role->events.raised, role->events.nan);
    }
}

/* What stream has written to memory; ends the program when it could not. */
static void
close_text (FILE *stream)
{
  if (ferror (stream) || fclose (stream) != 0)
    memory_exhausted ();
}

static char *
result_text (const grid_run *run, const data_set *set,
             const training_result *result)
{
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream (&text, &length);

  if (stream == NULL)
    memory_exhausted ();
  print_settings (stream, run);
  fprintf (stream, "#data-hash %016" PRIx64 "\n", set->hash);
  if (settings_multiplies_by (&run->settings, "sgemm"))
    fprintf (stream, "#blas %s\n", product_blas_name ());
  fprintf (stream, "#status %s\n", result->status == TRAINING_FINISHED
                                   ? "finished" : "diverged");
  print_metrics (stream, result);
  for (int i = 0; i < PRODUCTS; i++)
    if (result->product[i][0] != '\0')
      fprintf (stream, "#product-%s-counts %s\n", product_names[i],
               result->product[i]);
  print_curve (stream, result);
  fputs ("\n\n", stream);
  print_roles (stream, result);
  for (size_t i = 0; i < PROBE_BLOCKS; i++)
    fprintf (stream, "\n\n%s", result->probe_block[i] != NULL
                                ? result->probe_block[i] : "");
  close_text (stream);
  return text;
}

static char *
time_text (const training_result *result, unsigned jobs, unsigned threads)
{
  char host[256] = "", seconds[TABLE_NUMBER], speed[TABLE_NUMBER];

  gethostname (host, sizeof host - 1);
  table_number_text (result->seconds, seconds);
  table_number_text (result->steps_per_second, speed);
  return memory_format ("#version %s\n#host %s\n#isa %s\n#jobs %u\n"
                        "#threads %u\n#seconds %s\n#steps_per_second %s\n",
                        PACKAGE_VERSION, host, numsys_isa (), jobs, threads,
                        seconds, speed);
}

/* --- Running --- */

/* Clocks first: once the result is there, the run is done. */
static int
store_result (const char *dir, const grid_run *run, const data_set *set,
              const training_result *result, unsigned jobs,
              unsigned threads, numsys_error *error)
{
  char *time_path = runs_path (dir, &run->hash, RUN_TIME);
  char *path = runs_path (dir, &run->hash, RUN_RESULT);
  char *failed = runs_path (dir, &run->hash, RUN_FAILED);
  char *text = time_text (result, jobs, threads);
  int trouble = runs_write (time_path, text, 0, error);

  free (text);
  text = result_text (run, set, result);
  if (trouble == 0)
    trouble = runs_write (path, text, 1, error);
  if (trouble == 0)
    unlink (failed);
  free (text);
  free (failed);
  free (path);
  free (time_path);
  return trouble;
}

void
run_store_failure (const char *dir, const grid_run *run,
                   const char *sentence)
{
  char *path = runs_path (dir, &run->hash, RUN_FAILED), *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream (&text, &length);
  numsys_error ignored;

  if (stream == NULL)
    memory_exhausted ();
  print_settings (stream, run);
  fprintf (stream, "#status failed\n#sentence %s\n", sentence);
  close_text (stream);
  runs_write (path, text, 0, &ignored);
  free (text);
  free (path);
}

run_outcome
run_train (const char *dir, const grid_run *run, const data_set *set,
           unsigned jobs, unsigned threads, training_progress progress,
           void *closure, numsys_error *error)
{
  training_settings settings = settings_for_training (&run->settings);
  training_result result;
  int trouble;

  settings.threads = threads;
  trouble = training_run (&settings, set, progress, closure, &result, error);
  if (trouble > 0)
    return RUN_STOPPED;
  if (trouble < 0)
    {
      run_store_failure (dir, run, error->text);
      return RUN_BROKEN;
    }
  trouble = store_result (dir, run, set, &result, jobs, threads, error);
  training_result_free (&result);
  return trouble == 0 ? RUN_DONE : RUN_NO_STORE;
}
