/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The groups of a study file.  */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/study/parts.h"

static int
read_group (study_place where, const config_setting_t *seeds,
            study_group *group)
{
  const config_setting_t *let = study_member (where, "let");
  const config_setting_t *axes = study_member (where, "axes");

  group->line = config_setting_source_line (where.at);
  if ((axes != NULL
       && study_read_axes (study_inside (where, axes), group) != 0)
      || (let != NULL && study_read_layer (study_inside (where, let),
                                           &group->let) != 0))
    return -1;
  return seeds == NULL ? 0
         : study_read_axis (study_inside (where, seeds), "seed", group);
}

static study_group *
add_group (study_file *study, const char *name)
{
  study_group *group;

  study->group = memory_grow (study->group, study->groups,
                              sizeof study->group[0]);
  group = &study->group[study->groups++];
  memset (group, 0, sizeof *group);
  group->name = memory_copy (name);
  return group;
}

/* The size's seeds, else the study's. */
static const config_setting_t *
common_seeds (study_place where, const study_file *study)
{
  const config_setting_t *seeds = study_member (where, "seeds");
  const config_setting_t *size = study_member (where, "sizes");

  if (size != NULL && config_setting_is_group (size))
    size = config_setting_get_member (size, study->size);
  if (size != NULL && config_setting_is_group (size)
      && config_setting_get_member (size, "seeds") != NULL)
    seeds = config_setting_get_member (size, "seeds");
  return seeds;
}

/* NAME = { settings, let, axes, seeds, tuning }.  Its seeds are its own, else
   the study's, else the preset one.  The same grid with the seeds `tuning' is
   a group search-NAME. */
static int
read_named_group (study_place at, const config_setting_t *seeds,
                  study_file *study)
{
  static const char *const members[]
    = { "settings", "let", "axes", "seeds", "tuning", NULL };
  const char *name = config_setting_name (at.at);
  const config_setting_t *by[2] = { study_member (at, "seeds"), NULL }, *settings;
  int result = 0;

  if (!config_setting_is_group (at.at))
    return study_wrong (at, "must be a group { ... }");
  if (study_members (at, members) != 0)
    return -1;
  settings = study_member (at, "settings");
  if (by[0] == NULL)
    by[0] = seeds;
  by[1] = study_member (at, "tuning");
  for (int i = 0; i < 2 && result == 0; i++)
    if (i == 0 || by[i] != NULL)
      {
        char *called = memory_format ("%s%s", i == 0 ? "" : "search-", name);
        study_group *group = add_group (study, called);

        free (called);
        if (settings != NULL)
          result = study_read_layer (study_inside (at, settings),
                                     &group->settings);
        if (result == 0)
          result = read_group (at, by[i], group);
      }
  return result;
}

/* groups = { NAME = { ... }; ... }, or the study itself is the only one; none
   at all where only formats are asked about. */
int
study_read_groups (study_place where, study_file *study)
{
  const config_setting_t *groups = study_member (where, "groups");
  const config_setting_t *seeds = common_seeds (where, study);
  int count;

  if (groups == NULL && study_member (where, study_lists[STUDY_FORMATS].name) != NULL)
    return study_member (where, "axes") == NULL && study_member (where, "seeds") == NULL
           ? 0 : study_wrong (study_inside (where, study_member (where, study_lists[STUDY_FORMATS].name)),
                              "leaves no place for axes and seeds");
  if (groups == NULL)
    return read_group (where, seeds, add_group (study, "grid"));
  if (study_member (where, "axes") != NULL || study_member (where, "let") != NULL)
    return study_wrong (study_inside (where, groups), "leaves no place for "
                        "axes and let outside of groups");
  count = config_setting_length (groups);
  if (!config_setting_is_group (groups) || count == 0)
    return study_wrong (study_inside (where, groups),
                        "must be a group { NAME = { ... }; ... }");
  for (int i = 0; i < count; i++)
    if (read_named_group (study_element (study_inside (where, groups), i),
                          seeds, study) != 0)
      return -1;
  return 0;
}
