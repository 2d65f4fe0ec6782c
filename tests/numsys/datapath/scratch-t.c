/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scratch memory of products: pieces apart, on lines of the cache, kept from one
   product to the next.  */

#include <config.h>
#include <stdint.h>
#include <string.h>
#include "numsys/datapath/matrix.h"
#include "tests/tap/tap.h"

enum { PIECES = 40, LINE = 64 };

static size_t
size_of (size_t i)
{
  return 1 + 37 * i * i;
}

/* Takes pieces and fills each with its number. */
static void
take_all (numsys_datapath_scratch *scratch, unsigned char *piece[PIECES])
{
  for (size_t i = 0; i < PIECES; i++)
    {
      piece[i] = numsys_datapath_take (scratch, size_of (i), 1);
      if (piece[i] == NULL)
        bail_out ("out of memory");
      memset (piece[i], (int) i, size_of (i));
    }
}

static size_t
count_wrong (unsigned char *const piece[PIECES])
{
  size_t wrong = 0;

  for (size_t i = 0; i < PIECES; i++)
    {
      wrong += (uintptr_t) piece[i] % LINE != 0;
      for (size_t j = 0; j < size_of (i); j++)
        wrong += piece[i][j] != i;
    }
  return wrong;
}

int
main (void)
{
  numsys_datapath_scratch *scratch = numsys_datapath_scratch_new ();
  unsigned char *piece[PIECES], *again[PIECES], *zeros;
  size_t wrong = 0;

  if (scratch == NULL)
    bail_out ("out of memory");
  plan (6);
  take_all (scratch, piece);
  is_int (0, (int64_t) count_wrong (piece), "pieces lie apart, on lines");
  numsys_datapath_scratch_reset (scratch);
  take_all (scratch, piece);
  is_int (0, (int64_t) count_wrong (piece), "...and after a reset");
  numsys_datapath_scratch_reset (scratch);
  take_all (scratch, again);
  is_int (0, memcmp (piece, again, sizeof piece),
          "...from which on they are where they were");
  numsys_datapath_scratch_reset (scratch);
  zeros = numsys_datapath_take_zeros (scratch, 500, 2);
  for (size_t i = 0; zeros != NULL && i < 1000; i++)
    wrong += zeros[i] != 0;
  ok (zeros != NULL && wrong == 0, "zeros are zeros, whatever lay there");
  ok (numsys_datapath_take (scratch, SIZE_MAX / 2, 4) == NULL,
      "more than there may be is refused");
  numsys_datapath_scratch_free (scratch);
  numsys_datapath_scratch_free (NULL);
  ok (1, "a scratch that is NULL may be freed");
  return 0;
}
