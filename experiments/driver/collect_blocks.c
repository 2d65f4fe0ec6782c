/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of run files, put together line by line: there may be millions.  */

#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "experiments/driver/collect_blocks.h"
#include "experiments/results/memory.h"
#include "experiments/results/runs.h"
#include "experiments/driver/run.h"

typedef struct source
{
  const char *dir;
  const results_table *results;
  int naming;
  size_t block;            /* of a run file */
  int has_heading;
  numsys_error *error;     /* of a file that cannot be read */
} source;

/* The columns that name a run, of the heading (row -1) or of a row; owned by
   the caller. */
static char *
prefix_of (const source *s, long row)
{
  char *text = memory_copy ("");

  for (int j = 0; j < s->naming; j++)
    {
      char *longer = memory_format (
        "%s%s\t", text,
        row < 0 ? table_name (s->results, j)
                : table_text (s->results, (size_t) row, j));

      free (text);
      text = longer;
    }
  return text;
}

/* The lines of a block, each after prefix; the first after heading, or left
   out when that is NULL. */
static void
print_lines (const char *text, size_t length, const char *heading,
             const char *prefix, FILE *stream)
{
  const char *end = text + length, *before = heading;

  for (const char *line = text; line < end; before = prefix)
    {
      const char *next = memchr (line, '\n', (size_t) (end - line));

      next = next != NULL ? next + 1 : end;
      if (before != NULL)
        {
          fputs (before, stream);
          fwrite (line, 1, (size_t) (next - line), stream);
        }
      line = next;
    }
}

static int
print_run (source *s, size_t row, FILE *stream)
{
  store_hash hash;
  runs_file file;
  const char *text;
  char *path, *prefix;
  size_t length;
  int result;

  snprintf (hash.text, sizeof hash.text, "%s",
            table_text (s->results, row, 0));
  path = runs_path (s->dir, &hash, RUN_RESULT);
  result = runs_read (path, &file, s->error);
  free (path);
  if (result != 0)
    return result < 0 ? -1 : 0;
  text = runs_block_text (&file, s->block, &length);
  prefix = prefix_of (s, (long) row);
  if (text != NULL && length > 1)
    {
      char *heading = s->has_heading ? NULL : prefix_of (s, -1);

      print_lines (text, length, heading, prefix, stream);
      free (heading);
      s->has_heading = 1;
    }
  free (prefix);
  runs_free (&file);
  return 0;
}

static int
print_runs (FILE *stream, const void *closure)
{
  source s = *(const source *) closure;

  for (size_t i = 0; i < table_rows (s.results); i++)
    if (print_run (&s, i, stream) != 0)
      return -1;
  return 0;
}

/* Whether any run has the block. */
static int
has_block (const source *s)
{
  source copy = *s;
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream (&text, &length);

  if (stream == NULL)
    memory_exhausted ();
  for (size_t i = 0; i < table_rows (s->results) && !copy.has_heading; i++)
    if (print_run (&copy, i, stream) != 0)
      break;
  fclose (stream);
  free (text);
  return copy.has_heading;
}

int
collect_blocks (const char *dir, const results_table *results, int naming,
                numsys_error *error)
{
  static const struct { const char *name; size_t block; } files[] = {
    { "probes", RUN_BLOCK_PROBES },
    { "exponents", RUN_BLOCK_PROBES + 1 },
    { "updates", RUN_BLOCK_PROBES + 2 },
    { "swallowed", RUN_BLOCK_PROBES + 3 },
  };
  int result = 0;

  for (size_t i = 0; i < sizeof files / sizeof files[0] && result == 0; i++)
    {
      numsys_error why = { "" };
      const source s = {
        .dir = dir,
        .results = results,
        .naming = naming,
        .block = files[i].block,
        .error = &why,
      };
      char *path = memory_format ("%s/%s.tsv", dir, files[i].name);

      if (!has_block (&s))
        unlink (path);
      else if (store_write_file (path, print_runs, &s, error) != 0)
        {
          if (why.text[0] != '\0')
            *error = why;
          result = -1;
        }
      free (path);
    }
  return result;
}
