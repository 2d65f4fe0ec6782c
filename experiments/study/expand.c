/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ${...} in study files.

   expression = term {("+" | "-") term};  term = power {"*" power};
   power = atom ["^" power];  atom = number | name | "(" expression ")".
   Whole numbers only; overflow is an error, never a wrong number.  */

#include <config.h>

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/study/expand.h"
#include "experiments/results/memory.h"
#include "numsys/spec.h"

#define DEEPEST 32   /* names that use names: deeper is a circle */

typedef struct reader
{
  const expand_scope *scope;
  const char *at;        /* what is still to read */
  unsigned depth;
  numsys_error *error;
} reader;

static char *expand_deep (const expand_scope *scope, const char *value,
                          unsigned depth, numsys_error *error);
static int read_sum (reader *in, int64_t *x);

const study_assignment *
expand_find (const expand_scope *scope, const char *name)
{
  for (size_t i = scope->count; i-- > 0; )
    for (size_t j = scope->layer[i] != NULL ? scope->layer[i]->count : 0;
         j-- > 0; )
      if (strcmp (scope->layer[i]->item[j].name, name) == 0)
        return &scope->layer[i]->item[j];
  return NULL;
}

/* The text that a name stands for, owned by the caller. */
static char *
name_text (const expand_scope *scope, const char *name, unsigned depth,
           numsys_error *error)
{
  const study_assignment *found = expand_find (scope, name);

  if (found == NULL)
    {
      numsys_error_set (error, "${%s}: nothing here is called '%s'", name,
                        name);
      return NULL;
    }
  if (depth == 0)
    {
      numsys_error_set (error, "'%s' refers to itself", name);
      return NULL;
    }
  return expand_deep (scope, found->value, depth - 1, error);
}

static int
is_name (char c)
{
  return isalnum ((unsigned char) c) || c == '_';
}

static int
wrong (reader *in, const char *what)
{
  numsys_error_set (in->error, "%s before '%s'", what, in->at);
  return -1;
}

/* Skips spaces; whether the next character is c, which is then taken. */
static int
take (reader *in, char c)
{
  while (*in->at == ' ')
    in->at++;
  if (*in->at != c)
    return 0;
  in->at++;
  return 1;
}

/* A whole number as all of text; -1 and a sentence otherwise. */
static int
whole_number (const char *text, const char *name, int64_t *x,
              numsys_error *error)
{
  char *end;

  errno = 0;
  *x = strtoll (text, &end, 10);
  if (end != text && *end == '\0' && errno == 0)
    return 0;
  numsys_error_set (error, "'%s' is '%s', which is no whole number to "
                    "compute with", name, text);
  return -1;
}

static int
read_atom (reader *in, int64_t *x)
{
  size_t length = 0;
  char *name, *text;
  int result = -1;

  if (take (in, '('))
    return read_sum (in, x) != 0 ? -1
           : take (in, ')') ? 0 : wrong (in, "')' is missing");
  while (is_name (in->at[length]))
    length++;
  if (length == 0)
    return wrong (in, "a name or number is missing");
  name = memory_format ("%.*s", (int) length, in->at);
  text = isdigit ((unsigned char) *name)
         ? memory_copy (name)
         : name_text (in->scope, name, in->depth, in->error);
  in->at += length;
  if (text != NULL)
    result = whole_number (text, name, x, in->error);
  free (text);
  free (name);
  return result;
}

static int
read_power (reader *in, int64_t *x)
{
  int64_t exponent, base;

  if (read_atom (in, x) != 0)
    return -1;
  if (!take (in, '^'))
    return 0;
  if (read_power (in, &exponent) != 0)
    return -1;
  if (exponent < 0 || exponent > 62)
    return wrong (in, "an exponent is not within 0..62");
  for (base = *x, *x = 1; exponent > 0; exponent--)
    if (__builtin_mul_overflow (*x, base, x))
      return wrong (in, "a number is too large");
  return 0;
}

static int
read_product (reader *in, int64_t *x)
{
  int64_t y;

  if (read_power (in, x) != 0)
    return -1;
  while (take (in, '*'))
    {
      if (read_power (in, &y) != 0)
        return -1;
      if (__builtin_mul_overflow (*x, y, x))
        return wrong (in, "a number is too large");
    }
  return 0;
}

static int
read_sum (reader *in, int64_t *x)
{
  int64_t y;

  if (read_product (in, x) != 0)
    return -1;
  for (;;)
    {
      const int plus = take (in, '+');

      if (!plus && !take (in, '-'))
        return 0;
      if (read_product (in, &y) != 0)
        return -1;
      if (plus ? __builtin_add_overflow (*x, y, x)
               : __builtin_sub_overflow (*x, y, x))
        return wrong (in, "a number is too large");
    }
}

/* What stands between ${ and }. */
static char *
expand_one (const expand_scope *scope, const char *expression, unsigned depth,
            numsys_error *error)
{
  reader in = { scope, expression, depth, error };
  size_t length = 0;
  int64_t x;

  while (is_name (expression[length]) || expression[length] == '-')
    length++;
  /* A single name; one with a minus in it is a setting's, if there is one. */
  if (length > 0 && expression[length] == '\0'
      && (strchr (expression, '-') == NULL
          || expand_find (scope, expression) != NULL)
      && !isdigit ((unsigned char) *expression))
    return name_text (scope, expression, depth, error);
  if (read_sum (&in, &x) != 0)
    return NULL;
  if (*in.at != '\0')
    {
      wrong (&in, "an operator (+ - * ^) is missing");
      return NULL;
    }
  return memory_format ("%" PRId64, x);
}

static char *
expand_deep (const expand_scope *scope, const char *value, unsigned depth,
             numsys_error *error)
{
  const char *open = strstr (value, "${"), *close;
  char *expression, *middle, *rest, *whole = NULL;

  if (open == NULL)
    return memory_copy (value);
  close = strchr (open, '}');
  if (close == NULL)
    {
      numsys_error_set (error, "'%s' has a ${ without a }", value);
      return NULL;
    }
  expression = memory_format ("%.*s", (int) (close - open - 2), open + 2);
  middle = expand_one (scope, expression, depth, error);
  rest = middle != NULL ? expand_deep (scope, close + 1, depth, error) : NULL;
  if (rest != NULL)
    whole = memory_format ("%.*s%s%s", (int) (open - value), value, middle,
                           rest);
  free (expression);
  free (middle);
  free (rest);
  return whole;
}

char *
expand_value (const expand_scope *scope, const char *value,
              numsys_error *error)
{
  return expand_deep (scope, value, DEEPEST, error);
}
