/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values in the specs of rules and schedules: numbers in C's notation or
   powers of two written 2^-7.  In keys `-' and `_' are the same.  */

#include <config.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "optim/type.h"

/* Writes the fewest digits from which strtod gives value again; whole numbers
   without an exponent. */
static void
print_number (double value, char out[32])
{
  if (value == floor (value) && fabs (value) < 1e15)
    {
      snprintf (out, 32, "%.0f", value);
      return;
    }
  for (int digits = 1; digits <= 17; digits++)
    {
      snprintf (out, 32, "%.*g", digits, value);
      if (strtod (out, NULL) == value)
        return;
    }
}

/* -1 when text is no number. */
static int
read_number (const char *text, double *out)
{
  char *end;

  if (strncmp (text, "2^", 2) == 0)
    {
      const long exponent = strtol (text + 2, &end, 10);

      if (end == text + 2 || *end != '\0' || labs (exponent) > 2000)
        return -1;
      *out = ldexp (1, (int) exponent);
      return 0;
    }
  *out = strtod (text, &end);
  return end == text || *end != '\0' ? -1 : 0;
}

static int
is_key (const char *key, const char *text)
{
  for (; *key != '\0' && *text != '\0'; key++, text++)
    if ((*key == '-' ? '_' : *key) != (*text == '-' ? '_' : *text))
      return 0;
  return *key == *text;
}

static void
unknown_key (const char *name, const char *key, const optim_param params[],
             numsys_error *error)
{
  const char *words[OPTIM_MOST_PARAMS] = { NULL };
  char near[64], list[200] = "";
  size_t n = 0;

  for (; params[n].key != NULL; n++)
    {
      words[n] = params[n].key;
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                n > 0 ? ", " : "", words[n]);
    }
  numsys_nearest_word (key, n, words, near);
  numsys_error_set (error, "%s has no key '%s'%s (keys: %s)", name, key, near,
                    n > 0 ? list : "none");
}

static int
read_value (const char *name, const optim_param *param, const char *text,
            double *out, numsys_error *error)
{
  char least[32], most[32];
  double value;

  if (read_number (text, &value) == 0 && value >= param->least
      && value <= param->most && (!param->is_whole || value == floor (value)))
    {
      *out = value + 0.0;   /* not -0 */
      return 0;
    }
  print_number (param->least, least);
  print_number (param->most, most);
  numsys_error_set (error, "%s: %s=%s is not a %snumber from %s to %s (%s)",
                    name, param->key, text, param->is_whole ? "whole " : "",
                    least, most, param->meaning);
  return -1;
}

static int
read_item (const numsys_split *split, size_t item, size_t count,
           const optim_param params[], double values[], numsys_error *error)
{
  size_t i = item;

  if (split->key[item] == NULL && item >= count)
    {
      numsys_error_set (error, "%s takes %zu values without keys, '%s' is one "
                        "too many", split->name, count, split->value[item]);
      return -1;
    }
  if (split->key[item] != NULL)
    for (i = 0; i < count && !is_key (params[i].key, split->key[item]); i++)
      ;
  if (i == count)
    {
      unknown_key (split->name, split->key[item], params, error);
      return -1;
    }
  if (!isnan (values[i]))
    {
      numsys_error_set (error, "%s gives '%s' twice", split->name,
                        params[i].key);
      return -1;
    }
  return read_value (split->name, &params[i], split->value[item], &values[i],
                     error);
}

int
optim_values_read (const numsys_split *split, const optim_param params[],
                   double values[], numsys_error *error)
{
  size_t count = 0;

  /* NaN marks what has not been given. */
  for (; params[count].key != NULL; count++)
    values[count] = NAN;
  for (size_t item = 0; item < split->count; item++)
    if (read_item (split, item, count, params, values, error) != 0)
      return -1;
  for (size_t i = 0; i < count; i++)
    if (isnan (values[i]))
      values[i] = params[i].preset;
  return 0;
}

void
optim_values_print (const char *name, const optim_param params[],
                    const double values[], size_t size, char out[])
{
  snprintf (out, size, "%s", name);
  for (size_t i = 0; params[i].key != NULL; i++)
    {
      const size_t used = strlen (out);
      char number[32];

      print_number (values[i], number);
      snprintf (out + used, size - used, "%c%s=%s", i == 0 ? ':' : ',',
                params[i].key, number);
    }
}

void
optim_unknown_name (const char *what, const char *name, size_t n,
                    const char *const names[], numsys_error *error)
{
  char near[64], list[200] = "";

  for (size_t i = 0; i < n; i++)
    snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
              i > 0 ? ", " : "", names[i]);
  numsys_nearest_word (name, n, names, near);
  numsys_error_set (error, "unknown %s '%s'%s (known: %s)", what, name, near,
                    list);
}
