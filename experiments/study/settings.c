/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings: reading, canonical form, and what training takes.  */

#include <config.h>

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/results/table.h"
#include "experiments/study/settings.h"
#include "numsys/spec.h"

int
settings_find (const char *key)
{
  for (int i = 0; i < SETTINGS_COUNT; i++)
    if (strcmp (settings_table[i].key, key) == 0)
      return i;
  return -1;
}

void
settings_unknown (const char *key, size_t n, const char *const others[],
                  numsys_error *error)
{
  const char **words = memory_new (SETTINGS_COUNT + n, sizeof words[0]);
  char near[64], list[sizeof error->text] = "";

  for (size_t i = 0; i < SETTINGS_COUNT + n; i++)
    {
      words[i] = i < n ? others[i] : settings_table[i - n].key;
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                i > 0 ? ", " : "", words[i]);
    }
  numsys_nearest_word (key, SETTINGS_COUNT + n, words, near);
  numsys_error_set (error, "unknown setting '%s'%s (settings: %s)", key, near,
                    list);
  free (words);
}

/* A number, or BASE^EXPONENT.  0, or -1 when text is neither. */
static int
read_real (const char *text, double *x)
{
  char *end;

  *x = strtod (text, &end);
  if (end == text)
    return -1;
  if (*end == '^')
    {
      const char *exponent = end + 1;
      double y = strtod (exponent, &end);
      if (end == exponent)
        return -1;
      *x = pow (*x, y);
    }
  return *end == '\0' && isfinite (*x) ? 0 : -1;
}

static int
read_integer (const char *text, double *x)
{
  char *end;
  long long value;

  errno = 0;
  value = strtoll (text, &end, 10);
  *x = (double) value;
  return end == text || *end != '\0' || errno != 0 ? -1 : 0;
}

static int
canonical_number (const settings_entry *entry, const char *text,
                  char out[SETTINGS_ROOM], numsys_error *error)
{
  const int is_real = entry->kind == SETTINGS_REAL;
  double x;

  if ((is_real ? read_real (text, &x) : read_integer (text, &x)) != 0
      || x < entry->least || x > entry->most)
    {
      numsys_error_set (error, "%s = %s is not a %s from %.15g to %.15g (%s)",
                        entry->key, text, is_real ? "number" : "whole number",
                        entry->least, entry->most, entry->meaning);
      return -1;
    }
  if (is_real)
    {
      /* The fewest digits that give the same number again. */
      for (int digits = 1; digits <= 17; digits++)
        {
          snprintf (out, SETTINGS_ROOM, "%.*g", digits, x);
          if (strtod (out, NULL) == x)
            break;
        }
    }
  else
    snprintf (out, SETTINGS_ROOM, "%" PRId64, (int64_t) x);
  return 0;
}

int
settings_set (settings_values *settings, int index, const char *value,
              numsys_error *error)
{
  const settings_entry *entry = &settings_table[index];
  char out[SETTINGS_ROOM];

  if (strlen (value) >= SETTINGS_ROOM || strpbrk (value, "\t\n\r") != NULL)
    {
      numsys_error_set (error, "the value of %s is too long or has tabs or "
                        "newlines in it", entry->key);
      return -1;
    }
  if (entry->kind != SETTINGS_TEXT)
    {
      if (canonical_number (entry, value, out, error) != 0)
        return -1;
    }
  else if (entry->canonical == NULL)
    strcpy (out, value);
  else
    {
      numsys_error why;
      if (entry->canonical (value, out, &why) != 0)
        {
          numsys_error_set (error, "%s = %.80s%s: %s", entry->key, value,
                            strlen (value) > 80 ? "..." : "", why.text);
          return -1;
        }
    }
  free (settings->value[index]);
  settings->value[index] = memory_copy (out);
  return 0;
}

/* Presets are canonical already, or become so: their sentence is never
   needed. */
void
settings_init (settings_values *settings)
{
  numsys_error error;

  memset (settings, 0, sizeof *settings);
  for (int i = 0; i < SETTINGS_COUNT; i++)
    if (settings_set (settings, i, settings_table[i].preset, &error) != 0)
      settings->value[i] = memory_copy (settings_table[i].preset);
}

void
settings_free (settings_values *settings)
{
  for (int i = 0; i < SETTINGS_COUNT; i++)
    {
      free (settings->value[i]);
      settings->value[i] = NULL;
    }
}

const char *
settings_get (const settings_values *settings, const char *key)
{
  return settings->value[settings_find (key)];
}

int
settings_multiplies_by (const settings_values *settings, const char *name)
{
  static const char *const keys[]
    = { "product", "product-dx", "product-dw" };

  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
    if (strcmp (settings_get (settings, keys[i]), name) == 0)
      return 1;
  return 0;
}

training_settings
settings_for_training (const settings_values *settings)
{
  training_settings out;

  memset (&out, 0, sizeof out);
  for (int i = 0; i < SETTINGS_COUNT; i++)
    {
      const settings_entry *entry = &settings_table[i];
      void *member = (char *) &out + entry->offset;

      if (entry->offset == SETTINGS_NOWHERE)
        continue;
      if (entry->kind == SETTINGS_TEXT)
        *(const char **) member = settings->value[i];
      else if (entry->kind == SETTINGS_REAL)
        *(double *) member = strtod (settings->value[i], NULL);
      else
        *(uint64_t *) member = strtoull (settings->value[i], NULL, 10);
    }
  return out;
}
