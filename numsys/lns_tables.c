/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of one gamma.  */

#include <config.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "numsys/lns_tables.h"

struct numsys_lns_tables
{
  int64_t gamma;
  _Atomic (numsys_gauss *) gauss;
  _Atomic (numsys_roots *) roots;
};

numsys_lns_tables *
numsys_lns_tables_new (int64_t gamma)
{
  numsys_lns_tables *tables = malloc (sizeof *tables);

  if (tables == NULL)
    return NULL;
  tables->gamma = gamma;
  atomic_init (&tables->gauss, NULL);
  atomic_init (&tables->roots, NULL);
  return tables;
}

void
numsys_lns_tables_free (numsys_lns_tables *tables)
{
  if (tables == NULL)
    return;
  numsys_gauss_free (atomic_load (&tables->gauss));
  numsys_roots_free (atomic_load (&tables->roots));
  free (tables);
}

/* Of threads that come at once each makes one, and the first one's stays. */
const numsys_gauss *
numsys_lns_gauss_of (numsys_lns_tables *tables)
{
  numsys_gauss *gauss = atomic_load (&tables->gauss);
  numsys_gauss *there = NULL;

  if (gauss != NULL)
    return gauss;
  gauss = numsys_gauss_new (tables->gamma);
  if (gauss == NULL
      || atomic_compare_exchange_strong (&tables->gauss, &there, gauss))
    return gauss;
  numsys_gauss_free (gauss);
  return there;
}

const numsys_roots *
numsys_lns_roots_of (numsys_lns_tables *tables)
{
  numsys_roots *roots = atomic_load (&tables->roots);
  numsys_roots *there = NULL;

  if (roots != NULL)
    return roots;
  roots = numsys_roots_new (tables->gamma);
  if (roots == NULL
      || atomic_compare_exchange_strong (&tables->roots, &there, roots))
    return roots;
  numsys_roots_free (roots);
  return there;
}
