/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which products lose nothing, and which are not 0.  Of a remainder of p, terms
   are so from some quotient on: only their power of two changes.  Hence, of a
   given factor a, numbers of b from some e on, of one remainder each, or of all
   when that is no matter.  */

#include <config.h>
#include "numsys/datapath/matrix.h"

/* Sums from which on terms are of a kind. */
typedef struct edges
{
  int which;       /* ALL: one edge; ALIKE: one of each remainder */
  size_t count;
  int64_t *least;
} edges;

static int
is_kind (const numsys_datapath_term *term, int kind)
{
  return kind == NUMSYS_DATAPATH_WHOLE ? !term->is_cut
                                       : term->value != 0 || term->is_over;
}

static void
find_edges (const numsys_datapath *path, int negative, int kind, edges *out)
{
  const int64_t L = path->gamma;
  int64_t first = path->top + 1, last = 0;

  out->count = 0;
  for (int64_t r = 0; r < L; r++)
    {
      int64_t p = r;

      while (p <= path->top && !is_kind (&path->term[negative][p], kind))
        p += L;
      first = p < first ? p : first;
      last = p > last ? p : last;
      if (p <= path->top)
        out->least[out->count++] = p;
    }
  out->which = last - first < L ? NUMSYS_DATAPATH_ALL : NUMSYS_DATAPATH_ALIKE;
  if (out->which == NUMSYS_DATAPATH_ALL && out->count > 0)
    {
      out->least[0] = first;
      out->count = 1;
    }
}

/* The row of numbers of b that are y steps or more, ALIKE by multiples of L; 0
   when there are none. */
static int
find_row (const numsys_datapath *path, const numsys_datapath_losses *losses,
          int which, int64_t y, size_t sign, uint32_t *row)
{
  const int64_t times = path->times[1], L = path->gamma;
  int64_t e;

  if (which == NUMSYS_DATAPATH_ALIKE && y % times != 0)
    return 0;
  if (y < 0)
    y = which == NUMSYS_DATAPATH_ALL ? 0 : (y % L + L) % L;
  e = (y + times - 1) / times;
  *row = (uint32_t) ((sign * NUMSYS_DATAPATH_REACHES + (size_t) which)
                     * losses->size) + (uint32_t) e;
  return e < (int64_t) losses->size;
}

/* The rows of all factors; zero has none. */
static void
fill_rows (const numsys_datapath *path, int kind, const edges of[2],
           numsys_datapath_losses *out)
{
  uint32_t *row = out->row[kind], *first = out->first[kind];

  for (size_t place = 0; place < out->factors; place++)
    {
      const size_t sign = out->signs == 2 ? place % 2 : 0;
      const int64_t e = (int64_t) (place / out->signs) - 1;

      *first++ = (uint32_t) (row - out->row[kind]);
      for (size_t other = 0; e >= 0 && other < out->signs; other++)
        {
          const edges *edge = &of[sign != other];

          for (size_t i = 0; i < edge->count; i++)
            row += find_row (path, out, edge->which,
                             edge->least[i] - e * path->times[0], other, row);
        }
    }
  *first = (uint32_t) (row - out->row[kind]);
}

/* Signs do not matter unless terms are rounded down. */
static void
set_shape (const numsys_datapath *path, numsys_datapath_losses *out)
{
  out->signs = path->values[DATAPATH_ROUND] == ROUND_DOWN ? 2 : 1;
  out->factors
    = out->signs * ((size_t) (path->tops[0] / path->times[0]) + 2);
  out->size = (size_t) (path->tops[1] / path->times[1]) + 1;
}

static int
make_kind (const numsys_datapath_product *product, int kind, size_t room,
           edges of[2], numsys_datapath_losses *out)
{
  const numsys_datapath *path = product->path;
  size_t most = 0;

  for (int negative = 0; negative < 2; negative++)
    {
      find_edges (path, negative, kind, &of[negative]);
      most = of[negative].count > most ? of[negative].count : most;
    }
  most *= out->signs * out->factors;
  if (most > room)
    return 1;
  out->row[kind] = numsys_datapath_take (product->scratch, most + 1,
                                         sizeof *out->row[kind]);
  out->first[kind] = numsys_datapath_take (
    product->scratch, out->factors + 1, sizeof *out->first[kind]);
  if (out->row[kind] == NULL || out->first[kind] == NULL)
    return -1;
  fill_rows (path, kind, of, out);
  return 0;
}

int
numsys_datapath_losses_make (const numsys_datapath_product *product,
                             size_t room, numsys_datapath_losses *out)
{
  const size_t L = (size_t) product->path->gamma;
  edges of[2];
  int status = 0;

  for (int negative = 0; negative < 2; negative++)
    {
      of[negative].least = numsys_datapath_take (product->scratch, L,
                                                 sizeof *of[negative].least);
      if (of[negative].least == NULL)
        return -1;
    }
  *out = (numsys_datapath_losses) { .signs = 0 };
  set_shape (product->path, out);
  for (int kind = 0; status == 0 && kind < NUMSYS_DATAPATH_KINDS; kind++)
    status = make_kind (product, kind, room, of, out);
  return status;
}
