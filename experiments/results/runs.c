/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Result files: paths, reading, writing.  */

#include <config.h>

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/results/runs.h"
#include "numsys/spec.h"

#define CONTENT "#content "
#define BETWEEN_BLOCKS "\n\n\n"   /* two blank lines: gnuplot's index */

char *
runs_path (const char *dir, const store_hash *hash, const char *suffix)
{
  return memory_format ("%s/runs/%.2s/%s%s", dir, hash->text, hash->text,
                        suffix);
}

/* Whether text ends in the hash of all before it; cuts that line off. */
static int
is_whole (char *text, size_t length)
{
  size_t tail = strlen (CONTENT) + sizeof (store_hash);   /* and a newline */
  store_hash hash;

  if (length < tail || text[length - 1] != '\n'
      || memcmp (text + length - tail, CONTENT, strlen (CONTENT)) != 0)
    return 0;
  text[length - 1] = '\0';
  hash = store_hash_of (text, length - tail);
  if (strcmp (hash.text, text + length - sizeof hash) != 0)
    return 0;
  text[length - tail] = '\0';
  return 1;
}

/* Takes the leading `#key value' lines apart. */
static void
read_header (runs_file *file)
{
  char *line = file->text;

  while (*line == '#')
    {
      char *end = strchr (line, '\n'), *value;

      if (end == NULL)
        break;
      *end = '\0';
      file->field = memory_grow (file->field, file->count,
                                 sizeof file->field[0]);
      value = strchr (line, ' ');
      if (value != NULL)
        *value++ = '\0';
      file->field[file->count].key = line + 1;
      file->field[file->count++].value = value != NULL ? value : "";
      line = end + 1;
    }
  file->blocks = line;
}

int
runs_read (const char *path, runs_file *file, numsys_error *error)
{
  size_t length = strlen (path), n;
  int is_result = length > 4 && strcmp (path + length - 4, ".tsv") == 0;

  memset (file, 0, sizeof *file);
  file->text = memory_read_file (path, &n);
  if (file->text == NULL)
    {
      if (errno == ENOENT || errno == ENOTDIR)
        return 1;
      numsys_error_set (error, "cannot read %s: %s", path, strerror (errno));
      return -1;
    }
  if (is_result && !is_whole (file->text, n))
    {
      numsys_error_set (error, "%s is damaged: its content is not what its "
                        "last line says", path);
      runs_free (file);
      return -1;
    }
  read_header (file);
  return 0;
}

void
runs_free (runs_file *file)
{
  free (file->text);
  free (file->field);
  memset (file, 0, sizeof *file);
}

const char *
runs_value (const runs_file *file, const char *key)
{
  for (size_t i = 0; i < file->count; i++)
    if (strcmp (file->field[i].key, key) == 0)
      return file->field[i].value;
  return NULL;
}

const char *
runs_block_text (const runs_file *file, size_t index, size_t *length)
{
  const char *start = file->blocks, *end;

  for (size_t i = 0; i < index && start != NULL; i++)
    {
      start = strstr (start, BETWEEN_BLOCKS);
      if (start != NULL)
        start += strlen (BETWEEN_BLOCKS);
    }
  if (start == NULL)
    return NULL;
  end = strstr (start, BETWEEN_BLOCKS);
  *length = end != NULL ? (size_t) (end - start) + 1 : strlen (start);
  return start;
}

results_table *
runs_block (const runs_file *file, size_t index, numsys_error *error)
{
  size_t length;
  const char *start = runs_block_text (file, index, &length);
  results_table *block;
  char *text;

  if (start == NULL)
    {
      numsys_error_set (error, "a result has no block %zu", index);
      return NULL;
    }
  text = memory_format ("%.*s", (int) length, start);
  block = table_parse (text, "a result's block", error);
  free (text);
  return block;
}

static int
write_text (FILE *stream, const void *text)
{
  return fputs (text, stream) < 0 ? -1 : 0;
}

int
runs_write (const char *path, const char *text, int is_result,
            numsys_error *error)
{
  char *copy = memory_copy (path), *whole;
  int result = store_make_folder (dirname (copy), error);

  free (copy);
  if (result != 0)
    return result;
  if (!is_result)
    return store_write_file (path, write_text, text, error);
  whole = memory_format ("%s" CONTENT "%s\n", text,
                         store_hash_of (text, strlen (text)).text);
  result = store_write_file (path, write_text, whole, error);
  free (whole);
  return result;
}
