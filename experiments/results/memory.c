/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory of the program.  */

#include <config.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"

void
memory_exhausted (void)
{
  fputs ("numsys: memory ran out; finished runs are safe, and the same "
         "command goes on from them.\n", stderr);
  exit (1);
}

void *
memory_new (size_t count, size_t size)
{
  void *items = calloc (count > 0 ? count : 1, size);

  if (items == NULL)
    memory_exhausted ();
  return items;
}

void *
memory_grow (void *items, size_t used, size_t size)
{
  if ((used & (used - 1)) != 0)
    return items;
  items = reallocarray (items, used == 0 ? 1 : 2 * used, size);
  if (items == NULL)
    memory_exhausted ();
  return items;
}

char *
memory_copy (const char *text)
{
  char *copy = strdup (text);

  if (copy == NULL)
    memory_exhausted ();
  return copy;
}

char *
memory_format (const char *format, ...)
{
  va_list list;
  char *text = NULL;
  int length;

  va_start (list, format);
  length = vasprintf (&text, format, list);
  va_end (list);
  if (length < 0)
    memory_exhausted ();
  return text;
}

/* The rest of a stream; NULL with errno set when it cannot be read. */
static char *
read_all (FILE *stream, size_t *length)
{
  char *text = NULL;
  size_t used = 0, room = 0, got;

  do
    {
      if (used + 1 >= room)
        {
          room = room == 0 ? 4096 : 2 * room;
          text = realloc (text, room);
          if (text == NULL)
            memory_exhausted ();
        }
      got = fread (text + used, 1, room - used - 1, stream);
      used += got;
    }
  while (got > 0);
  if (ferror (stream))
    {
      free (text);
      return NULL;
    }
  text[used] = '\0';
  if (length != NULL)
    *length = used;
  return text;
}

char *
memory_read_file (const char *path, size_t *length)
{
  FILE *stream = fopen (path, "re");
  char *text;
  int trouble;

  if (stream == NULL)
    return NULL;
  text = read_all (stream, length);
  trouble = errno;
  fclose (stream);
  errno = trouble;
  return text;
}
