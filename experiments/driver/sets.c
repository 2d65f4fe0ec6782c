/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data sets of a study.  */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/driver/sets.h"

const data_set *
sets_find (void *closure, const char *name)
{
  const sets *all = closure;

  for (size_t i = 0; i < all->count; i++)
    if (strcmp (all->set[i].name, name) == 0)
      return &all->set[i];
  return NULL;
}

int
sets_load (sets *all, const grid *runs, const char *folder,
           numsys_error *error)
{
  memset (all, 0, sizeof *all);
  for (size_t i = 0; i < runs->count; i++)
    {
      const char *name = settings_get (&runs->run[i].settings, "data");

      if (sets_find (all, name) != NULL)
        continue;
      all->set = memory_grow (all->set, all->count, sizeof all->set[0]);
      if (data_load (name, folder, &all->set[all->count], error) != 0)
        return -1;
      all->count++;
    }
  return 0;
}

void
sets_free (sets *all)
{
  for (size_t i = 0; i < all->count; i++)
    data_free (&all->set[i]);
  free (all->set);
  memset (all, 0, sizeof *all);
}
