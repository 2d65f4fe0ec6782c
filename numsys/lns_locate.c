/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a sum of many values of an LNS lies among them.

   The sum, once it is known to less than half a step, is written as
   m 2^E, 1 <= m < 2, and compared with the powers about it and with the middle
   that the rounding asks for.  What the enclosure does not decide, an exact
   list of terms may: the threshold's terms are taken from it (a value is one, a
   middle of values two), and what is left is nothing, or has another
   enclosure.  The middle of two logarithms is never hit: it is no sum of powers
   2^(k / gamma), as x^(2 gamma) - 2 is irreducible.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/float_path.h"
#include "numsys/lns_locate.h"

/* m in units of 2^-M_UNIT. */
#define M_UNIT 125

/* Powers 2^(h / (2 gamma)) below 4 are within this: 2^64 (1 + 2^-15) from
   their roots, and 1 from a shift. */
#define POWER_ERROR ((numsys_bits) 1 << 65)

#define UNKNOWN 2

/* Terms of lists that need no memory. */
#define FEW 32

typedef enum threshold
{
  VALUE,        /* of step j */
  LOG_MIDDLE,   /* of steps j and j + 1 */
  MIDDLE
} threshold;

/* A sum, and the positive m 2^E that it is but for its sign. */
typedef struct search
{
  numsys_lns_total *total;
  int negative;
  numsys_bits m, error;
  int64_t octave;          /* the step of 2^E */
  numsys_lns_power *few;   /* room for two lists of FEW terms, or */
  numsys_lns_power *room;  /* more: the exact sum, and what is left of it; */
  size_t room_size;        /* of so many terms each: 0, there is none yet */
  numsys_lns_list exact;
} search;

typedef struct bounded
{
  numsys_bits value, error;
} bounded;

/* 2^(h / (2 gamma)) < 4, in units of m. */
static bounded
power (const numsys_roots *roots, int64_t h)
{
  const int64_t period = 2 * roots->gamma;
  const int64_t above = h / period + (h % period > 0);
  const uint64_t below = (uint64_t) (above * period - h);
  const numsys_bits root = numsys_roots_below (roots, below);

  return (bounded) { above > 0 ? root << (above - 1) : root >> (1 - above),
                     below == 0 ? 0 : POWER_ERROR };
}

static bounded
threshold_of (const numsys_roots *roots, int64_t j, threshold kind)
{
  const bounded low = power (roots, 2 * j + (kind == LOG_MIDDLE));
  bounded high;

  if (kind != MIDDLE)
    return low;
  high = power (roots, 2 * (j + 1));
  return (bounded) { low.value / 2 + high.value / 2,
                     low.error + high.error };
}

/* The exact sum as a list, reduced; -1 when there cannot be one. */
static int
list_terms (search *s)
{
  const numsys_lns_total *total = s->total;
  const size_t size = (size_t) total->most + 2;

  if (s->room_size != 0)
    return 0;
  if (total->most >= UINT64_C (1) << 29)
    return -1;
  s->room = size <= FEW ? s->few : malloc (2 * size * sizeof *s->room);
  if (s->room == NULL)
    return -1;
  s->room_size = size;
  s->exact = (numsys_lns_list) { total->roots->gamma, 0, s->room };
  total->list (total->data, &s->exact);
  numsys_lns_list_reduce (&s->exact);
  return 0;
}

/* The sign of a list's sum. */
static int
sign_of_list (const numsys_lns_list *list, const numsys_roots *roots)
{
  numsys_lns_enclosure x;
  numsys_bits error;

  if (list->n == 0)
    return 0;
  if (numsys_lns_list_enclose (list, roots, &x) != 0)
    return UNKNOWN;
  error = numsys_lns_error (&x);
  if (x.sum > 0 && (numsys_bits) x.sum > error)
    return 1;
  if (x.sum < 0 && (numsys_bits) -x.sum > error)
    return -1;
  return UNKNOWN;
}

/* The sign of the sum's magnitude - a threshold that it may well be. */
static int
against_exactly (search *s, int64_t j, threshold kind)
{
  const int64_t gamma = s->total->roots->gamma;
  const int64_t step = s->octave + j - (kind == MIDDLE ? gamma : 0);
  const int64_t c = s->negative ? 1 : -1;
  numsys_lns_list rest;
  int sign;

  if (kind == LOG_MIDDLE || list_terms (s) != 0)
    return UNKNOWN;
  rest = (numsys_lns_list) { gamma, s->exact.n, s->room + s->room_size };
  memcpy (rest.terms, s->exact.terms, rest.n * sizeof *rest.terms);
  numsys_lns_list_add (&rest, step, c);
  if (kind == MIDDLE)
    numsys_lns_list_add (&rest, step + 1, c);
  numsys_lns_list_reduce (&rest);
  sign = sign_of_list (&rest, s->total->roots);
  return s->negative && sign != UNKNOWN ? -sign : sign;
}

static int
against (search *s, int64_t j, threshold kind)
{
  const bounded t = threshold_of (s->total->roots, j, kind);
  const numsys_bits error = t.error + s->error;

  if (s->m > t.value && s->m - t.value > error)
    return 1;
  if (s->m < t.value && t.value - s->m > error)
    return -1;
  if (error == 0)
    return 0;
  return against_exactly (s, j, kind);
}

/* Sets m and what belongs to it; 0 if the sum is not known to less than
   half a step. */
static int
set_out (search *s)
{
  const numsys_lns_enclosure *x = &s->total->enclosure;
  const int64_t gamma = s->total->roots->gamma;
  const numsys_bits error = numsys_lns_error (x);
  unsigned zeros;

  s->negative = x->sum < 0;
  s->m = (numsys_bits) (s->negative ? -x->sum : x->sum);
  if (s->m == 0 || error > s->m / (4 * (uint64_t) gamma))
    return 0;
  zeros = M_UNIT + 1 - numsys_binary_length (s->m);
  s->m <<= zeros;
  s->error = error << zeros;
  s->octave = x->top
              + gamma * (M_UNIT - NUMSYS_LNS_SUM_UNIT - (int64_t) zeros);
  return 1;
}

/* Sets out from what is left once terms have cancelled, if it must. */
static numsys_lns_found
begin (search *s)
{
  numsys_lns_total *total = s->total;

  if (set_out (s))
    return NUMSYS_LNS_PLACE;
  if (total->enclosure.sum == 0 && !total->enclosure.is_inexact)
    return NUMSYS_LNS_NOTHING;
  if (list_terms (s) != 0)
    return NUMSYS_LNS_OPEN;
  if (s->exact.n == 0)
    return NUMSYS_LNS_NOTHING;
  return numsys_lns_list_enclose (&s->exact, total->roots, &total->enclosure)
             == 0 && set_out (s)
           ? NUMSYS_LNS_PLACE : NUMSYS_LNS_OPEN;
}

/* The greatest j whose value is not above m, and the sign of m - that; UNKNOWN
   if that is. */
static int
find_step (search *s, int64_t *step)
{
  const int64_t gamma = s->total->roots->gamma;
  int64_t j = (int64_t) ((double) gamma * log2 (ldexp ((double) s->m,
                                                       -M_UNIT)));
  int sign, next;

  j = j < gamma ? j : gamma - 1;
  while ((sign = against (s, j, VALUE)) < 0)
    j--;
  while (sign == 1 && (next = against (s, j + 1, VALUE)) >= 0)
    {
      j++;
      sign = next;
    }
  *step = j;
  return sign;
}

/* What part of the step over j it is: the logarithm of m over j's value, from a
   difference that is exact but for the errors of both. */
static void
set_part (const search *s, int64_t j, numsys_lns_place *place)
{
  const double steps = (double) s->total->roots->gamma * 0x1.71547652b82fep0;
  const bounded low = threshold_of (s->total->roots, j, VALUE);
  const double value = (double) low.value;
  const numsys_bits over = s->m > low.value ? s->m - low.value : 0;

  place->part = steps * log1p ((double) over / value);
  place->margin = 0x1p-48
                  + 2 * steps * (double) (s->error + low.error) / value;
}

/* 0 if it is open. */
static int
set_side (search *s, int64_t j, numsys_rounding rounding,
          numsys_lns_place *place)
{
  int sign = -1;

  if (rounding == NUMSYS_NEAREST_LINEAR)
    {
      sign = against (s, j, MIDDLE);
      place->side = sign < 0 ? NUMSYS_SIDE_BELOW
                    : sign == 0 ? NUMSYS_SIDE_MIDDLE : NUMSYS_SIDE_ABOVE;
    }
  else if (rounding == NUMSYS_NEAREST || rounding == NUMSYS_NEAREST_AWAY)
    {
      sign = against (s, j, LOG_MIDDLE);
      place->side = sign < 0 ? NUMSYS_SIDE_BELOW : NUMSYS_SIDE_INNER;
    }
  else
    {
      place->side = NUMSYS_SIDE_BELOW;
      if (numsys_rounding_is_stochastic (rounding))
        set_part (s, j, place);
    }
  return sign != UNKNOWN;
}

numsys_lns_found
numsys_lns_locate (numsys_lns_total *total, numsys_rounding rounding,
                   numsys_lns_place *place)
{
  numsys_lns_power few[2 * FEW];
  search s = { .total = total, .few = few };
  numsys_lns_found found = begin (&s);
  int64_t j;
  int sign;

  if (found == NUMSYS_LNS_PLACE)
    {
      sign = find_step (&s, &j);
      *place = (numsys_lns_place) { s.negative, s.octave + j,
                                    NUMSYS_SIDE_HIT, 0, 0 };
      if (sign == UNKNOWN
          || (sign != 0 && !set_side (&s, j, rounding, place)))
        found = NUMSYS_LNS_OPEN;
    }
  if (s.room != few)
    free (s.room);
  return found;
}
