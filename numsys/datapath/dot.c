/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accumulation: direct in three orders, and by bins.  */

#include <config.h>
#include <string.h>
#include "numsys/datapath/inside.h"

/* A dot product under way. */
typedef struct dot
{
  const numsys_datapath *path;
  const numsys_datapath_number *a, *b;
  size_t step_a, step_b;
  numsys_datapath_events *events;
} dot;

/* x brought into the accumulator's range. */
static int64_t
hold (const dot *at, int64_t x, int is_over)
{
  const numsys_datapath *path = at->path;

  if (x >= path->low && x <= path->high && !is_over)
    return x;
  at->events->overflow++;
  if (path->values[DATAPATH_OVERFLOW] == OVERFLOW_SATURATE)
    return x < 0 ? path->low : path->high;
  /* Two's complement of acc bits. */
  return (int64_t) ((uint64_t) (x - path->low)
                    & (uint64_t) (2 * path->high + 1))
         + path->low;
}

/* p of product i, and its term; NULL when a factor is zero. */
static const numsys_datapath_term *
term_of (const dot *at, size_t i, int64_t *p)
{
  const numsys_datapath_number a = at->a[i * at->step_a];
  const numsys_datapath_number b = at->b[i * at->step_b];
  const numsys_datapath_term *term;

  if (a == 0 || b == 0)
    return NULL;
  *p = numsys_datapath_exponent (a) * at->path->times[0]
       + numsys_datapath_exponent (b) * at->path->times[1];
  term = &at->path->term[a % 2 != b % 2][*p];
  at->events->products++;
  at->events->truncated += term->is_cut;
  at->events->vanished += term->value == 0 && !term->is_over;
  return term;
}

/* Products first to first + n - 1 in turn, from 0. */
static int64_t
sequential (const dot *at, size_t first, size_t n)
{
  int64_t sum = 0, p;

  for (size_t i = first; i < first + n; i++)
    {
      const numsys_datapath_term *term = term_of (at, i, &p);

      if (term != NULL)
        sum = hold (at, sum + term->value, term->is_over);
    }
  return sum;
}

static int64_t
pairwise (const dot *at, size_t first, size_t n)
{
  size_t half = 1;

  if (n < 2)
    return sequential (at, first, n);
  while (half * 2 < n)
    half *= 2;
  return hold (at, pairwise (at, first, half)
                     + pairwise (at, first + half, n - half), 0);
}

static int64_t
blocked (const dot *at, size_t n)
{
  const size_t block = (size_t) at->path->values[DATAPATH_BLOCK];
  int64_t sum = 0;

  for (size_t i = 0; i < n; i += block)
    sum = hold (at, sum + sequential (at, i, n - i < block ? n - i : block),
                0);
  return sum;
}

static int64_t
binned (const dot *at, size_t n, int64_t bins[])
{
  const numsys_datapath *path = at->path;
  const int64_t L = path->gamma;
  numsys_datapath_wide sum = 0;
  unsigned char is_cut = 0;
  int is_over;
  int64_t p;

  memset (bins, 0, (size_t) L * sizeof *bins);
  for (size_t i = 0; i < n; i++)
    {
      const numsys_datapath_term *term = term_of (at, i, &p);

      if (term != NULL)
        bins[p % L] = hold (at, bins[p % L] + term->value, term->is_over);
    }
  for (int64_t r = 0; r < L; r++)
    sum += (numsys_datapath_wide) path->constant[r] * bins[r];
  sum = numsys_datapath_round (sum, path->values[DATAPATH_FRACTION],
                               path->values[DATAPATH_ROUND], &is_cut);
  is_over = sum < path->low || sum > path->high;
  /* Far beyond, only the sign matters to saturate, the low bits to wrap. */
  if (is_over && path->values[DATAPATH_OVERFLOW] == OVERFLOW_SATURATE)
    sum = sum < 0 ? path->low : path->high;
  return hold (at, (int64_t) (sum % ((numsys_datapath_wide) 1 << 61)),
               is_over);
}

int64_t
numsys_datapath_dot (const numsys_datapath *path, size_t n,
                     const numsys_datapath_number a[], size_t step_a,
                     const numsys_datapath_number b[], size_t step_b,
                     int64_t bins[], numsys_datapath_events *events)
{
  const dot at = { path, a, b, step_a, step_b, events };

  if (path->values[DATAPATH_BINNING])
    return binned (&at, n, bins);
  switch (path->values[DATAPATH_ORDER])
    {
    case ORDER_PAIRWISE: return pairwise (&at, 0, n);
    case ORDER_BLOCKED: return blocked (&at, n);
    default: return sequential (&at, 0, n);
    }
}
