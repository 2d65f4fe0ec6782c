/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approximations: making one of a spec, and its tables.  */

#include <config.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/approx/parts.h"

#define WHAT "approximation"

const char *const numsys_approx_function_names[NUMSYS_APPROX_FUNCTIONS] = {
  "sum", "difference", "to-linear", "from-linear",
};

static const numsys_approx_type *
find (const char *name, numsys_error *error)
{
  const char *words[16];
  char near[64], list[200] = "";
  size_t n = 0;

  for (; numsys_approx_types[n] != NULL; n++)
    {
      words[n] = numsys_approx_types[n]->name;
      if (strcmp (words[n], name) == 0)
        return numsys_approx_types[n];
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                n > 0 ? ", " : "", words[n]);
    }
  numsys_error_set (error, "unknown " WHAT " '%s'%s (" WHAT "s: %s)", name,
                    numsys_nearest_word (name, n, words, near), list);
  return NULL;
}

/* Where a correctly rounded function, falling with d, becomes 0. */
static int64_t
end_of (int64_t gamma,
        int64_t (*constant) (int64_t gamma, int64_t h, unsigned fraction))
{
  int64_t low = 0, high = gamma;   /* not 0 there; 0 */

  while (constant (gamma, 2 * high, 0) != 0)
    {
      low = high;
      high *= 2;
    }
  while (high - low > 1)
    {
      const int64_t middle = low + (high - low) / 2;

      if (constant (gamma, 2 * middle, 0) != 0)
        low = middle;
      else
        high = middle;
    }
  return high;
}

static int
check (int64_t gamma, unsigned fraction, numsys_error *error)
{
  if (gamma < 1 || gamma > NUMSYS_APPROX_MOST_GAMMA)
    numsys_error_set (error, "an " WHAT " takes gamma from 1 to %d, not "
                      "%" PRId64, NUMSYS_APPROX_MOST_GAMMA, gamma);
  else if (fraction > NUMSYS_APPROX_MOST_FRACTION)
    numsys_error_set (error, "an " WHAT " takes 0 to %d fraction bits, not %u",
                      NUMSYS_APPROX_MOST_FRACTION, fraction);
  else
    return 0;
  return -1;
}

/* Canonical: values by position. */
static void
print_spec (numsys_approx *approx)
{
  size_t used = (size_t) snprintf (approx->spec, sizeof approx->spec, "%s",
                                   approx->type->name);

  for (size_t i = 0; approx->type->params[i].key != NULL; i++)
    used += (size_t) snprintf (approx->spec + used,
                               sizeof approx->spec - used, "%c%" PRId64,
                               i == 0 ? ':' : ',', approx->values[i]);
}

numsys_approx *
numsys_approx_new (const char *spec, int64_t gamma, unsigned fraction,
                   numsys_error *error)
{
  const numsys_approx_type *type;
  numsys_approx *approx;
  numsys_split split;

  if (check (gamma, fraction, error) != 0
      || numsys_spec_split (spec, WHAT, &split, error) != 0)
    return NULL;
  type = find (split.name, error);
  if (type == NULL)
    return NULL;
  approx = calloc (1, sizeof *approx);
  if (approx == NULL)
    {
      numsys_error_set (error, "out of memory for an " WHAT);
      return NULL;
    }
  approx->type = type;
  approx->gamma = gamma;
  approx->fraction = fraction;
  approx->end[NUMSYS_APPROX_SUM] = end_of (gamma, numsys_constant_sum);
  approx->end[NUMSYS_APPROX_DIFFERENCE]
    = end_of (gamma, numsys_constant_difference);
  if (numsys_params_read (type->name, type->params, &split, approx->values,
                          error) != 0
      || type->prepare (approx, error) != 0)
    {
      numsys_approx_free (approx);
      return NULL;
    }
  print_spec (approx);
  return approx;
}

void
numsys_approx_free (numsys_approx *approx)
{
  if (approx == NULL)
    return;
  for (size_t i = 0; i < approx->tables; i++)
    free (approx->table[i].entry);
  free (approx);
}

int
numsys_approx_append (numsys_approx *approx, const numsys_approx_table *shape,
                      numsys_error *error)
{
  numsys_approx_table *table = &approx->table[approx->tables];
  int64_t largest = 1;

  *table = *shape;
  table->entry = calloc (table->n + (table->n == 0), sizeof *table->entry);
  if (table->entry == NULL)
    {
      numsys_error_set (error, "out of memory for the table '%s' of %zu "
                        "entries", table->name, table->n);
      return -1;
    }
  approx->tables++;
  for (size_t i = 0; i < table->n; i++)
    {
      table->entry[i] = table->constant (approx, table->first + (int64_t) i,
                                         table->fraction);
      if (table->entry[i] > largest)
        largest = table->entry[i];
    }
  for (; largest != 0; largest /= 2)
    table->bits++;
  return 0;
}

int
numsys_approx_check_entries (const numsys_approx *approx, numsys_error *error)
{
  const int64_t n = approx->values[0];

  if ((n & (n - 1)) == 0)
    return 0;
  numsys_error_set (error, "%s: entries=%" PRId64 " is not a power of two",
                    approx->type->name, n);
  return -1;
}

unsigned
numsys_approx_shift (int64_t length, int64_t n)
{
  unsigned shift = 0;

  while (n << shift < length)
    shift++;
  return shift;
}

const char *
numsys_approx_spec (const numsys_approx *approx)
{
  return approx->spec;
}

int64_t
numsys_approx_gamma (const numsys_approx *approx)
{
  return approx->gamma;
}

unsigned
numsys_approx_fraction (const numsys_approx *approx)
{
  return approx->fraction;
}

void
numsys_approx_apply (const numsys_approx *approx,
                     numsys_approx_function function, size_t n,
                     const int64_t x[], int64_t out[])
{
  approx->type->map[function](approx, n, x, out);
}

const numsys_approx_table *
numsys_approx_table_of (const numsys_approx *approx, size_t index)
{
  return index < approx->tables ? &approx->table[index] : NULL;
}

uint64_t
numsys_approx_bits_of (const numsys_approx *approx, unsigned functions)
{
  uint64_t bits = 0;

  for (size_t i = 0; i < approx->tables; i++)
    if ((approx->table[i].functions & functions) != 0)
      bits += approx->table[i].n * approx->table[i].bits;
  return bits;
}

uint64_t
numsys_approx_bits (const numsys_approx *approx)
{
  return numsys_approx_bits_of (approx, APPROX_ALL);
}

int64_t
numsys_approx_end (const numsys_approx *approx,
                   numsys_approx_function function)
{
  return approx->end[function];
}
