/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Specs of number systems and quantizers: reading and printing.  */

#include <config.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "numsys/numsys.h"
#include "numsys/spec.h"

#define WHAT "number system"

static size_t
length (const numsys_param params[])
{
  size_t n = 0;

  while (params[n].key != NULL)
    n++;
  return n;
}

static int
unknown_name (const char *name, numsys_error *error)
{
  const char *words[64];
  size_t n = 0;
  char near[64], list[200] = "";

  for (const numsys_type *const *type = numsys_types; *type != NULL; type++)
    {
      words[n++] = (*type)->name;
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                n > 1 ? ", " : "", (*type)->name);
    }
  for (const numsys_alias *alias = numsys_aliases; alias->name != NULL;
       alias++)
    words[n++] = alias->name;
  numsys_nearest_word (name, n, words, near);
  numsys_error_set (error,
                    "unknown number system '%s'%s (families: %s; 'numsys "
                    "systems' lists the aliases too)", name, near, list);
  return -1;
}

static int
unknown_key (const char *key, const char *family, const numsys_param params[],
             int with_quantizer, numsys_error *error)
{
  const char *words[2 * NUMSYS_MOST_PARAMS + 8];
  size_t n = 0;
  char near[64], list[200] = "";

  for (size_t i = 0; params[i].key != NULL; i++)
    words[n++] = params[i].key;
  for (size_t i = 0; with_quantizer && numsys_quantizer_params[i].key != NULL;
       i++)
    words[n++] = numsys_quantizer_params[i].key;
  for (size_t i = 0; i < n; i++)
    snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
              i > 0 ? ", " : "", words[i]);
  numsys_nearest_word (key, n, words, near);
  numsys_error_set (error, "%s has no key '%s'%s (keys: %s)", family, key,
                    near, list);
  return -1;
}

/* One of the keys that every quantizer has; 1 when it is none of them. */
static int
read_quantizer_key (const char *family, const char *key, const char *text,
                    numsys_quantizer_values *out, numsys_error *error)
{
  static const numsys_param block
    = { "scale=block", 0, 1, INT64_C (1) << 32, NULL,
        "elements that share a scale" };
  const numsys_param *param = numsys_quantizer_params;
  int64_t value;

  while (param->key != NULL && strcmp (param->key, key) != 0)
    param++;
  if (param->key == NULL)
    return 1;
  if (strcmp (key, "scale") == 0 && strncmp (text, "block=", 6) == 0)
    {
      if (numsys_param_read (family, &block, text + 6, &value, error) != 0)
        return -1;
      out->scaling = NUMSYS_SCALE_BLOCK;
      out->block = (uint64_t) value;
      return 0;
    }
  if (numsys_param_read (family, param, text, &value, error) != 0)
    return -1;
  switch (param - numsys_quantizer_params)
    {
    case 0: out->rounding = (numsys_rounding) value; break;
    case 1: out->random_bits = (unsigned) value; break;
    case 2: out->scaling = (int) value; break;
    default: out->scale_step = (int) value; break;
    }
  return 0;
}

static int
read_item (const numsys_split *split, size_t i, numsys_purpose purpose,
           numsys_parsed *out, numsys_error *error)
{
  const numsys_type *type = out->type;
  const numsys_param *params = type->params;
  const size_t n = length (params);
  size_t p = i;

  if (split->key[i] != NULL)
    for (p = 0; p < n && strcmp (params[p].key, split->key[i]) != 0; p++)
      ;
  if (p < n)
    return numsys_param_read (type->name, &params[p], split->value[i],
                              &out->values[p], error);
  if (split->key[i] == NULL)
    {
      numsys_error_set (error, "%s takes %zu values without keys, '%s' is one "
                        "too many", type->name, n, split->value[i]);
      return -1;
    }
  if (purpose == NUMSYS_FOR_TRAINING)
    {
      const int status
        = read_quantizer_key (type->name, split->key[i], split->value[i],
                              &out->quantizer, error);
      if (status <= 0)
        return status;
    }
  return unknown_key (split->key[i], type->name, params,
                      purpose == NUMSYS_FOR_TRAINING, error);
}

/* Reads a family's own spec, or an alias's, then its keys over it. */
static int
read_spec (const char *spec, numsys_purpose purpose, int is_alias,
           numsys_parsed *out, numsys_error *error)
{
  numsys_split split;

  if (numsys_spec_split (spec, WHAT, &split, error) != 0)
    return -1;
  out->type = numsys_find (split.name);
  if (out->type == NULL)
    {
      const numsys_alias *alias = numsys_aliases;

      while (alias->name != NULL && strcmp (alias->name, split.name) != 0)
        alias++;
      if (alias->name == NULL || is_alias)
        return unknown_name (split.name, error);
      if (split.count > 0 && split.key[0] == NULL)
        {
          numsys_error_set (error, "'%s' stands for %s: write '%s' with its "
                            "key", split.name, alias->spec, split.value[0]);
          return -1;
        }
      if (read_spec (alias->spec, purpose, 1, out, error) != 0)
        return -1;
    }
  else
    for (size_t i = 0; out->type->params[i].key != NULL; i++)
      out->values[i] = out->type->params[i].preset;
  for (size_t i = 0; i < split.count; i++)
    if (read_item (&split, i, purpose, out, error) != 0)
      return -1;
  return 0;
}

int
numsys_spec_parse (const char *spec, numsys_purpose purpose,
                   numsys_parsed *out, numsys_error *error)
{
  *out = (numsys_parsed) { .quantizer = {
    .rounding = NUMSYS_NEAREST,
    .random_bits = 32,
    .scaling = NUMSYS_SCALE_TENSOR,
    .scale_step = NUMSYS_STEP_GRID,
  } };
  if (read_spec (spec, purpose, 0, out, error) != 0)
    return -1;
  return out->type->check (out->values, purpose, error);
}

/* Whether a reader for either purpose would come to this value unasked. */
static int
is_default (const numsys_parsed *parsed, size_t i)
{
  const numsys_param *params = parsed->type->params;
  numsys_error ignored;

  if (params[i].preset != NUMSYS_DERIVED)
    return parsed->values[i] == params[i].preset;
  for (int purpose = 0; purpose <= NUMSYS_FOR_TRAINING; purpose++)
    {
      int64_t values[NUMSYS_MOST_PARAMS];

      for (size_t j = 0; params[j].key != NULL; j++)
        values[j] = params[j].preset == NUMSYS_DERIVED ? NUMSYS_DERIVED
                                                       : parsed->values[j];
      if (parsed->type->check (values, (numsys_purpose) purpose, &ignored) != 0
          || values[i] != parsed->values[i])
        return 0;
    }
  return 1;
}

static void
append_quantizer (const numsys_quantizer_values *values,
                  char out[NUMSYS_SPEC_TEXT])
{
  const numsys_param *params = numsys_quantizer_params;
  const int is_random = values->rounding == NUMSYS_STOCHASTIC
                        || values->rounding == NUMSYS_STOCHASTIC_LOG;

  if (values->rounding != NUMSYS_NEAREST)
    numsys_param_print (out, ',', &params[0], values->rounding);
  if (is_random && values->random_bits != 32)
    numsys_param_print (out, ',', &params[1], values->random_bits);
  if (values->scaling == NUMSYS_SCALE_BLOCK)
    snprintf (out + strlen (out), NUMSYS_SPEC_TEXT - strlen (out),
              ",scale=block=%" PRIu64, values->block);
  else if (values->scaling != NUMSYS_SCALE_TENSOR)
    numsys_param_print (out, ',', &params[2], values->scaling);
  if (values->scaling != NUMSYS_SCALE_NONE
      && values->scale_step != NUMSYS_STEP_GRID)
    numsys_param_print (out, ',', &params[3], values->scale_step);
}

void
numsys_spec_print (const numsys_parsed *parsed, numsys_purpose purpose,
                   char out[NUMSYS_SPEC_TEXT])
{
  char separator = ':';

  strcpy (out, parsed->type->name);
  for (size_t i = 0; parsed->type->params[i].key != NULL; i++)
    if (i < 2 || !is_default (parsed, i))
      {
        numsys_param_print (out, separator, &parsed->type->params[i],
                            parsed->values[i]);
        separator = ',';
      }
  if (purpose == NUMSYS_FOR_TRAINING)
    append_quantizer (&parsed->quantizer, out);
}
