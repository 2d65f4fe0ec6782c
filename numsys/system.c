/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Systems: a family, its parameters' values and the state made of them, in
   one allocation.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/numsys.h"
#include "numsys/spec.h"

struct numsys
{
  const numsys_type *type;
  int64_t values[NUMSYS_MOST_PARAMS];
  char spec[NUMSYS_SPEC_TEXT];
  max_align_t state[];
};

const numsys_type *
numsys_find (const char *name)
{
  for (const numsys_type *const *type = numsys_types; *type != NULL; type++)
    if (strcmp ((*type)->name, name) == 0)
      return *type;
  return NULL;
}

numsys *
numsys_new_parsed (const numsys_parsed *parsed, numsys_error *error)
{
  numsys *system = calloc (1, sizeof *system + parsed->type->state_size);

  if (system == NULL)
    {
      numsys_error_set (error, "out of memory for a number system");
      return NULL;
    }
  system->type = parsed->type;
  memcpy (system->values, parsed->values, sizeof system->values);
  numsys_spec_print (parsed, NUMSYS_FOR_ARITHMETIC, system->spec);
  system->type->init (system->state, system->values);
  if (system->type->prepare != NULL
      && system->type->prepare (system->state) != 0)
    {
      free (system);
      numsys_error_set (error, "out of memory for a number system");
      return NULL;
    }
  return system;
}

numsys *
numsys_new (const char *spec, numsys_error *error)
{
  numsys_parsed parsed;

  if (numsys_spec_parse (spec, NUMSYS_FOR_ARITHMETIC, &parsed, error) != 0)
    return NULL;
  return numsys_new_parsed (&parsed, error);
}

void
numsys_free (numsys *system)
{
  if (system == NULL)
    return;
  if (system->type->release != NULL)
    system->type->release (system->state);
  free (system);
}

const char *
numsys_spec (const numsys *system)
{
  return system->spec;
}

const numsys_type *
numsys_type_of (const numsys *system)
{
  return system->type;
}

const void *
numsys_state (const numsys *system)
{
  return system->state;
}

int64_t
numsys_value (const numsys *system, size_t i)
{
  return system->values[i];
}

unsigned
numsys_code_bits (const numsys *system)
{
  return system->type->ladder == NULL
           ? 0
           : system->type->ladder->code_bits (system->state);
}
