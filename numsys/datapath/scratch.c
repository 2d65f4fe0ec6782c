/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that products use one after the other: what one of them took is there
   until the next one begins, which then finds it in one piece.  */

#include <config.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/datapath/matrix.h"

enum { LINE = 64 };

typedef struct block
{
  struct block *next;
  size_t size;         /* bytes of memory, used of them */
  size_t used;
  unsigned char *memory;
} block;

struct numsys_datapath_scratch
{
  block *blocks;       /* the last first; only it has room */
};

static void
drop_blocks (numsys_datapath_scratch *scratch)
{
  while (scratch->blocks != NULL)
    {
      block *next = scratch->blocks->next;

      free (scratch->blocks->memory);
      free (scratch->blocks);
      scratch->blocks = next;
    }
}

/* 0, or -1 when memory ran out. */
static int
add_block (numsys_datapath_scratch *scratch, size_t size)
{
  block *added = malloc (sizeof *added);

  if (added == NULL)
    return -1;
  *added = (block) { scratch->blocks, size, 0, aligned_alloc (LINE, size) };
  if (added->memory == NULL)
    {
      free (added);
      return -1;
    }
  scratch->blocks = added;
  return 0;
}

numsys_datapath_scratch *
numsys_datapath_scratch_new (void)
{
  return calloc (1, sizeof (numsys_datapath_scratch));
}

void
numsys_datapath_scratch_free (numsys_datapath_scratch *scratch)
{
  if (scratch != NULL)
    drop_blocks (scratch);
  free (scratch);
}

void
numsys_datapath_scratch_reset (numsys_datapath_scratch *scratch)
{
  size_t size = 0;

  for (const block *one = scratch->blocks; one != NULL; one = one->next)
    size += one->size;
  if (scratch->blocks != NULL && scratch->blocks->next != NULL)
    {
      drop_blocks (scratch);
      (void) add_block (scratch, size);   /* else it is asked for again */
    }
  if (scratch->blocks != NULL)
    scratch->blocks->used = 0;
}

void *
numsys_datapath_take (numsys_datapath_scratch *scratch, size_t n, size_t size)
{
  const size_t most = SIZE_MAX / 2 - LINE;
  block *last = scratch->blocks;
  size_t bytes;
  void *taken;

  if (n > most / size)
    return NULL;
  bytes = (n * size / LINE + 1) * LINE;
  if (last == NULL || last->size - last->used < bytes)
    {
      if (add_block (scratch, bytes) != 0)
        return NULL;
      last = scratch->blocks;
    }
  taken = last->memory + last->used;
  last->used += bytes;
  return taken;
}

void *
numsys_datapath_take_zeros (numsys_datapath_scratch *scratch, size_t n,
                            size_t size)
{
  void *taken = numsys_datapath_take (scratch, n, size);

  return taken == NULL ? NULL : memset (taken, 0, n * size);
}
