/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of two terms of an LNS: one by one, and blocks of them in three steps,
   each a loop of its own: how far terms lie apart, what logarithm that means,
   and the codes.  Stochastic roundings compare their draw in doubles.  */

#include <config.h>
#include <math.h>
#include "numsys/lns_settle.h"

#define INLINE NUMSYS_LNS_INLINE

/* Sums of a block, or as many as are taken at a time. */
#define LENGTH NUMSYS_GAUSS_LENGTH

typedef numsys_lns_element element;
typedef numsys_lns_term term;

/* Of two terms the larger, and how many steps the other is below. */
typedef struct pair
{
  int is_zero;     /* one of them, or both */
  int negative;
  int differ;      /* in sign */
  int64_t lead;
  uint64_t d;
} pair;

/* Without branches on signs and order, which no one can foretell. */
static INLINE pair
pair_of (term a, term b)
{
  const int64_t d = a.e - b.e;
  const int b_leads = d < 0;

  return (pair) { a.is_zero | b.is_zero, b_leads ? b.negative : a.negative,
                  a.negative ^ b.negative, b_leads ? b.e : a.e,
                  (uint64_t) (b_leads ? -d : d) };
}

/* Where one of two terms is zero. */
static uint32_t
sum_with_zero (const element *at, term a, term b)
{
  if (a.is_zero && b.is_zero)
    return numsys_lns_zero (at, 0);
  if (a.is_zero)
    a = b;
  return numsys_lns_settle_hit (at, a.negative, a.e);
}

/* A sum at step_side, drawn.  What the machine's functions give is far better
   than the margin, which 2^-44 of the 25 gamma that a logarithm can be amounts
   to.  */
static uint32_t
draw_sum (const element *at, const pair *p, int64_t step_side)
{
  const double gamma = (double) at->facts->gamma;
  const double v = (double) p->d / gamma * 0x1.62e42fefa39efp-1;
  const double moved
    = (p->differ ? log (-expm1 (-v)) : log1p (exp (-v)))
      * (gamma * 0x1.71547652b82fep0);
  const int64_t step = step_side >> 3;

  if ((step_side & 7) == NUMSYS_SIDE_HIT)
    return numsys_lns_settle_hit (at, p->negative, step);
  return numsys_lns_draw (at, p->negative, step,
                          moved - (double) (step - p->lead), gamma * 0x1p-44);
}

/* Moved from its larger term, none being zero. */
static INLINE uint32_t
settle (const element *at, const pair *p, int64_t moved)
{
  if (moved == NUMSYS_GAUSS_ZERO)
    return numsys_lns_zero (at, at->call->context->rounding == NUMSYS_DOWN);
  if (at->call->is_stochastic)
    return draw_sum (at, p, moved + 8 * p->lead);
  return numsys_lns_settle (at, p->negative, moved + 8 * p->lead);
}

uint32_t
numsys_lns_add (const numsys_lns_element *at, numsys_lns_term a,
                numsys_lns_term b)
{
  const pair p = pair_of (a, b);

  if (p.is_zero)
    return sum_with_zero (at, a, b);
  if (at->facts->gauss == NULL)
    return numsys_block_default (at->call, at->block, at->i);
  return settle (at, &p, numsys_gauss_move (at->facts->gauss, p.differ, p.d));
}

/* The terms of element i. */
static INLINE void
terms_of (const element *at, numsys_operation operation, size_t i, term *a,
          term *b)
{
  const numsys_lns_facts *facts = at->facts;
  const uint32_t *const *in = at->block->in;

  *a = numsys_lns_unpack (facts, in[0][i]);
  *b = numsys_lns_unpack (facts, in[1][i]);
  if (operation == NUMSYS_SUBTRACT)
    b->negative ^= 1;
  if (operation == NUMSYS_FMA)
    {
      *a = numsys_lns_product (facts, *a, *b);
      *b = numsys_lns_unpack (facts, in[2][i]);
    }
}

/* Elements first .. first + n - 1. */
static INLINE void
add_some (element *at, numsys_operation operation, size_t first, size_t n)
{
  pair pairs[LENGTH];
  uint64_t d[LENGTH];
  uint8_t differ[LENGTH];
  int64_t moved[LENGTH];
  term a, b;

  for (size_t i = 0; i < n; i++)
    {
      terms_of (at, operation, first + i, &a, &b);
      pairs[i] = pair_of (a, b);
      d[i] = pairs[i].d;
      differ[i] = (uint8_t) pairs[i].differ;
    }
  numsys_gauss_find_all (at->facts->gauss, n, differ, d, moved);
  for (size_t i = 0; i < n; i++)
    {
      at->i = first + i;
      if (!pairs[i].is_zero)
        at->block->out[at->i] = settle (at, &pairs[i], moved[i]);
      else
        {
          terms_of (at, operation, at->i, &a, &b);
          at->block->out[at->i] = sum_with_zero (at, a, b);
        }
    }
}

static INLINE void
add_all (element *at, numsys_operation operation)
{
  const size_t n = at->block->n;

  for (size_t first = 0; first < n; first += LENGTH)
    add_some (at, operation, first, n - first < LENGTH ? n - first : LENGTH);
}

void
numsys_lns_add_block (const numsys_call *call, const numsys_lns_facts *facts,
                      const numsys_block *block)
{
  element at = { call, facts, block, 0 };

  switch (call->operation)
    {
    case NUMSYS_ADD:
      add_all (&at, NUMSYS_ADD);
      break;
    case NUMSYS_SUBTRACT:
      add_all (&at, NUMSYS_SUBTRACT);
      break;
    default:
      add_all (&at, NUMSYS_FMA);
    }
}
