/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user may set of a figure's look.

   gnuplot's expressions can run programs and its options can write files; so
   only options that are a look are allowed, and of their values only what is a
   number, a word, a range, a list or a quoted text: no call, no macro, no
   backquote, no second command.  */

#include <config.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numsys/spec.h"
#include "plots/restyle.h"

static const char *const looks[] = {
  "xrange", "yrange", "x2range", "y2range", "cbrange", "xtics", "ytics",
  "mxtics", "mytics", "cbtics", "xlabel", "ylabel", "title", "key", "grid",
  "logscale", "format", "border", "lmargin", "rmargin", "tmargin",
  "bmargin", "errorbars", "pointsize",
};

#define LOOKS (sizeof looks / sizeof looks[0])

static int
is_look (const char *name, size_t length)
{
  for (size_t i = 0; i < LOOKS; i++)
    if (strlen (looks[i]) == length && strncmp (looks[i], name, length) == 0)
      return 1;
  return 0;
}

static int
unknown_look (const char *name, numsys_error *error)
{
  char near[64], list[400] = "";

  for (size_t i = 0; i < LOOKS; i++)
    snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
              i > 0 ? ", " : "", looks[i]);
  numsys_nearest_word (name, LOOKS, looks, near);
  numsys_error_set (error, "--set: a figure has no '%s' to set%s (there are: "
                    "%s)", name, near, list);
  return -1;
}

/* The end of the quoted text that begins at text, or NULL. */
static const char *
after_quoted (const char *text)
{
  const char *end = strchr (text + 1, *text);

  if (end == NULL || memchr (text, '`', (size_t) (end - text)) != NULL
      || memchr (text, '@', (size_t) (end - text)) != NULL
      || memchr (text, '\\', (size_t) (end - text)) != NULL)
    return NULL;
  return end + 1;
}

/* Where a value has something that is not allowed, or NULL. */
static const char *
offence (const char *value)
{
  int after_word = 0;

  for (const char *at = value; *at != '\0';)
    if (*at == '"' || *at == '\'')
      {
        const char *end = after_quoted (at);

        if (end == NULL)
          return at;
        at = end;
        after_word = 0;
      }
    else if (isalnum ((unsigned char) *at) || *at == '_' || *at == '.')
      {
        after_word = 1;
        at++;
      }
    else if (*at == ' ' || (*at == '(' && !after_word)
             || (*at != '(' && strchr ("+-,:[])*", *at) != NULL))
      {
        after_word = after_word && *at == ' ';
        at++;
      }
    else
      return at;
  return NULL;
}

int
plots_check_set (const char *assignment, numsys_error *error)
{
  const char *equals = strchr (assignment, '=');
  char name[64];
  const char *bad;

  if (equals == NULL || equals == assignment
      || (size_t) (equals - assignment) >= sizeof name)
    {
      numsys_error_set (error, "--set '%s' is not NAME=VALUE", assignment);
      return -1;
    }
  snprintf (name, sizeof name, "%.*s", (int) (equals - assignment),
            assignment);
  if (!is_look (name, strlen (name)))
    return unknown_look (name, error);
  bad = offence (equals + 1);
  if (bad == NULL)
    return 0;
  numsys_error_set (error, "--set %s: a value is numbers, words, ranges, lists "
                    "and quoted texts, and cannot have '%s' in it", name, bad);
  return -1;
}

char *
plots_restyle (const plots_figure *figure)
{
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream (&text, &length);

  if (stream == NULL)
    return NULL;
  for (const char *const *set = figure->set; set != NULL && *set != NULL;
       set++)
    {
      const char *equals = strchr (*set, '=');

      fprintf (stream, "set %.*s %s; ", (int) (equals - *set), *set,
               equals + 1);
    }
  if (fclose (stream) == 0)
    return text;
  free (text);
  return NULL;
}
