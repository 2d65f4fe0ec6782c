/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A misspelt setting must not pass for a name that nobody uses, nor a format
   for one that there is.  */

#include <config.h>

#include <ctype.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/study/settings.h"
#include "experiments/study/study.h"
#include "numsys/spec.h"

/* Whether value has name, as a word, within a ${...}. */
static int
value_uses (const char *value, const char *name)
{
  const size_t length = strlen (name);

  for (const char *open = value; (open = strstr (open, "${")) != NULL; open++)
    for (const char *c = open + 2; *c != '\0' && *c != '}'; c++)
      if (strncmp (c, name, length) == 0
          && !isalnum ((unsigned char) c[-1]) && c[-1] != '_'
          && !isalnum ((unsigned char) c[length]) && c[length] != '_')
        return 1;
  return 0;
}

static int
layer_uses (const study_layer *layer, const char *name)
{
  for (size_t i = 0; i < layer->count; i++)
    if (value_uses (layer->item[i].value, name))
      return 1;
  return 0;
}

static int
group_uses (const study_file *study, const study_group *group,
            const char *name)
{
  if (layer_uses (&study->settings, name) || layer_uses (&study->over, name)
      || layer_uses (&group->settings, name)
      || layer_uses (&group->let, name))
    return 1;
  for (size_t i = 0; i < group->axes; i++)
    for (size_t j = 0; j < group->axis[i].points; j++)
      if (layer_uses (&group->axis[i].point[j], name))
        return 1;
  return 0;
}

/* In a group, or NULL: in any. */
static int
is_used (const study_file *study, const study_group *group, const char *name)
{
  if (group != NULL)
    return group_uses (study, group, name);
  for (size_t i = 0; i < study->groups; i++)
    if (group_uses (study, &study->group[i], name))
      return 1;
  return 0;
}

/* Names from item `first' on must be settings, or be used by a value. */
static int
check_layer (const study_file *study, const study_group *group,
             const study_layer *layer, size_t first, numsys_error *error)
{
  for (size_t i = first; i < layer->count; i++)
    {
      const study_assignment *item = &layer->item[i];
      numsys_error why;

      if (settings_find (item->name) >= 0
          || is_used (study, group, item->name))
        continue;
      settings_unknown (item->name, 0, NULL, &why);
      numsys_error_set (error, "%s:%u: %s, and no value uses it", study->path,
                        item->line, why.text);
      return -1;
    }
  return 0;
}

static int
check_group (const study_file *study, const study_group *group,
             numsys_error *error)
{
  if (check_layer (study, group, &group->settings, 0, error) != 0
      || check_layer (study, group, &group->let, 0, error) != 0)
    return -1;
  for (size_t i = 0; i < group->axes; i++)
    for (size_t j = 0; j < group->axis[i].points; j++)
      {
        /* A plain axis must mean something; named points do by the rest. */
        const study_axis *axis = &group->axis[i];
        if (check_layer (study, group, &axis->point[j],
                         axis->has_named_points ? 1 : 0, error) != 0)
          return -1;
      }
  return 0;
}

static int
check_lists (const study_file *study, numsys_error *error)
{
  numsys_error why;

  for (int i = 0; i < STUDY_LISTS; i++)
    for (char **item = study->list[i]; *item != NULL; item++)
      if (study_lists[i].check (*item, &why) != 0)
        {
          numsys_error_set (error, "%s: %s: %s", study->path,
                            study_lists[i].name, why.text);
          return -1;
        }
  return 0;
}

int
study_check_names (const study_file *study, numsys_error *error)
{
  if (check_lists (study, error) != 0
      || check_layer (study, NULL, &study->settings, 0, error) != 0
      || check_layer (study, NULL, &study->over, 0, error) != 0)
    return -1;
  for (size_t i = 0; i < study->groups; i++)
    if (check_group (study, &study->group[i], error) != 0)
      return -1;
  return 0;
}
