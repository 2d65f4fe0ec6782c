/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures: each script draws a made-up table, twice the same; and whatever
   goes wrong is one sentence and leaves nothing.  The programs that fail in
   gnuplot's place are shell scripts.  */

#include <config.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plots/plots.h"
#include "tests/tap/tap.h"

static char out[] = "gnuplot-t.XXXXXX";
static char plots[4096], figures[8192], tables[8192],
  diverged[8192];

/* A file's bytes, NUL-ended; NULL when there is none. */
static char *
contents (const char *folder, const char *name, size_t *length)
{
  char path[512], *text = NULL;
  struct stat about;
  FILE *stream;

  snprintf (path, sizeof path, "%s/%s", folder, name);
  if (stat (path, &about) != 0 || (stream = fopen (path, "rb")) == NULL)
    return NULL;
  text = calloc (1, (size_t) about.st_size + 1);
  *length = text == NULL ? 0 : fread (text, 1, (size_t) about.st_size, stream);
  fclose (stream);
  return text;
}

/* Files in the output folder; removes them when asked to. */
static unsigned
files_left (int is_removing)
{
  DIR *folder = opendir (out);
  unsigned count = 0;

  for (struct dirent *entry; (entry = readdir (folder)) != NULL;)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      {
        count++;
        if (is_removing)
          unlinkat (dirfd (folder), entry->d_name, 0);
      }
  closedir (folder);
  return count;
}

static plots_status
draw (const char *name, const char *from, const char *format,
      numsys_error *error)
{
  const plots_figure figure = { plots, name, from, "made up: isn't data", NULL };

  error->text[0] = '\0';
  return plots_draw (&figure, out, format, error);
}

/* The same bytes again, for the formats without a date. */
static void
test_again (const char *name, const char *format)
{
  char file[300];
  size_t length = 0, again_length = 0;
  numsys_error error;
  char *text, *again;

  snprintf (file, sizeof file, "%s.%s", name, format);
  text = contents (out, file, &length);
  ok (draw (name, tables, format, &error) == PLOTS_DRAWN, "drawn again%s",
      error.text);
  again = contents (out, file, &again_length);
  ok (text != NULL && again != NULL && length == again_length
        && memcmp (text, again, length) == 0,
      "...with the same bytes");
  ok (text != NULL && memmem (text, length, out, strlen (out)) == NULL
        && memmem (text, length, plots, strlen (plots)) == NULL,
      "...and no path in them");
  free (text);
  free (again);
}

/* As text: 2 tests. */
static void
test_text (const char *name)
{
  const plots_figure figure = { plots, name, tables, "", NULL };
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream (&text, &length);
  numsys_error error = { "" };

  ok (plots_print (&figure, stream, &error) == PLOTS_DRAWN, "%s as text%s",
      name, error.text);
  fclose (stream);
  ok (length > 200 && strchr (text, '\f') == NULL
        && strchr (text, '\033') == NULL,
      "...%zu bytes without any that drive a terminal", length);
  free (text);
}

/* What the user sets: 4 tests. */
static void
test_restyle (const char *name)
{
  static const char *const key[] = { "key=off", "title='MADE UP'", NULL };
  static const char *const wrong[] = { "xrange=0:1", NULL };
  plots_figure figure = { plots, name, tables, "", key };
  char file[300];
  size_t length = 0, again_length = 0;
  numsys_error error = { "" };
  char *text, *again;

  snprintf (file, sizeof file, "%s.svg", name);
  ok (plots_draw (&figure, out, "svg", &error) == PLOTS_DRAWN,
      "%s with a title set%s", name, error.text);
  text = contents (out, file, &length);
  ok (text != NULL && strstr (text, "MADE UP") != NULL, "...shows it");
  figure.set = wrong;
  ok (plots_draw (&figure, out, "svg", &error) == PLOTS_FAILED,
      "...what gnuplot rejects is a sentence: %s", error.text);
  again = contents (out, file, &again_length);
  ok (text != NULL && again != NULL && strcmp (text, again) == 0,
      "...and the older picture stays");
  free (text);
  free (again);
}

/* 18 tests. */
static void
test_figure (const char *name)
{
  numsys_error error;

  for (const char *const *format = plots_formats; *format != NULL; format++)
    ok (draw (name, tables, *format, &error) == PLOTS_DRAWN, "%s.%s %s", name,
        *format, error.text);
  is_int (3, files_left (0), "one file a format and nothing else");
  test_again (name, "svg");
  test_again (name, "png");
  ok (draw (name, diverged, "svg", &error) == PLOTS_DRAWN,
      "two cells of diverged runs%s", error.text);
  ok (draw (name, out, "svg", &error) == PLOTS_FAILED
        && strstr (error.text, ".tsv") != NULL,
      "a missing table: %s", error.text);
  test_text (name);
  test_restyle (name);
  files_left (1);
}

/* Runs a shell script in gnuplot's place; $1 is the file to write. */
static plots_status
draw_by (const char *script, numsys_error *error)
{
  char path[300];
  plots_status status;
  FILE *stream;

  snprintf (path, sizeof path, "%s.sh", out);
  stream = fopen (path, "w");
  fprintf (stream, "#!/bin/sh\nset -- $(printf '%%s\\n' \"$@\" |"
           " sed -n \"s/^out='\\(.*\\)'$/\\1/p\")\n%s\n", script);
  fclose (stream);
  chmod (path, 0700);
  snprintf (path, sizeof path, "./%s.sh", out);
  setenv ("GNUPLOT", path, 1);
  status = draw ("accuracy-map", tables, "svg", error);
  unsetenv ("GNUPLOT");
  unlink (path);
  return status;
}

static const struct
{
  const char *what, *script, *sentence;
} failures[] = {
  { "a failing gnuplot", "echo half > \"$1\"; echo 'line 3: no' >&2; exit 1",
    "line 3: no" },
  { "one that fails in silence", "exit 3", "ended before it was done" },
  { "one that is killed", "echo half > \"$1\"; kill -9 $$",
    "ended before it was done" },
  { "one that only warns", "echo '<svg> a whole picture, all of it </svg>'"
    " > \"$1\"; echo 'f line 3: warning: no table' >&2", "no table" },
  { "one that writes nothing", ":", "unfinished" },
  { "one that writes an empty file", ": > \"$1\"", "unfinished" },
  { "one that the disk cut short", "printf '<svg>%080d' 1 > \"$1\"",
    "unfinished" },
};

#define FAILURES (sizeof failures / sizeof failures[0])

/* 3 tests a failure, and 6. */
static void
test_failures (void)
{
  numsys_error error;

  for (size_t i = 0; i < FAILURES; i++)
    {
      ok (draw_by (failures[i].script, &error) == PLOTS_FAILED, "%s fails",
          failures[i].what);
      ok (strstr (error.text, failures[i].sentence) != NULL, "...and says: %s",
          error.text);
      is_int (0, files_left (1), "...and leaves nothing");
    }
  ok (draw_by ("echo '<svg> a whole picture, all of it </svg>' > \"$1\";"
               "echo 'Fontconfig warning: no cache' >&2", &error)
        == PLOTS_DRAWN,
      "remarks of the font library's are no failure");
  is_int (1, files_left (0), "...and the picture is there");
  ok (draw_by ("echo half > \"$1\"; exit 1", &error) == PLOTS_FAILED,
      "a failure after a success");
  is_int (1, files_left (1), "...leaves the older picture");
  setenv ("GNUPLOT", "no-such-gnuplot", 1);
  ok (draw ("accuracy-map", tables, "svg", &error) == PLOTS_NO_GNUPLOT
        && strstr (error.text, "install gnuplot") != NULL,
      "no gnuplot: %s", error.text);
  unsetenv ("GNUPLOT");
  is_int (0, files_left (1), "...leaves nothing");
}

/* Draws every script, or only counts them. */
static unsigned
each_figure (int is_testing)
{
  DIR *folder = opendir (figures);
  unsigned count = 0;

  if (folder == NULL)
    bail_out ("no folder %s", figures);
  for (struct dirent *entry; (entry = readdir (folder)) != NULL;)
    {
      char name[256];
      char *end;

      snprintf (name, sizeof name, "%s", entry->d_name);
      end = strstr (name, ".gp");
      if (end == NULL || strcmp (end, ".gp") != 0)
        continue;
      *end = '\0';
      count++;
      if (is_testing)
        test_figure (name);
    }
  closedir (folder);
  return count;
}

static int
have_gnuplot (void)
{
  return system ("gnuplot --version > /dev/null 2>&1") == 0;
}

int
main (void)
{
  const char *top = getenv ("NUMSYS_TOP_SRCDIR");
  unsigned count, drawn;

  snprintf (plots, sizeof plots, "%s/plots", top == NULL ? "." : top);
  snprintf (figures, sizeof figures, "%s/figures", plots);
  snprintf (tables, sizeof tables, "%s/tests/data/fixture-tables",
            top == NULL ? "." : top);
  snprintf (diverged, sizeof diverged, "%s/tests/data/fixture-diverged",
            top == NULL ? "." : top);
  if (mkdtemp (out) == NULL)
    bail_out ("no folder for the pictures");
  unsetenv ("GNUPLOT");
  count = each_figure (0);
  plan (3 * FAILURES + 6 + 18 * count + 1);
  test_failures ();
  drawn = have_gnuplot () ? each_figure (1) : 0;
  for (unsigned i = 18 * drawn; i < 18 * count; i++)
    skip ("no gnuplot");
  ok (count >= 2, "%u figures", count);
  rmdir (out);
  return 0;
}
