/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running gnuplot.

   It is not to be trusted: it leaves an empty file when a script fails, exits
   with 0 when the disk is full, and only warns when a table is missing.  So it
   writes under a temporary name, and the file gets its own when gnuplot ended
   well, complained of nothing, and the file ends as its format must.  */

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "numsys/spec.h"
#include "plots/plots.h"
#include "plots/restyle.h"
#include "plots/spawn.h"

const char *const plots_formats[] = { "svg", "pdf", "png", NULL };

/* What must stand among the last bytes of a whole file. */
static const struct
{
  const char *format, *end;
} endings[] = {
  { "svg", "</svg>" },
  { "pdf", "%%EOF" },
  { "png", "IEND" },
};

/* 1 when the file, which it sends to the disk, ends as its format must. */
static int
is_whole (const char *path, const char *format)
{
  char tail[33] = "";
  int file = open (path, O_RDWR | O_CLOEXEC);
  ssize_t length = -1;
  off_t size;

  if (file < 0)
    return 0;
  size = lseek (file, 0, SEEK_END);
  if (size >= 32 && fsync (file) == 0)
    length = pread (file, tail, 32, size - 32);
  close (file);
  for (size_t i = 0; length == 32 && i < sizeof endings / sizeof endings[0];
       i++)
    if (strcmp (endings[i].format, format) == 0)
      return memmem (tail, 32, endings[i].end, strlen (endings[i].end))
             != NULL;
  return 0;
}

/* START'VALUE' as gnuplot reads it; owned by the caller, NULL without
   memory. */
static char *
quoted (const char *start, const char *value)
{
  char *text = malloc (strlen (start) + 2 * strlen (value) + 3), *to = text;

  if (text == NULL)
    return NULL;
  to += sprintf (text, "%s'", start);
  for (; *value != '\0'; value++)
    {
      if (*value == '\'')
        *to++ = '\'';
      *to++ = *value;
    }
  strcpy (to, "'");
  return text;
}

/* Runs the script; the sentence of what it complained of goes to error. */
static plots_status
run_script (const plots_figure *figure, const char *out, const char *format,
            numsys_error *error)
{
  const char *chosen = getenv ("GNUPLOT");
  const char *program
    = chosen == NULL || *chosen == '\0' ? "gnuplot" : chosen;
  char *restyle = plots_restyle (figure);
  char *set[] = {
    restyle == NULL ? NULL : quoted ("restyle=", restyle),
    quoted ("set loadpath ", figure->folder),
    quoted ("tables=", figure->tables), quoted ("out=", out),
    quoted ("format=", format), quoted ("note=", figure->note),
  };
  /* -d: no file of the user's may change the look. */
  const char *words[] = {
    program, "-d", "-e", set[0], "-e", set[1], "-e", set[2], "-e", set[3],
    "-e", set[4], "-e", set[5], NULL, NULL,
  };
  char *script = NULL;
  plots_status status = PLOTS_FAILED;

  if (asprintf (&script, "%s/figures/%s.gp", figure->folder, figure->name)
        < 0
      || set[0] == NULL || set[1] == NULL || set[2] == NULL || set[3] == NULL
      || set[4] == NULL || set[5] == NULL)
    numsys_error_set (error, "Memory ran out while figure %s was drawn.",
                      figure->name);
  else
    {
      words[14] = script;
      status = plots_spawn (words, figure->name, error);
    }
  free (script);
  free (restyle);
  for (size_t i = 0; i < sizeof set / sizeof set[0]; i++)
    free (set[i]);
  return status;
}

/* As plots_draw_as, a temporary name being at hand. */
static plots_status
draw (const plots_figure *figure, const char *out, const char *temporary,
      const char *format, numsys_error *error)
{
  plots_status status = run_script (figure, temporary, format, error);

  if (status == PLOTS_DRAWN && !is_whole (temporary, format))
    {
      numsys_error_set (error, "gnuplot left %s unfinished: is the folder "
                        "writable, the disk full?", out);
      status = PLOTS_FAILED;
    }
  if (status == PLOTS_DRAWN && rename (temporary, out) != 0)
    {
      numsys_error_set (error, "Cannot write %s: %s.", out, strerror (errno));
      status = PLOTS_FAILED;
    }
  if (status != PLOTS_DRAWN)
    unlink (temporary);
  return status;
}

plots_status
plots_draw_as (const plots_figure *figure, const char *file,
               const char *format, numsys_error *error)
{
  char *temporary = NULL;
  plots_status status = PLOTS_FAILED;

  if (asprintf (&temporary, "%s.%ld.tmp", file, (long) getpid ()) < 0)
    numsys_error_set (error, "Memory ran out while figure %s was drawn.",
                      figure->name);
  else
    status = draw (figure, file, temporary, format, error);
  free (temporary);
  return status;
}

plots_status
plots_draw (const plots_figure *figure, const char *out_folder,
            const char *format, numsys_error *error)
{
  char *out = NULL;
  plots_status status = PLOTS_FAILED;

  if (asprintf (&out, "%s/%s.%s", out_folder, figure->name, format) < 0)
    numsys_error_set (error, "Memory ran out while figure %s was drawn.",
                      figure->name);
  else
    status = plots_draw_as (figure, out, format, error);
  free (out);
  return status;
}

/* Copies what was drawn to stream. */
static plots_status
print_file (const plots_figure *figure, const char *path, FILE *stream,
            numsys_error *error)
{
  FILE *file = fopen (path, "r");
  int c, is_empty = 1;

  while (file != NULL && (c = getc (file)) != EOF)
    if (c != '\f')
      {
        putc (c, stream);
        is_empty = 0;
      }
  if (file != NULL)
    fclose (file);
  if (!is_empty)
    return PLOTS_DRAWN;
  numsys_error_set (error, "gnuplot left no text of figure %s.",
                    figure->name);
  return PLOTS_FAILED;
}

plots_status
plots_print (const plots_figure *figure, FILE *stream, numsys_error *error)
{
  const char *chosen = getenv ("TMPDIR");
  char *path = NULL;
  plots_status status = PLOTS_FAILED;
  int file = -1;

  if (asprintf (&path, "%s/numsys-XXXXXX",
                chosen != NULL && *chosen != '\0' ? chosen : "/tmp") >= 0)
    file = mkstemp (path);
  if (file < 0)
    numsys_error_set (error, "Cannot make a temporary file for figure %s: "
                      "%s.", figure->name, strerror (errno));
  else
    {
      status = run_script (figure, path, "txt", error);
      if (status == PLOTS_DRAWN)
        status = print_file (figure, path, stream, error);
      close (file);
      unlink (path);
    }
  free (path);
  return status;
}
