/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the program's own files are.  */

#include <config.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "experiments/study/files.h"
#include "experiments/results/memory.h"

/* Whether the program lies in the build tree. */
static int
is_uninstalled (void)
{
  char path[PATH_MAX];
  const ssize_t length = readlink ("/proc/self/exe", path, sizeof path - 1);
  const char built[] = NUMSYS_BUILDDIR "/";

  if (length < 0)
    return 0;
  path[length] = '\0';
  return strncmp (path, built, strlen (built)) == 0;
}

char *
files_path (const char *path)
{
  const char *top = getenv ("NUMSYS_TOP_SRCDIR");

  if (top == NULL || *top == '\0')
    top = is_uninstalled () ? NUMSYS_SRCDIR : NUMSYS_PKGDATADIR;
  return memory_format ("%s/%s", top, path);
}
