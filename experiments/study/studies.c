/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The studies that the program knows.  */

#include <config.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "experiments/study/files.h"
#include "experiments/results/memory.h"
#include "experiments/study/studies.h"
#include "numsys/spec.h"

#define FOLDER "experiments/studies"
#define ENDING ".cfg"

static int
is_study_file (const char *name)
{
  const size_t length = strlen (name), ending = strlen (ENDING);

  return length > ending && strcmp (name + length - ending, ENDING) == 0;
}

static int
is_study (const struct dirent *entry)
{
  return is_study_file (entry->d_name);
}

char **
studies_list (void)
{
  char *folder = files_path (FOLDER);
  struct dirent **entry = NULL;
  const int count = scandir (folder, &entry, is_study, alphasort);
  char **names = memory_new ((size_t) (count > 0 ? count : 0) + 1,
                             sizeof names[0]);

  for (int i = 0; i < count; i++)
    {
      const char *name = entry[i]->d_name;
      names[i] = memory_format ("%.*s", (int) (strlen (name)
                                               - strlen (ENDING)), name);
      free (entry[i]);
    }
  free (entry);
  free (folder);
  return names;
}

static void
unknown_study (const char *study, numsys_error *error)
{
  char **names = studies_list ();
  char near[64], list[200] = "";
  size_t n = 0;

  for (; names[n] != NULL; n++)
    snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
              n > 0 ? ", " : "", names[n]);
  numsys_nearest_word (study, n, (const char *const *) names, near);
  numsys_error_set (error, "unknown study '%s'%s (studies: %s; or give a "
                    "file, ./NAME.cfg)", study, near, n > 0 ? list : "none");
  for (size_t i = 0; i < n; i++)
    free (names[i]);
  free (names);
}

char *
studies_find (const char *study, numsys_error *error)
{
  char *relative, *path;

  if (strchr (study, '/') != NULL || is_study_file (study))
    return memory_copy (study);
  relative = memory_format (FOLDER "/%s" ENDING, study);
  path = files_path (relative);
  free (relative);
  if (access (path, F_OK) == 0)
    return path;
  free (path);
  unknown_study (study, error);
  return NULL;
}
