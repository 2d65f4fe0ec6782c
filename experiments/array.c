/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading users' arrays.  */

#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/array.h"
#include "experiments/results/memory.h"
#include "experiments/results/store.h"
#include "numsys/spec.h"

/* Adds the numbers of a line as a row; -1 when a word is no number or the row
   is of another length than those before. */
static int
read_row (array *in, char *line, const char *where, size_t number,
          numsys_error *error)
{
  const size_t before = in->count;
  char *word;

  while ((word = strsep (&line, " \t\r,")) != NULL)
    {
      char *end;

      if (*word == '\0')
        continue;
      in->x = memory_grow (in->x, in->count, sizeof in->x[0]);
      in->x[in->count++] = strtof (word, &end);
      if (end != word && *end == '\0')
        continue;
      numsys_error_set (error, "%s:%zu: '%s' is not a number", where, number,
                        word);
      return -1;
    }
  if (in->count == before)
    return 0;
  if (in->rows++ == 0)
    in->columns = in->count;
  if (in->count - before == in->columns)
    return 0;
  numsys_error_set (error, "%s:%zu: the length of this row is %zu, of the "
                    "first %zu", where, number, in->count - before,
                    in->columns);
  return -1;
}

static int
read_text (array *in, char *text, const char *where, numsys_error *error)
{
  char *line;
  int result = 0;

  for (size_t number = 1; result == 0 && (line = strsep (&text, "\n")) != NULL;
       number++)
    result = read_row (in, line, where, number, error);
  in->dimensions = 2;
  in->shape[0] = in->rows;
  in->shape[1] = in->columns;
  return result;
}

static int
read_npy (array *in, const char *bytes, size_t length, const char *where,
          numsys_error *error)
{
  npy_array from;

  if (npy_parse (bytes, length, where, &from, error) != 0)
    return -1;
  in->x = from.x;
  in->count = from.count;
  in->rows = from.dimensions > 1 ? from.shape[0] : 1;
  in->columns = in->rows > 0 ? in->count / in->rows : 0;
  in->dimensions = from.dimensions;
  memcpy (in->shape, from.shape, sizeof in->shape);
  return 0;
}

int
array_read (const char *file, array *in, numsys_error *error)
{
  const int is_standard = file == NULL || strcmp (file, "-") == 0;
  const char *where = is_standard ? "standard input" : file;
  size_t length;
  char *text = memory_read_file (is_standard ? "/dev/stdin" : file, &length);
  int result;

  memset (in, 0, sizeof *in);
  if (text == NULL)
    {
      numsys_error_set (error, "cannot read %s: %s", where, strerror (errno));
      return -1;
    }
  result = npy_is (text, length) ? read_npy (in, text, length, where, error)
                                 : read_text (in, text, where, error);
  free (text);
  return result;
}

void
array_free (array *in)
{
  free (in->x);
  memset (in, 0, sizeof *in);
}

/* An array to be written. */
typedef struct writing
{
  const array *in;
  const float *x;
} writing;

static int
print (FILE *stream, const void *closure)
{
  const writing *w = closure;

  npy_print (stream, w->in->dimensions, w->in->shape, w->x);
  return ferror (stream) ? -1 : 0;
}

int
array_write (const char *path, const array *in, const float x[],
             numsys_error *error)
{
  const writing w = { in, x };

  return store_write_file (path, print, &w, error);
}

typedef struct writing_codes
{
  const array *in;
  size_t size;
  const void *codes;
} writing_codes;

static int
print_codes (FILE *stream, const void *closure)
{
  const writing_codes *w = closure;

  npy_print_codes (stream, w->in->dimensions, w->in->shape, w->size, w->codes);
  return ferror (stream) ? -1 : 0;
}

int
array_write_codes (const char *path, const array *in, size_t size,
                   const void *codes, numsys_error *error)
{
  const writing_codes w = { in, size, codes };

  return store_write_file (path, print_codes, &w, error);
}
