/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are whole or not there, and hashes.  */

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xxhash.h>

#include "experiments/results/memory.h"
#include "experiments/results/store.h"
#include "numsys/spec.h"

store_hash
store_hash_of (const char *text, size_t length)
{
  XXH128_canonical_t bytes;
  store_hash hash;

  XXH128_canonicalFromHash (&bytes, XXH3_128bits (text, length));
  for (size_t i = 0; i < sizeof bytes.digest; i++)
    snprintf (hash.text + 2 * i, 3, "%02x", bytes.digest[i]);
  return hash;
}

int
store_make_folder (const char *path, numsys_error *error)
{
  char *partial = memory_copy (path);
  int result = 0;

  for (char *c = partial + 1; result == 0; c++)
    if (*c == '/' || *c == '\0')
      {
        char end = *c;
        *c = '\0';
        if (mkdir (partial, 0777) != 0 && errno != EEXIST)
          result = -1;
        *c = end;
        if (end == '\0')
          break;
      }
  free (partial);
  if (result == 0)
    {
      struct stat about;
      if (stat (path, &about) == 0 && S_ISDIR (about.st_mode))
        return 0;
      errno = ENOTDIR;
    }
  numsys_error_set (error, "cannot make the folder %s: %s", path,
                    strerror (errno));
  return -1;
}

/* PATH's folder, and a name in it that says whose it is. */
static char *
temporary_name (const char *path)
{
  char host[256] = "";
  char *folder = memory_copy (path), *file = memory_copy (path), *name;

  gethostname (host, sizeof host - 1);
  name = memory_format ("%s/.%s.%s.%ld.tmp", dirname (folder),
                        basename (file), host, (long) getpid ());
  free (folder);
  free (file);
  return name;
}

/* A new name is on the disk once its folder is; file systems that cannot sync
   a folder have said so by EINVAL. */
static int
sync_folder (const char *path)
{
  char *copy = memory_copy (path);
  int folder = open (dirname (copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int result = 0;

  free (copy);
  if (folder < 0)
    return -1;
  if (fsync (folder) != 0 && errno != EINVAL)
    result = -1;
  close (folder);
  return result;
}

/* Writes the temporary file to the disk.  0, or -1 with errno. */
static int
write_temporary (const char *name,
                 int (*write) (FILE *stream, const void *closure),
                 const void *closure)
{
  FILE *stream = fopen (name, "we");
  int result, trouble;

  if (stream == NULL)
    return -1;
  errno = 0;
  result = write (stream, closure);
  if (result == 0 && (fflush (stream) != 0 || ferror (stream)
                      || fsync (fileno (stream)) != 0))
    result = -1;
  trouble = errno;
  if (fclose (stream) != 0 && result == 0)
    return -1;
  errno = trouble;
  return result;
}

int
store_write_file (const char *path,
                  int (*write) (FILE *stream, const void *closure),
                  const void *closure, numsys_error *error)
{
  char *name = temporary_name (path);
  int result = write_temporary (name, write, closure);

  if (result == 0)
    result = rename (name, path);
  if (result != 0)
    {
      int trouble = errno;
      unlink (name);
      errno = trouble;
    }
  else
    result = sync_folder (path);
  free (name);
  if (result != 0)
    numsys_error_set (error, "cannot write %s: %s", path,
                      errno != 0 ? strerror (errno) : "the writer failed");
  return result;
}
