/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a study file: members, layers, axes.  */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/study/parts.h"
#include "numsys/spec.h"

study_place
study_inside (study_place where, const config_setting_t *at)
{
  where.at = at;
  return where;
}

study_place
study_element (study_place where, int i)
{
  return study_inside (where, config_setting_get_elem (where.at,
                                                       (unsigned) i));
}

const config_setting_t *
study_member (study_place where, const char *name)
{
  return config_setting_get_member (where.at, name);
}

int
study_wrong (study_place where, const char *what)
{
  const char *name = config_setting_name (where.at);

  numsys_error_set (where.error, "%s:%u: %s%s%s%s", where.study->path,
                    config_setting_source_line (where.at),
                    name != NULL ? "'" : "", name != NULL ? name : "",
                    name != NULL ? "' " : "", what);
  return -1;
}

/* Members must be among words, ended by NULL. */
int
study_members (study_place where, const char *const words[])
{
  size_t n = 0;

  while (words[n] != NULL)
    n++;
  for (int i = 0; i < config_setting_length (where.at); i++)
    {
      study_place member = study_element (where, i);
      const char *name = config_setting_name (member.at);
      char near[64];
      size_t j = 0;

      while (j < n && strcmp (words[j], name) != 0)
        j++;
      if (j < n)
        continue;
      numsys_nearest_word (name, n, words, near);
      numsys_error_set (where.error, "%s:%u: a study has no '%s' here%s",
                        where.study->path,
                        config_setting_source_line (member.at), name, near);
      return -1;
    }
  return 0;
}

/* A scalar as text, owned by the caller; NULL when it is none. */
static char *
scalar_text (const config_setting_t *at)
{
  switch (config_setting_type (at))
    {
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
      return memory_format ("%lld", config_setting_get_int64 (at));
    case CONFIG_TYPE_FLOAT:
      return memory_format ("%.17g", config_setting_get_float (at));
    case CONFIG_TYPE_STRING:
      return memory_copy (config_setting_get_string (at));
    default:
      return NULL;
    }
}

int
study_read_layer (study_place where, study_layer *layer)
{
  if (!config_setting_is_group (where.at))
    return study_wrong (where, "must be a group { NAME = VALUE; ... }");
  for (int i = 0; i < config_setting_length (where.at); i++)
    {
      study_place member = study_element (where, i);
      char *value = scalar_text (member.at);

      if (value == NULL)
        return study_wrong (member, "must be a number or a text");
      study_assign (layer, config_setting_name (member.at), value,
                    config_setting_source_line (member.at));
      free (value);
    }
  return 0;
}

/* A list of numbers or texts, each as text; count may be NULL. */
int
study_read_texts (study_place where, char ***texts, size_t *count)
{
  int n = config_setting_length (where.at);

  if (!config_setting_is_aggregate (where.at)
      || config_setting_is_group (where.at))
    return study_wrong (where, "must be a list [VALUE, ...]");
  *texts = memory_new ((size_t) n + 1, sizeof (*texts)[0]);
  for (int i = 0; i < n; i++)
    {
      (*texts)[i] = scalar_text (config_setting_get_elem (where.at,
                                                          (unsigned) i));
      if ((*texts)[i] == NULL)
        return study_wrong (where, "must be a list of numbers or texts");
    }
  if (count != NULL)
    *count = (size_t) n;
  return 0;
}

void
study_free_texts (char **texts)
{
  for (size_t i = 0; texts != NULL && texts[i] != NULL; i++)
    free (texts[i]);
  free (texts);
}

/* { name = "all"; W = ...; }: a point of the axis. */
static int
read_point (study_place where, study_axis *axis)
{
  const char *name;
  study_layer rest = { 0, NULL }, *point;
  int result;

  if (!config_setting_is_group (where.at)
      || !config_setting_lookup_string (where.at, "name", &name))
    return study_wrong (where, "must be a list of values, or of points "
                  "{ name = \"...\"; NAME = VALUE; ... }");
  axis->point = memory_grow (axis->point, axis->points,
                             sizeof axis->point[0]);
  point = &axis->point[axis->points++];
  *point = (study_layer) { 0, NULL };
  study_assign (point, axis->name, name, config_setting_source_line (where.at));
  result = study_read_layer (where, &rest);
  for (size_t i = 0; i < rest.count; i++)
    {
      if (strcmp (rest.item[i].name, "name") != 0)
        study_assign (point, rest.item[i].name, rest.item[i].value,
                      rest.item[i].line);
      free (rest.item[i].name);
      free (rest.item[i].value);
    }
  free (rest.item);
  return result;
}

/* NAME = [VALUE, ...], or NAME = ( { name = "..."; ... }, ... ). */
int
study_read_axis (study_place where, const char *name, study_group *group)
{
  study_axis *axis;
  int n = config_setting_length (where.at);
  char **texts = NULL;
  size_t count = 0;
  int result = 0;

  group->axis = memory_grow (group->axis, group->axes,
                             sizeof group->axis[0]);
  axis = &group->axis[group->axes++];
  *axis = (study_axis) { memory_copy (name),
                         config_setting_source_line (where.at), 0, 0, NULL
                       };
  if (config_setting_is_list (where.at) && n > 0
      && config_setting_is_group (config_setting_get_elem (where.at, 0)))
    {
      axis->has_named_points = 1;
      for (int i = 0; i < n && result == 0; i++)
        result = read_point (study_element (where, i), axis);
      return result;
    }
  result = study_read_texts (where, &texts, &count);
  if (result == 0 && count == 0)
    result = study_wrong (where, "must not be empty");
  if (result == 0)
    result = study_restrict (axis, count, (const char *const *) texts,
                             where.error);
  study_free_texts (texts);
  return result;
}

int
study_read_axes (study_place where, study_group *group)
{
  if (!config_setting_is_group (where.at))
    return study_wrong (where, "must be a group { NAME = [VALUE, ...]; ... }");
  for (int i = 0; i < config_setting_length (where.at); i++)
    {
      study_place axis = study_element (where, i);
      if (study_read_axis (axis, config_setting_name (axis.at), group) != 0)
        return -1;
    }
  return 0;
}
