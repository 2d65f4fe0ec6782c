/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The oracle's own description of a system, from the names and values of its
   parameters.  */

#include <config.h>
#include <string.h>
#include "numsys/oracle/oracle.h"

/* Index of a parameter, or of the list's end. */
static size_t
find (const numsys_type *type, const char *key)
{
  size_t i = 0;

  while (type->params[i].key != NULL && strcmp (type->params[i].key, key) != 0)
    i++;
  return i;
}

/* Value of a parameter, or 0 when the family has none such. */
static int64_t
value (const numsys_type *type, const int64_t values[], const char *key)
{
  const size_t i = find (type, key);

  return type->params[i].key != NULL ? values[i] : 0;
}

/* 1 or 2 when a parameter stands at the first or second of these words, else
   0.  */
static int
choice (const numsys_type *type, const int64_t values[], const char *key,
        const char *first, const char *second)
{
  const size_t i = find (type, key);
  const char *word;

  if (type->params[i].key == NULL || type->params[i].words == NULL)
    return 0;
  word = type->params[i].words[values[i]];
  return strcmp (word, first) == 0 ? 1 : strcmp (word, second) == 0 ? 2 : 0;
}

int
oracle_system_of (const numsys_type *type, const int64_t values[],
                  oracle_system *out)
{
  *out = (oracle_system) { .bits = (int) value (type, values, "bits"),
                           .bias = value (type, values, "bias") };
  if (strcmp (type->name, "fixed") == 0)
    {
      out->family = ORACLE_FIXED;
      out->fraction = (int) value (type, values, "fraction");
      out->is_signed = choice (type, values, "signed", "yes", "");
      out->wraps = choice (type, values, "overflow", "wrap", "");
    }
  else if (strcmp (type->name, "float") == 0)
    {
      out->family = ORACLE_FLOAT;
      out->exponent = (int) value (type, values, "exponent");
      out->significand = (int) value (type, values, "significand");
      out->specials = choice (type, values, "specials", "nan", "none");
      out->subnormals = choice (type, values, "subnormals", "yes", "");
      out->saturates = choice (type, values, "overflow", "saturate", "");
    }
  else if (strcmp (type->name, "lns") == 0)
    {
      out->family = ORACLE_LNS;
      out->gamma = value (type, values, "gamma");
      out->zero = choice (type, values, "zero", "flag", "none");
      out->flushes = choice (type, values, "underflow", "flush", "");
    }
  else
    return -1;
  return 0;
}
