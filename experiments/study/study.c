/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies in memory.  */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/study/settings.h"
#include "experiments/study/study.h"
#include "numsys/spec.h"

void
study_assign (study_layer *layer, const char *name, const char *value,
              unsigned line)
{
  layer->item = memory_grow (layer->item, layer->count,
                             sizeof layer->item[0]);
  layer->item[layer->count++]
    = (study_assignment) { memory_copy (name), memory_copy (value), line };
}

static void
free_layer (study_layer *layer)
{
  for (size_t i = 0; i < layer->count; i++)
    {
      free (layer->item[i].name);
      free (layer->item[i].value);
    }
  free (layer->item);
}

static void
free_axis (study_axis *axis)
{
  for (size_t i = 0; i < axis->points; i++)
    free_layer (&axis->point[i]);
  free (axis->point);
  free (axis->name);
}

static void
free_group (study_group *group)
{
  free_layer (&group->settings);
  free_layer (&group->let);
  for (size_t i = 0; i < group->axes; i++)
    free_axis (&group->axis[i]);
  free (group->axis);
  free (group->name);
}

void
study_drop_group (study_file *study)
{
  free_group (&study->group[--study->groups]);
}

static void
free_texts (char **text)
{
  for (char **t = text; t != NULL && *t != NULL; t++)
    free (*t);
  free (text);
}

void
study_free (study_file *study)
{
  free (study->path);
  free (study->name);
  free (study->question);
  free (study->size);
  free_layer (&study->settings);
  free_layer (&study->over);
  for (size_t i = 0; i < study->groups; i++)
    free_group (&study->group[i]);
  free (study->group);
  for (int i = 0; i < STUDY_LISTS; i++)
    free_texts (study->list[i]);
  free_texts (study->tables);
  free_texts (study->figures);
  memset (study, 0, sizeof *study);
}

/* --- Axes that keep some points only --- */

static int
no_point (const study_axis *axis, const char *value, numsys_error *error)
{
  const char **words = memory_new (axis->points, sizeof words[0]);
  char near[64], list[200] = "";

  for (size_t i = 0; i < axis->points; i++)
    {
      words[i] = axis->point[i].item[0].value;
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                i > 0 ? ", " : "", words[i]);
    }
  numsys_nearest_word (value, axis->points, words, near);
  numsys_error_set (error, "axis %s has no point '%s'%s (points: %s)",
                    axis->name, value, near, list);
  free (words);
  return -1;
}

static const study_layer *
find_point (const study_axis *axis, const char *value)
{
  for (size_t i = 0; i < axis->points; i++)
    if (strcmp (axis->point[i].item[0].value, value) == 0)
      return &axis->point[i];
  return NULL;
}

int
study_restrict (study_axis *axis, size_t n, const char *const values[],
                numsys_error *error)
{
  study_layer *point = memory_new (n, sizeof point[0]);

  for (size_t i = 0; i < n; i++)
    {
      const study_layer *old = find_point (axis, values[i]);

      if (old == NULL && axis->has_named_points)
        {
          for (size_t j = 0; j < i; j++)
            free_layer (&point[j]);
          free (point);
          return no_point (axis, values[i], error);
        }
      if (old == NULL)
        study_assign (&point[i], axis->name, values[i], axis->line);
      for (size_t j = 0; old != NULL && j < old->count; j++)
        study_assign (&point[i], old->item[j].name, old->item[j].value,
                      old->item[j].line);
    }
  for (size_t i = 0; i < axis->points; i++)
    free_layer (&axis->point[i]);
  free (axis->point);
  axis->point = point;
  axis->points = n;
  return 0;
}

/* --- What the user sets --- */

static int
has_list (const study_file *study, int list)
{
  return list >= 0 && study->list[list] != NULL
         && study->list[list][0] != NULL;
}

/* Keeps this item alone. */
static int
set_list (study_file *study, int list, const char *value,
          numsys_error *error)
{
  numsys_error why;

  if (study_lists[list].check (value, &why) != 0)
    {
      numsys_error_set (error, "%s: %s", study_lists[list].name, why.text);
      return -1;
    }
  free_texts (study->list[list]);
  study->list[list] = memory_new (2, sizeof study->list[list][0]);
  study->list[list][0] = memory_copy (value);
  study_assign (&study->over, study_lists[list].name, value, 0);
  return 0;
}

/* Every axis's and list's name, for a sentence. */
static int
nothing_called (const study_file *study, const char *name,
                numsys_error *error)
{
  const char **words = NULL;
  size_t n = 0;

  for (size_t i = 0; i < study->groups; i++)
    for (size_t j = 0; j < study->group[i].axes; j++)
      {
        const char *axis = study->group[i].axis[j].name;
        size_t k = 0;

        while (k < n && strcmp (words[k], axis) != 0)
          k++;
        if (k < n || settings_find (axis) >= 0)
          continue;
        words = memory_grow (words, n, sizeof words[0]);
        words[n++] = axis;
      }
  for (int i = 0; i < STUDY_LISTS; i++)
    if (has_list (study, i))
      {
        words = memory_grow (words, n, sizeof words[0]);
        words[n++] = study_lists[i].name;
      }
  settings_unknown (name, n, words, error);
  free (words);
  return -1;
}

int
study_set (study_file *study, const char *assignment, numsys_error *error)
{
  const char *equals = strchr (assignment, '=');
  int found, result = 0;
  char *name;

  if (equals == NULL || equals == assignment)
    {
      numsys_error_set (error, "--set '%s' is not NAME=VALUE", assignment);
      return -1;
    }
  name = memory_format ("%.*s", (int) (equals - assignment), assignment);
  found = settings_find (name) >= 0;
  if (found)
    study_assign (&study->over, name, equals + 1, 0);
  for (size_t i = 0; i < study->groups; i++)
    for (size_t j = 0; j < study->group[i].axes && result == 0; j++)
      if (strcmp (study->group[i].axis[j].name, name) == 0)
        {
          const char *value = equals + 1;
          found = 1;
          result = study_restrict (&study->group[i].axis[j], 1, &value,
                                   error);
        }
  if (!found && has_list (study, study_find_list (name)))
    result = set_list (study, study_find_list (name), equals + 1, error);
  else if (!found)
    result = nothing_called (study, name, error);
  free (name);
  return result;
}
