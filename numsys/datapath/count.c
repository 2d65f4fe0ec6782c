/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events that no order changes, counted without the products: of one p of k,
   how many numbers of b are at least so large says how many of its products
   with a factor are.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/datapath/matrix.h"

enum { TRUNCATED, VANISHED, KINDS };

/* Terms of sums from `at' on are of a kind, or no more. */
typedef struct edge
{
  int64_t at;
  int begins;
} edge;

typedef struct counter
{
  const numsys_datapath *path;
  int is_even;                /* signs of terms do not matter */
  edge *edge[2][KINDS];       /* of positive, of negative terms */
  size_t edges[2][KINDS];
  /* Of numbers of b of a sign: at [top - y], how many are y steps or more,
     from -tops[0] to top. */
  uint32_t *reach[2];
  uint32_t *found[2][KINDS];  /* of a factor's sign and e */
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
        edge *out = malloc (((size_t) path->top + 1) * sizeof *out);

        work->edge[negative][kind] = out;
        if (out == NULL)
          return -1;
        for (int64_t p = 0; p <= path->top; p++)
          {
            const int is_now = is_kind (&path->term[negative][p], kind);

            if (is_now != is_in)
              *out++ = (edge) { p, is_now };
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

  *work = (counter) { .path = path };
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
measure (counter *work, size_t n, const numsys_datapath_number b[],
         size_t step)
{
  const numsys_datapath *path = work->path;
  const size_t top = (size_t) path->top, most = (size_t) path->tops[1];
  uint64_t all = 0;

  for (int i = 0; i < 2; i++)
    memset (work->reach[i] + top - most, 0,
            (most + 1) * sizeof *work->reach[i]);
  for (size_t j = 0; j < n; j++)
    {
      const numsys_datapath_number x = b[j * step];

      work->reach[!work->is_even && x.sign < 0]
                 [top - (size_t) x.e * (size_t) path->times[1]]
        += x.sign != 0;
    }
  for (int i = 0; i < 2; i++)
    {
      uint32_t *reach = work->reach[i], sum = 0;

      for (size_t x = top - most; x <= top; x++)
        reach[x] = sum += reach[x];
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
    {
      const edge *edges = work->edge[negative != other][kind];

      for (size_t i = 0; i < work->edges[negative != other][kind]; i++)
        {
          const uint32_t *reach = work->reach[other]
                                  + (path->top - edges[i].at);

          if (times == 1 && edges[i].begins)
            for (size_t e = 0; e < factors; e++)
              found[e] += reach[e];
          else if (times == 1)
            for (size_t e = 0; e < factors; e++)
              found[e] -= reach[e];
          else
            for (size_t e = 0; e < factors; e++)
              found[e] += edges[i].begins ? reach[e * times]
                                          : -reach[e * times];
        }
    }
}

static void
count (counter *work, const numsys_datapath_product *product, size_t p,
       numsys_datapath_events *events)
{
  const numsys_datapath_matrix *a = product->a, *b = product->b;
  const uint64_t all = measure (work, product->n, b->number + p * b->inner,
                                b->outer);

  for (int negative = 0; negative < 2 - work->is_even; negative++)
    for (int kind = 0; kind < KINDS; kind++)
      find (work, negative, kind);
  for (size_t i = 0; i < product->m; i++)
    {
      const numsys_datapath_number x
        = a->number[i * a->outer + p * a->inner];
      const int negative = !work->is_even && x.sign < 0;

      if (x.sign == 0)
        continue;
      events->products += all;
      events->truncated += work->found[negative][TRUNCATED][x.e];
      events->vanished += work->found[negative][VANISHED][x.e];
    }
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
