/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Study files, in libconfig's syntax; experiments/studies has examples.  */

#include <config.h>

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "experiments/results/memory.h"
#include "experiments/study/parts.h"
#include "numsys/spec.h"

/* --- What a size changes --- */

/* Restricts each axis of that name to the values here. */
static int
restrict_axes (study_place where, const char *name, study_file *study)
{
  char **texts = NULL;
  size_t count = 0;
  int found = 0, result = study_read_texts (where, &texts, &count);
  numsys_error why;

  if (result == 0 && count == 0)
    result = study_wrong (where, "must not be empty");
  for (size_t i = 0; i < study->groups; i++)
    for (size_t j = 0; j < study->group[i].axes && result == 0; j++)
      if (strcmp (study->group[i].axis[j].name, name) == 0)
        {
          found = 1;
          if (study_restrict (&study->group[i].axis[j], count,
                              (const char *const *) texts, &why) != 0)
            result = study_wrong (where, why.text);
        }
  study_free_texts (texts);
  return result != 0 || found ? result
         : study_wrong (where, "is no axis of this study");
}

static int
keep_groups (study_place where, study_file *study)
{
  size_t kept = 0;
  char **texts = NULL;
  int result = study_read_texts (where, &texts, NULL);

  for (size_t i = 0; result == 0 && texts[i] != NULL; i++)
    {
      size_t j = kept;

      while (j < study->groups
             && strcmp (study->group[j].name, texts[i]) != 0)
        j++;
      if (j == study->groups)
        result = study_wrong (where, "names a group that is not here, or "
                              "one twice");
      else
        {
          study_group group = study->group[j];
          study->group[j] = study->group[kept];
          study->group[kept++] = group;
        }
    }
  study_free_texts (texts);
  while (result == 0 && study->groups > kept)
    study_drop_group (study);
  return result;
}

/* Members must be among words, ended by NULL, or lists. */
static int
members_or_lists (study_place where, const char *const words[])
{
  const char *all[32] = { NULL };
  size_t n = 0;

  for (; words[n] != NULL; n++)
    all[n] = words[n];
  for (int i = 0; i < STUDY_LISTS; i++)
    all[n++] = study_lists[i].name;
  return study_members (where, all);
}

/* The lists that are here, in place of earlier ones. */
static int
read_lists (study_place where, study_file *study)
{
  for (int i = 0; i < STUDY_LISTS; i++)
    {
      const config_setting_t *at = study_member (where, study_lists[i].name);

      if (at != NULL)
        study_free_texts (study->list[i]);
      if (at == NULL && study->list[i] == NULL)
        study->list[i] = memory_new (1, sizeof study->list[i][0]);
      else if (at != NULL)
        {
          study->list[i] = NULL;
          if (study_read_texts (study_inside (where, at), &study->list[i],
                                NULL) != 0)
            return -1;
        }
    }
  return 0;
}

/* sizes = { quick = { settings, axes, seeds, groups, lists }; ... }: the study
   as it stands is the full size.  Seeds were seen to above. */
static int
read_size (study_place where, study_file *study)
{
  static const char *const members[]
    = { "settings", "axes", "seeds", "groups", NULL };
  const config_setting_t *settings = study_member (where, "settings");
  const config_setting_t *axes = study_member (where, "axes");
  const config_setting_t *groups = study_member (where, "groups");

  if (!config_setting_is_group (where.at))
    return study_wrong (where, "must be a group { ... }");
  if (members_or_lists (where, members) != 0
      || read_lists (where, study) != 0
      || (settings != NULL
          && study_read_layer (study_inside (where, settings), &study->over)
             != 0)
      || (groups != NULL
          && keep_groups (study_inside (where, groups), study) != 0))
    return -1;
  for (int i = 0; axes != NULL && i < config_setting_length (axes); i++)
    {
      study_place axis = study_element (study_inside (where, axes), i);
      const char *name = config_setting_name (axis.at);
      if (name == NULL)
        return study_wrong (study_inside (where, axes),
                            "must be a group { NAME = [VALUE, ...]; ... }");
      if (restrict_axes (axis, name, study) != 0)
        return -1;
    }
  return 0;
}

static int
read_sizes (study_place where, study_file *study)
{
  static const char *const names[] = { "smoke", "quick", "full", NULL };
  const config_setting_t *sizes = study_member (where, "sizes"), *size;

  if (sizes == NULL)
    return 0;
  if (!config_setting_is_group (sizes))
    return study_wrong (study_inside (where, sizes),
                        "must be a group { quick = { ... }; ... }");
  if (study_members (study_inside (where, sizes), names) != 0)
    return -1;
  size = config_setting_get_member (sizes, study->size);
  study->has_size = size != NULL;
  return size == NULL ? 0 : read_size (study_inside (where, size), study);
}

/* --- The whole --- */

/* A list of names of tables or figures; none is none. */
static int
read_names (study_place where, const char *name, char ***names)
{
  const config_setting_t *at = study_member (where, name);

  if (at != NULL)
    return study_read_texts (study_inside (where, at), names, NULL);
  *names = memory_new (1, sizeof (*names)[0]);
  return 0;
}

static int
read_root (study_place where, study_file *study)
{
  static const char *const members[]
    = { "question", "settings", "groups", "let", "axes", "seeds", "sizes",
        "tables", "figures", NULL };
  const config_setting_t *settings = study_member (where, "settings");
  const char *question;

  if (members_or_lists (where, members) != 0)
    return -1;
  if (!config_setting_lookup_string (where.at, "question", &question))
    {
      numsys_error_set (where.error, "%s: a study must say its question",
                        study->path);
      return -1;
    }
  study->question = memory_copy (question);
  if ((settings != NULL
       && study_read_layer (study_inside (where, settings),
                            &study->settings) != 0)
      || study_read_groups (where, study) != 0
      || read_lists (where, study) != 0 || read_sizes (where, study) != 0
      || read_names (where, "tables", &study->tables) != 0
      || read_names (where, "figures", &study->figures) != 0)
    return -1;
  return study_check_names (study, where.error);
}

static char *
name_of (const char *path)
{
  char *copy = memory_copy (path), *name = memory_copy (basename (copy));
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  free (copy);
  return name;
}

int
study_read (const char *path, const char *size, study_file *study,
            numsys_error *error)
{
  config_t config;
  char *text = memory_read_file (path, NULL);
  int result = -1;

  memset (study, 0, sizeof *study);
  study->path = memory_copy (path);
  study->name = name_of (path);
  study->size = memory_copy (size);
  if (text == NULL)
    {
      numsys_error_set (error, "cannot read the study %s: %s", path,
                        strerror (errno));
      return -1;
    }
  config_init (&config);
  if (!config_read_string (&config, text))
    numsys_error_set (error, "%s:%d: %s", path, config_error_line (&config),
                      config_error_text (&config));
  else
    result = read_root ((study_place) { study, config_root_setting (&config),
                                        error }, study);
  config_destroy (&config);
  free (text);
  return result;
}
