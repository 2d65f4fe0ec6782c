/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a study to its runs.  */

#include <config.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/study/expand.h"
#include "experiments/study/grid.h"
#include "experiments/probes/measure.h"
#include "experiments/probes/update.h"
#include "experiments/results/memory.h"
#include "experiments/workloads/product.h"
#include "numsys/spec.h"

/* The layers of one run, later ones holding, and what was written for each
   setting before. */
typedef struct builder
{
  const study_file *study;
  const study_group *group;
  const study_layer **layer;
  size_t layers;
  char *raw[SETTINGS_COUNT];   /* as expanded for the last run */
  grid *runs;
  numsys_error *error;
} builder;

#define FIRST_AXIS 2   /* after the study's settings and the group's */

static int
fails_at (const builder *b, const study_assignment *item, const char *why)
{
  if (item->line > 0)
    numsys_error_set (b->error, "%s:%u: %s", b->study->path, item->line, why);
  else
    numsys_error_set (b->error, "--set: %s", why);
  return -1;
}

/* One setting of the run; equal texts are not read again, which matters for
   number systems. */
static int
build_setting (builder *b, const expand_scope *scope, int i, grid_run *run,
               const grid_run *last)
{
  const study_assignment *item = expand_find (scope, settings_table[i].key);
  numsys_error why;
  char *raw;
  int result = 0;

  raw = item == NULL ? memory_copy (settings_table[i].preset)
                     : expand_value (scope, item->value, &why);
  if (raw == NULL)
    return fails_at (b, item, why.text);
  if (last != NULL && b->raw[i] != NULL && strcmp (raw, b->raw[i]) == 0)
    {
      free (run->settings.value[i]);
      run->settings.value[i] = memory_copy (last->settings.value[i]);
    }
  else if (settings_set (&run->settings, i, raw, &why) != 0)
    result = item != NULL ? fails_at (b, item, why.text) : -1;
  free (b->raw[i]);
  b->raw[i] = raw;
  return result;
}

/* Whether two runs differ in their seeds at most. */
static int
differ_by_seed (const grid_run *a, const grid_run *b)
{
  for (int i = 0; i < SETTINGS_COUNT; i++)
    if (strcmp (a->settings.value[i], b->settings.value[i]) != 0
        && strcmp (settings_table[i].key, "seed") != 0)
      return 0;
  return 1;
}

/* The run of the layers as they stand. */
static int
build_run (builder *b)
{
  const expand_scope scope = { b->layers, b->layer };
  grid_run *run, *last;
  training_settings training;
  numsys_error why;

  b->runs->run = memory_grow (b->runs->run, b->runs->count,
                              sizeof b->runs->run[0]);
  run = &b->runs->run[b->runs->count++];
  last = b->runs->count > 1 ? run - 1 : NULL;
  memset (run, 0, sizeof *run);
  run->group = b->group;
  run->label = memory_new (b->group->axes + 1, sizeof run->label[0]);
  for (size_t i = 0; i < b->group->axes; i++)
    {
      const study_assignment *label = &b->layer[FIRST_AXIS + i]->item[0];
      run->label[i] = expand_value (&scope, label->value, &why);
      if (run->label[i] == NULL)
        return fails_at (b, label, why.text);
    }
  for (int i = 0; i < SETTINGS_COUNT; i++)
    if (build_setting (b, &scope, i, run, last) != 0)
      return -1;
  if (last != NULL && differ_by_seed (run, last))
    return 0;
  training = settings_for_training (&run->settings);
  if (training_check (&training, &why) == 0)
    return 0;
  numsys_error_set (b->error, "%s:%u: group %s: %s", b->study->path,
                    b->group->line, b->group->name, why.text);
  return -1;
}

/* Every combination of the points of axes from axis on. */
static int
build_axes (builder *b, size_t axis)
{
  if (axis == b->group->axes)
    return build_run (b);
  for (size_t i = 0; i < b->group->axis[axis].points; i++)
    {
      b->layer[FIRST_AXIS + axis] = &b->group->axis[axis].point[i];
      if (build_axes (b, axis + 1) != 0)
        return -1;
    }
  return 0;
}

int
grid_expand (const study_file *study, grid *runs, numsys_error *error)
{
  builder b = { .study = study, .runs = runs, .error = error };
  int result = 0;

  memset (runs, 0, sizeof *runs);
  for (size_t i = 0; i < study->groups && result == 0; i++)
    {
      b.group = &study->group[i];
      b.layers = FIRST_AXIS + b.group->axes + 2;
      b.layer = memory_new (b.layers, sizeof b.layer[0]);
      b.layer[0] = &study->settings;
      b.layer[1] = &b.group->settings;
      b.layer[b.layers - 2] = &b.group->let;
      b.layer[b.layers - 1] = &study->over;
      result = build_axes (&b, 0);
      free (b.layer);
    }
  for (int i = 0; i < SETTINGS_COUNT; i++)
    free (b.raw[i]);
  return result;
}

void
grid_free (grid *runs)
{
  for (size_t i = 0; i < runs->count; i++)
    {
      grid_run *run = &runs->run[i];
      for (size_t j = 0; run->label != NULL && j < run->group->axes; j++)
        free (run->label[j]);
      free (run->label);
      settings_free (&run->settings);
    }
  free (runs->run);
  memset (runs, 0, sizeof *runs);
}

/* --- Identity --- */

store_hash
grid_hash (const settings_values *settings, uint64_t data_hash)
{
  store_hash hash;
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream (&text, &length);
  settings_values defaults;

  if (stream == NULL)
    memory_exhausted ();
  settings_init (&defaults);
  fprintf (stream, "numerics=%d\ndata-hash=%016" PRIx64 "\n", STORE_NUMERICS,
           data_hash);
  for (int i = 0; i < SETTINGS_COUNT; i++)
    if (strcmp (settings->value[i], defaults.value[i]) != 0)
      fprintf (stream, "%s=%s\n", settings_table[i].key, settings->value[i]);
  settings_free (&defaults);
  if (strcmp (settings_get (settings, "probe"), "none") != 0)
    fprintf (stream, "columns=%s%s\n", measure_columns, probe_update_columns);
  if (settings_multiplies_by (settings, "sgemm"))
    fprintf (stream, "blas=%s\n", product_blas_name ());
  if (fclose (stream) != 0)
    memory_exhausted ();
  hash = store_hash_of (text, length);
  free (text);
  return hash;
}

static int
by_hash (const void *a, const void *b)
{
  const grid_run *const *x = a, *const *y = b;
  int order = strcmp ((*x)->hash.text, (*y)->hash.text);

  return order != 0 ? order : *x < *y ? -1 : *x > *y;
}

void
grid_identify (grid *runs, const data_set *(*set) (void *closure,
                                                   const char *name),
               void *closure)
{
  grid_run **sorted = memory_new (runs->count, sizeof sorted[0]);

  for (size_t i = 0; i < runs->count; i++)
    {
      grid_run *run = &runs->run[i];
      const data_set *data = set (closure,
                                  settings_get (&run->settings, "data"));
      training_settings training = settings_for_training (&run->settings);

      run->hash = grid_hash (&run->settings, data->hash);
      run->cost = training_cost (&training, data);
      sorted[i] = run;
    }
  qsort (sorted, runs->count, sizeof sorted[0], by_hash);
  for (size_t i = 0; i < runs->count; i++)
    sorted[i]->is_first = i == 0 || strcmp (sorted[i]->hash.text,
                                            sorted[i - 1]->hash.text) != 0;
  free (sorted);
}
