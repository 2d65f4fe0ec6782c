/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events that no order changes, counted without the products: of one p of k,
   how many numbers of b are at least so large says how many of its products
   with a factor are.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/datapath/matrix.h"

enum { TRUNCATED, VANISHED, KINDS };

typedef struct counter
{
  const numsys_datapath *path;
  const numsys_sums_kernel *kernel;
  int is_even;                /* signs of terms do not matter */
  /* Of positive and negative terms: top less the sums from which on they are
     of a kind, no more, again ... */
  size_t *edge[2][KINDS];
  size_t edges[2][KINDS];
  /* Of numbers of b of a sign: at [top - y], how many are y steps or more,
     from -tops[0] to top. */
  uint32_t *reach[2];
  uint32_t *found[2][KINDS];  /* of a factor's sign and e */
  uint32_t *often;            /* how often an index occurs */
} counter;

static int
is_kind (const numsys_datapath_term *term, int kind)
{
  return kind == TRUNCATED ? term->is_cut
                           : term->value == 0 && !term->is_over;
}

static int
find_edges (counter *work)
{
  const numsys_datapath *path = work->path;

  work->is_even = 1;
  for (int negative = 0; negative < 2; negative++)
    for (int kind = 0; kind < KINDS; kind++)
      {
        int is_in = 0;
        size_t *out = malloc (((size_t) path->top + 1) * sizeof *out);

        work->edge[negative][kind] = out;
        if (out == NULL)
          return -1;
        for (int64_t p = 0; p <= path->top; p++)
          {
            const int is_now = is_kind (&path->term[negative][p], kind);

            if (is_now != is_in)
              *out++ = (size_t) (path->top - p);
            is_in = is_now;
            work->is_even &= is_now == is_kind (&path->term[0][p], kind);
          }
        work->edges[negative][kind]
          = (size_t) (out - work->edge[negative][kind]);
      }
  return 0;
}

static int
init (counter *work, const numsys_datapath *path)
{
  const size_t reach = (size_t) (path->top + path->tops[0]) + 1;
  const size_t factors = (size_t) (path->tops[0] / path->times[0]) + 1;

  *work = (counter) { .path = path, .kernel = numsys_kernels_best ()->sums };
  work->often = malloc (2 * (size_t) (path->tops[1] / path->times[1] + 2)
                        * sizeof *work->often);
  if (work->often == NULL)
    return -1;
  for (int i = 0; i < 2; i++)
    {
      work->reach[i] = calloc (reach, sizeof *work->reach[i]);
      if (work->reach[i] == NULL)
        return -1;
      for (int kind = 0; kind < KINDS; kind++)
        {
          work->found[i][kind]
            = malloc (factors * sizeof *work->found[i][kind]);
          if (work->found[i][kind] == NULL)
            return -1;
        }
    }
  return find_edges (work);
}

static void
clear (counter *work)
{
  free (work->often);
  for (int i = 0; i < 2; i++)
    {
      free (work->reach[i]);
      for (int kind = 0; kind < KINDS; kind++)
        {
          free (work->edge[i][kind]);
          free (work->found[i][kind]);
        }
    }
}

/* Fills reach, and gives how many numbers are not zero. */
static uint64_t
measure (counter *work, size_t n, const int32_t index[])
{
  const numsys_datapath *path = work->path;
  const size_t top = (size_t) path->top, most = (size_t) path->tops[1];
  const size_t times = (size_t) path->times[1];
  uint32_t *often = work->often;
  uint64_t all = 0;

  memset (often, 0, (2 * most / times + 4) * sizeof *often);
  for (size_t j = 0; j < n; j++)
    often[index[j]]++;
  for (int i = 0; i < 2 - work->is_even; i++)
    {
      uint32_t *reach = work->reach[i], sum = 0;

      for (size_t e = most / times + 1; e-- > 0;)
        {
          const uint32_t *of_e = often + 2 * (e + 1);

          sum += work->is_even ? of_e[0] + of_e[1] : of_e[i];
          reach[top - e * times] = sum;
          for (size_t x = 1; e > 0 && x < times; x++)
            reach[top - e * times + x] = sum;
        }
      for (size_t x = top + 1; x <= top + (size_t) path->tops[0]; x++)
        reach[x] = sum;
      all += sum;
    }
  return all;
}

/* Of factors of a sign, for each e, the events of a kind. */
static void
find (counter *work, int negative, int kind)
{
  const numsys_datapath *path = work->path;
  const size_t times = (size_t) path->times[0];
  const size_t factors = (size_t) path->tops[0] / times + 1;
  uint32_t *found = work->found[negative][kind];

  memset (found, 0, factors * sizeof *found);
  for (int other = 0; other < 2 - work->is_even; other++)
    work->kernel->alternate (factors, times,
                             work->edges[negative != other][kind],
                             work->edge[negative != other][kind],
                             work->reach[other], found);
}

static void
count (counter *work, const numsys_datapath_product *product, size_t p,
       numsys_datapath_events *events)
{
  const uint64_t all
    = measure (work, product->n, product->index[1] + p * product->n);
  const int32_t *index = product->index[0] + p * product->m;
  uint64_t factors = 0, truncated = 0, vanished = 0;

  for (int negative = 0; negative < 2 - work->is_even; negative++)
    for (int kind = 0; kind < KINDS; kind++)
      find (work, negative, kind);
  for (size_t i = 0; i < product->m; i++)
    if (index[i] != 0)
      {
        const unsigned x = (unsigned) index[i];
        const unsigned negative = work->is_even ? 0 : x % 2;

        factors++;
        truncated += work->found[negative][TRUNCATED][x / 2 - 1];
        vanished += work->found[negative][VANISHED][x / 2 - 1];
      }
  events->products += factors * all;
  events->truncated += truncated;
  events->vanished += vanished;
}

int
numsys_datapath_count (const numsys_datapath_product *product,
                       numsys_datapath_events *events)
{
  counter work;
  const int status = init (&work, product->path);

  for (size_t p = 0; status == 0 && p < product->k; p++)
    count (&work, product, p, events);
  clear (&work);
  return status;
}
