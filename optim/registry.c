/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The update rules, and rules made from specs.  Parser, help and tests walk
   the list.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "optim/type.h"

const optim_type *const optim_types[] = {
  &optim_sgd,
  &optim_adam,
  &optim_adamw,
  &optim_madam,
  &optim_lns_madam,
  &optim_mul,
  &optim_signmul,
  &optim_integer_madam,
  NULL,
};

const char *
optim_type_name (const optim_type *type)
{
  return type->name;
}

const char *
optim_type_summary (const optim_type *type)
{
  return type->summary;
}

const optim_param *
optim_type_params (const optim_type *type)
{
  return type->params;
}

double
optim_type_lr (const optim_type *type)
{
  return type->lr;
}

int
optim_type_is_multiplicative (const optim_type *type)
{
  return type->kind != OPTIM_ADDITIVE;
}

const char *
optim_spec (const optim *rule)
{
  return rule->spec;
}

const optim_type *
optim_type_of (const optim *rule)
{
  return rule->type;
}

void
optim_free (optim *rule)
{
  free (rule);
}

static const optim_type *
find (const char *name, numsys_error *error)
{
  const char *names[sizeof optim_types / sizeof optim_types[0]];
  size_t n = 0;

  for (; optim_types[n] != NULL; n++)
    {
      if (strcmp (optim_types[n]->name, name) == 0)
        return optim_types[n];
      names[n] = optim_types[n]->name;
    }
  optim_unknown_name ("optimizer", name, n, names, error);
  return NULL;
}

optim *
optim_new (const char *spec, numsys_error *error)
{
  numsys_split split;
  const optim_type *type;
  optim *rule;

  if (numsys_spec_split (spec, "optimizer", &split, error) != 0)
    return NULL;
  type = find (split.name, error);
  if (type == NULL)
    return NULL;
  rule = calloc (1, sizeof *rule);
  if (rule == NULL)
    {
      numsys_error_set (error, "no memory for optimizer '%s'", spec);
      return NULL;
    }
  rule->type = type;
  if (optim_values_read (&split, type->params, rule->values, error) != 0)
    {
      free (rule);
      return NULL;
    }
  optim_values_print (type->name, type->params, rule->values,
                      sizeof rule->spec, rule->spec);
  return rule;
}
