/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry of data sets, and what all of them share.  */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "experiments/data/data.h"
#include "experiments/data/sources.h"
#include "numsys/spec.h"

/* The sentence for a name that is no source. */
static int
unknown (const char *name, numsys_error *error)
{
  const char *words[16];
  char near[64], list[200] = "";
  size_t n = 0;

  for (const data_source *const *source = data_sources; *source != NULL;
       source++)
    {
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                n > 0 ? ", " : "", (*source)->name);
      words[n++] = (*source)->name;
    }
  numsys_error_set (error, "Unknown data set '%s'%s (data sets: %s).", name,
                    numsys_nearest_word (name, n, words, near), list);
  return -1;
}

/* Whether the folder is there; how to get it if not. */
static int
check_folder (const data_source *source, const char *folder,
              numsys_error *error)
{
  struct stat status;

  if (source->is_made)
    return 0;
  if (folder == NULL)
    numsys_error_set (error, "%s is not shipped by Debian: say with --data "
                      "which folder holds it.", source->name);
  else if (stat (folder, &status) == 0 && S_ISDIR (status.st_mode))
    return 0;
  else if (source->package != NULL && strcmp (folder, source->folder) == 0)
    numsys_error_set (error, "%s is not in %s: install the Debian package %s, "
                      "or say with --data which folder holds it.",
                      source->name, folder, source->package);
  else
    numsys_error_set (error, "%s is not a folder that can be read, so %s is "
                      "not there.", folder, source->name);
  return -1;
}

/* Adds an integer, least byte first on every machine. */
static void
hash_integer (XXH3_state_t *state, uint64_t value)
{
  uint8_t bytes[8];

  for (int i = 0; i < 8; i++)
    bytes[i] = (uint8_t) (value >> 8 * i);
  XXH3_64bits_update (state, bytes, sizeof bytes);
}

static void
hash_split (XXH3_state_t *state, const data_split *split, size_t features)
{
  hash_integer (state, split->count);
  XXH3_64bits_update (state, split->x, split->count * features);
  XXH3_64bits_update (state, split->label, split->count);
}

/* Everything but the name: the same data under another name are the same. */
static int
hash_set (data_set *set, numsys_error *error)
{
  XXH3_state_t *state = XXH3_createState ();

  if (state == NULL)
    {
      numsys_error_set (error, "No memory to hash %s.", set->name);
      return -1;
    }
  XXH3_64bits_reset (state);
  hash_integer (state, set->features);
  hash_integer (state, set->classes);
  hash_split (state, &set->train, set->features);
  hash_split (state, &set->test, set->features);
  set->hash = XXH3_64bits_digest (state);
  XXH3_freeState (state);
  return 0;
}

const data_source *
data_find (const char *name)
{
  for (const data_source *const *source = data_sources; *source != NULL;
       source++)
    if (strcmp ((*source)->name, name) == 0)
      return *source;
  return NULL;
}

int
data_load (const char *name, const char *folder, data_set *set,
           numsys_error *error)
{
  const data_source *source = data_find (name);

  memset (set, 0, sizeof *set);
  if (source == NULL)
    return unknown (name, error);
  if (folder == NULL)
    folder = source->folder;
  if (check_folder (source, folder, error) != 0
      || source->load (source, folder, set, error) != 0
      || hash_set (set, error) != 0)
    {
      data_free (set);
      return -1;
    }
  return 0;
}

void
data_free (data_set *set)
{
  free (set->train.x);
  free (set->train.label);
  free (set->test.x);
  free (set->test.label);
  memset (set, 0, sizeof *set);
}

const data_source *const data_sources[] = {
  &data_fashion_mnist,
  &data_mnist,
  &data_none,
  NULL,
};
