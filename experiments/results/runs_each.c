/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over DIR/runs.  */

#include <config.h>

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "experiments/results/memory.h"
#include "experiments/results/runs.h"
#include "numsys/spec.h"

#define DAY (24 * 60 * 60)

/* Calls visit for each entry, "." and ".." left out, in order of names. */
static int
each_entry (const char *folder, int (*visit) (void *closure, const char *folder,
                                              const char *name),
            void *closure)
{
  struct dirent **entry;
  int count = scandir (folder, &entry, NULL, alphasort);
  int result = 0;

  if (count < 0)
    return -1;
  for (int i = 0; i < count; i++)
    {
      const char *name = entry[i]->d_name;
      if (result == 0 && strcmp (name, ".") != 0 && strcmp (name, "..") != 0)
        result = visit (closure, folder, name);
      free (entry[i]);
    }
  free (entry);
  return result;
}

typedef struct walk
{
  const char *suffix;
  int (*visit) (void *closure, const char *path, const store_hash *hash);
  void *closure;
} walk;

static int
visit_file (void *closure, const char *folder, const char *name)
{
  const walk *context = closure;
  store_hash hash;
  char *path;
  int result;

  if (strlen (name) != sizeof hash - 1 + strlen (context->suffix)
      || name[0] == '.'
      || strcmp (name + sizeof hash - 1, context->suffix) != 0)
    return 0;
  memcpy (hash.text, name, sizeof hash - 1);
  hash.text[sizeof hash - 1] = '\0';
  path = memory_format ("%s/%s", folder, name);
  result = context->visit (context->closure, path, &hash);
  free (path);
  return result;
}

/* Leaves a file that is no folder alone. */
static int
visit_folder (void *closure, const char *folder, const char *name)
{
  char *path = memory_format ("%s/%s", folder, name);
  int result = each_entry (path, visit_file, closure);

  free (path);
  return result == -1 && errno == ENOTDIR ? 0 : result;
}

int
runs_each (const char *dir, const char *suffix,
           int (*visit) (void *closure, const char *path,
                         const store_hash *hash),
           void *closure, numsys_error *error)
{
  walk context = { suffix, visit, closure };
  char *path = memory_format ("%s/runs", dir);
  struct stat about;
  int result;

  if (stat (path, &about) != 0)
    {
      numsys_error_set (error, "cannot read %s: %s", path, strerror (errno));
      free (path);
      return -1;
    }
  result = each_entry (path, visit_folder, &context);
  free (path);
  return result;
}

/* Whether a process of this machine has ended; one that nobody has waited for
   yet has too. */
static int
has_ended (long pid)
{
  char *path, *text, *name_end;
  int result;

  if (kill ((pid_t) pid, 0) != 0)
    return errno == ESRCH;
  path = memory_format ("/proc/%ld/stat", pid);
  text = memory_read_file (path, NULL);
  name_end = text != NULL ? strrchr (text, ')') : NULL;
  result = name_end != NULL && strncmp (name_end, ") Z", 3) == 0;
  free (text);
  free (path);
  return result;
}

/* Whether the temporary file .NAME.HOST.PID.tmp has lost its owner. */
static int
is_stale (const char *path, const char *name)
{
  char host[256] = "", *end;
  const char *dot, *pid;
  struct stat about;
  size_t length = strlen (name), host_length;

  if (name[0] != '.' || length < 5 || strcmp (name + length - 4, ".tmp") != 0)
    return 0;
  if (stat (path, &about) == 0 && time (NULL) - about.st_mtime > DAY)
    return 1;
  dot = memrchr (name, '.', length - 4);
  gethostname (host, sizeof host - 1);
  host_length = strlen (host);
  if (dot - name < (ptrdiff_t) host_length + 1
      || memcmp (dot - host_length, host, host_length) != 0)
    return 0;
  pid = dot + 1;
  long number = strtol (pid, &end, 10);
  return end != pid && strcmp (end, ".tmp") == 0 && number > 0
         && has_ended (number);
}

static int
clean_entry (void *closure, const char *folder, const char *name)
{
  char *path = memory_format ("%s/%s", folder, name);

  if (is_stale (path, name))
    unlink (path);
  else if (closure != NULL && name[0] != '.')
    each_entry (path, clean_entry, NULL);
  free (path);
  return 0;
}

void
runs_clean (const char *dir)
{
  static const char *const folders[] = { "", "/runs", "/tables", "/figures" };
  int deep = 1;

  for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
    {
      char *path = memory_format ("%s%s", dir, folders[i]);
      each_entry (path, clean_entry,
                  strcmp (folders[i], "/runs") == 0 ? &deep : NULL);
      free (path);
    }
}
