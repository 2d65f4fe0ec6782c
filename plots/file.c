/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of tables that are nowhere but in memory.  */

#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "numsys/spec.h"
#include "plots/plots.h"

const char *
plots_format_of (const char *file, numsys_error *error)
{
  const char *dot = strrchr (file, '.');

  for (const char *const *format = plots_formats; *format != NULL; format++)
    if (dot != NULL && strcmp (dot + 1, *format) == 0)
      return *format;
  numsys_error_set (error, "the figure '%s' must end with .svg, .pdf or .png",
                    file);
  return NULL;
}

/* Writes or, without text, removes FOLDER/NAME.tsv; 0 or -1. */
static int
put_table (const char *folder, const char *name, const char *text)
{
  char *path = NULL;
  FILE *stream;
  int status = -1;

  if (asprintf (&path, "%s/%s.tsv", folder, name) < 0)
    return -1;
  if (text == NULL)
    status = unlink (path);
  else if ((stream = fopen (path, "w")) != NULL)
    {
      status = fputs (text, stream) < 0 ? -1 : 0;
      if (fclose (stream) != 0)
        status = -1;
    }
  free (path);
  return status;
}

plots_status
plots_draw_file (const plots_figure *figure, const plots_table tables[],
                 const char *file, numsys_error *error)
{
  const char *format = plots_format_of (file, error);
  const char *chosen = getenv ("TMPDIR");
  plots_figure drawn = *figure;
  plots_status status = PLOTS_FAILED;
  char *folder = NULL;
  int is_written = 1;

  if (format == NULL)
    return PLOTS_FAILED;
  if (asprintf (&folder, "%s/numsys-XXXXXX",
                chosen != NULL && *chosen != '\0' ? chosen : "/tmp") < 0
      || mkdtemp (folder) == NULL)
    {
      numsys_error_set (error, "cannot make a folder for the figure's tables: "
                        "%s", strerror (errno));
      free (folder);
      return PLOTS_FAILED;
    }
  drawn.tables = folder;
  for (size_t i = 0; tables[i].name != NULL; i++)
    is_written &= put_table (folder, tables[i].name, tables[i].text) == 0;
  if (is_written)
    status = plots_draw_as (&drawn, file, format, error);
  else
    numsys_error_set (error, "cannot write the figure's tables to %s: %s",
                      folder, strerror (errno));
  for (size_t i = 0; tables[i].name != NULL; i++)
    put_table (folder, tables[i].name, NULL);
  rmdir (folder);
  free (folder);
  return status;
}
