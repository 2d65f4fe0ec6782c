/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking specs apart, and the sentences for what is wrong with them.  */

#include <config.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "numsys/spec.h"

void
numsys_error_set (numsys_error *error, const char *format, ...)
{
  va_list arguments;

  if (error == NULL)
    return;
  va_start (arguments, format);
  vsnprintf (error->text, sizeof error->text, format, arguments);
  va_end (arguments);
}

/* Levenshtein's distance; words longer than the row count as far. */
static size_t
edits (const char *a, const char *b)
{
  size_t row[40];
  const size_t n = strlen (b);

  if (n + 1 > sizeof row / sizeof row[0])
    return SIZE_MAX;
  for (size_t j = 0; j <= n; j++)
    row[j] = j;
  for (size_t i = 0; a[i] != '\0'; i++)
    {
      size_t diagonal = row[0];

      row[0] = i + 1;
      for (size_t j = 0; j < n; j++)
        {
          const size_t replaced = diagonal + (a[i] != b[j]);
          const size_t added = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;

          diagonal = row[j + 1];
          row[j + 1] = replaced < added ? replaced : added;
        }
    }
  return row[n];
}

const char *
numsys_nearest_word (const char *text, size_t n, const char *const words[],
                     char buffer[64])
{
  size_t least = 3;
  const char *nearest = NULL;

  for (size_t i = 0; i < n; i++)
    {
      const size_t d = edits (text, words[i]);
      const size_t longest = strlen (words[i]);

      if (d < least && d < longest)
        {
          least = d;
          nearest = words[i];
        }
    }
  buffer[0] = '\0';
  if (nearest != NULL)
    snprintf (buffer, 64, ", did you mean '%s'?", nearest);
  return buffer;
}

static int
split_item (char *item, const char *spec, const char *what, numsys_split *out,
            numsys_error *error)
{
  char *equals = strchr (item, '=');
  const size_t i = out->count;

  if (i == NUMSYS_SPEC_ITEMS)
    {
      numsys_error_set (error, "%s '%s' has more than %d values", what, spec,
                        NUMSYS_SPEC_ITEMS);
      return -1;
    }
  if (equals != NULL)
    *equals = '\0';
  out->key[i] = equals == NULL ? NULL : item;
  out->value[i] = equals == NULL ? item : equals + 1;
  if (*out->value[i] == '\0' || (equals != NULL && *item == '\0'))
    {
      numsys_error_set (error, "%s '%s' has an empty %s", what, spec,
                        equals != NULL && *item == '\0' ? "key" : "value");
      return -1;
    }
  if (equals == NULL && i > 0 && out->key[i - 1] != NULL)
    {
      numsys_error_set (error,
                        "%s '%s': '%s' needs a key, because it follows a "
                        "value with one", what, spec, item);
      return -1;
    }
  for (size_t j = 0; j < i; j++)
    if (equals != NULL && out->key[j] != NULL
        && strcmp (out->key[j], item) == 0)
      {
        numsys_error_set (error, "%s '%s' gives '%s' twice", what, spec, item);
        return -1;
      }
  out->count++;
  return 0;
}

int
numsys_spec_split (const char *spec, const char *what, numsys_split *out,
                   numsys_error *error)
{
  char *item;

  out->count = 0;
  if (strlen (spec) >= sizeof out->text)
    {
      numsys_error_set (error, "%s '%.40s...' is longer than %zu characters",
                        what, spec, sizeof out->text - 1);
      return -1;
    }
  strcpy (out->text, spec);
  out->name = out->text;
  item = strchr (out->text, ':');
  if (item != NULL)
    *item++ = '\0';
  if (*out->name == '\0')
    {
      numsys_error_set (error, "%s '%s' has no name", what, spec);
      return -1;
    }
  while (item != NULL)
    {
      char *comma = strchr (item, ',');

      if (comma != NULL)
        *comma++ = '\0';
      if (split_item (item, spec, what, out, error) != 0)
        return -1;
      item = comma;
    }
  return 0;
}
