/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the operations, and how many operands they take.  */

#include <config.h>
#include <string.h>
#include "numsys/numsys.h"

static const struct
{
  const char *name;
  unsigned arity;
} operations[NUMSYS_OPERATIONS] = {
  [NUMSYS_ADD] = { "add", 2 },           [NUMSYS_SUBTRACT] = { "subtract", 2 },
  [NUMSYS_MULTIPLY] = { "multiply", 2 }, [NUMSYS_DIVIDE] = { "divide", 2 },
  [NUMSYS_SQRT] = { "sqrt", 1 },         [NUMSYS_FMA] = { "fma", 3 },
  [NUMSYS_MIN] = { "min", 2 },           [NUMSYS_MAX] = { "max", 2 },
  [NUMSYS_NEGATE] = { "negate", 1 },     [NUMSYS_ABS] = { "abs", 1 },
};

const char *
numsys_operation_name (numsys_operation operation)
{
  return operations[operation].name;
}

unsigned
numsys_operation_arity (numsys_operation operation)
{
  return operations[operation].arity;
}

int
numsys_operation_find (const char *name)
{
  for (int i = 0; i < NUMSYS_OPERATIONS; i++)
    if (strcmp (operations[i].name, name) == 0)
      return i;
  return -1;
}
