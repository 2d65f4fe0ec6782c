/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters: reading and printing their values.  */

#include <config.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/spec.h"

static int
bad_word (const char *family, const numsys_param *param, const char *text,
          numsys_error *error)
{
  char near[64], list[200] = "";
  size_t n = 0;

  for (; param->words[n] != NULL; n++)
    snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
              n > 0 ? ", " : "", param->words[n]);
  numsys_nearest_word (text, n, param->words, near);
  numsys_error_set (error, "%s: %s=%s is not one of %s%s", family, param->key,
                    text, list, near);
  return -1;
}

int
numsys_param_read (const char *family, const numsys_param *param,
                   const char *text, int64_t *out, numsys_error *error)
{
  char *end;
  long long value;

  if (param->words != NULL)
    {
      for (size_t i = 0; param->words[i] != NULL; i++)
        if (strcmp (param->words[i], text) == 0)
          {
            *out = (int64_t) i;
            return 0;
          }
      return bad_word (family, param, text, error);
    }
  errno = 0;
  value = strtoll (text, &end, 10);
  if (end == text || *end != '\0' || errno != 0 || value < param->least
      || value > param->most)
    {
      numsys_error_set (error,
                        "%s: %s=%s is not a whole number from %" PRId64
                        " to %" PRId64 " (%s)", family, param->key, text,
                        param->least, param->most, param->meaning);
      return -1;
    }
  *out = value;
  return 0;
}

void
numsys_param_print (char out[NUMSYS_SPEC_TEXT], char separator,
                    const numsys_param *param, int64_t value)
{
  const size_t n = strlen (out);

  if (param->words != NULL)
    snprintf (out + n, NUMSYS_SPEC_TEXT - n, "%c%s=%s", separator, param->key,
              param->words[value]);
  else
    snprintf (out + n, NUMSYS_SPEC_TEXT - n, "%c%s=%" PRId64, separator,
              param->key, value);
}

/* The index of a key; by position the index itself.  -1 and a sentence. */
static int
find_key (const char *what, const numsys_param params[],
          const numsys_split *split, size_t item, numsys_error *error)
{
  const char *words[NUMSYS_SPEC_ITEMS];
  const char *key = split->key[item];
  char near[64], list[200] = "";
  size_t n = 0;

  for (; params[n].key != NULL; n++)
    {
      if (key == NULL ? n == item : strcmp (params[n].key, key) == 0)
        return (int) n;
      words[n] = params[n].key;
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                n > 0 ? ", " : "", words[n]);
    }
  if (key == NULL)
    numsys_error_set (error, "%s takes %zu values, '%s' is one too many",
                      what, n, split->value[item]);
  else
    numsys_error_set (error, "%s has no key '%s'%s (keys: %s)", what, key,
                      numsys_nearest_word (key, n, words, near),
                      n > 0 ? list : "none");
  return -1;
}

int
numsys_params_read (const char *what, const numsys_param params[],
                    const numsys_split *split, int64_t values[],
                    numsys_error *error)
{
  for (size_t i = 0; params[i].key != NULL; i++)
    values[i] = params[i].preset;
  for (size_t i = 0; i < split->count; i++)
    {
      const int p = find_key (what, params, split, i, error);

      if (p < 0
          || numsys_param_read (what, &params[p], split->value[i],
                                &values[p], error) != 0)
        return -1;
    }
  return 0;
}
