/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correct rounding on any ladder, by comparisons alone.

   The number lies between two neighbouring rungs.  Which two is guessed, and
   the guess set right by exact comparisons; what a rounding makes of the two
   is one more comparison, with its threshold between them.  Nothing is ever
   computed to some precision and then rounded.

   Thresholds lie between neighbours lo and hi at a weight w = m / 2^bits: in
   value, lo + w (hi - lo), or in the logarithm, lo (hi / lo)^w.  Nearest is
   w = 1/2; stochastic rounding with the random integer u of R bits is
   w = (2 u + 1) / 2^(R + 1).

   Under the smallest value of a logarithmic ladder its powers go on downwards
   for the logarithm's thresholds; for thresholds in value, lo is zero there.
   A ladder that clamps goes on downwards for all: what would be rounded to
   less than the smallest is raised to it.  */

#include <config.h>
#include "numsys/place.h"
#include "numsys/random.h"

/* Rungs above the top that are told apart; 2^62 is beyond any double or any
   result of fixed point that does not wrap. */
#define RUNGS_ABOVE (UINT64_C (1) << 40)
#define RUNGS_TOLD (UINT64_C (1) << 62)

numsys_target
numsys_target_of (const numsys_ladder *ladder, const void *state)
{
  return (numsys_target) { ladder, state, ladder->gamma (state) };
}

/* The magnitude of a rung, or, with is_lattice, of the power of two below the
   smallest for rung 0. */
static numsys_magnitude
magnitude (const numsys_target *target, uint64_t rung, int is_lattice)
{
  numsys_magnitude m
    = target->ladder->magnitude (target->state,
                                 rung == 0 && is_lattice ? 1 : rung);

  if (rung == 0 && is_lattice)
    m.k--;
  return m;
}

/* The sign of x - the magnitude of a rung. */
static int
compare_rung (numsys_exact *x, const numsys_target *target, uint64_t rung,
              int is_lattice)
{
  numsys_magnitude m = magnitude (target, rung, is_lattice);

  numsys_sum_zero (&x->threshold, target->gamma);
  mpz_set_ui (numsys_sum_extend (&x->threshold, m.k), m.c);
  return numsys_exact_compare (x);
}

/* Where between lo and lo + 1 a threshold lies: at weight m / 2^bits. */
typedef struct weight
{
  int is_log;
  uint64_t m;
  unsigned bits;
} weight;

/* The sign of x - a threshold over rung lo. */
static int
compare_between (numsys_exact *x, const numsys_target *target, uint64_t lo,
                 int is_lattice, weight w)
{
  const numsys_wide one = (numsys_wide) 1 << w.bits;
  numsys_magnitude below = magnitude (target, lo, w.is_log || is_lattice);
  numsys_magnitude above = magnitude (target, lo + 1, 0);
  mpz_ptr c;

  if (w.is_log)
    {
      numsys_sum_zero (&x->threshold, target->gamma * one);
      c = numsys_sum_extend (&x->threshold, below.k * one + w.m);
      mpz_set_ui (c, 1);
      return numsys_exact_compare (x);
    }
  numsys_sum_zero (&x->threshold, target->gamma);
  c = numsys_sum_extend (&x->threshold,
                         below.k - (numsys_wide) target->gamma * w.bits);
  mpz_set_ui (c, below.c);
  mpz_mul_ui (c, c, (uint64_t) one - w.m);
  c = numsys_sum_extend (&x->threshold,
                         above.k - (numsys_wide) target->gamma * w.bits);
  mpz_set_ui (c, above.c);
  mpz_mul_ui (c, c, w.m);
  return numsys_exact_compare (x);
}

/* Whether the code of a rung is odd.  Below the smallest value the powers of a
   logarithmic ladder go on, odd and even by turns. */
static int
is_odd (const numsys_target *target, uint64_t rung)
{
  numsys_place place = { NUMSYS_FINITE, 0, rung };

  if (rung == 0 && target->ladder->is_logarithmic)
    return !is_odd (target, 1);
  return target->ladder->code (target->state, place) & 1;
}

/* The threshold that word i draws. */
static weight
drawn (const numsys_context *context, uint64_t i, int is_log)
{
  uint32_t word;

  numsys_random_words (&context->random, context->first + i, 1, &word);
  word >>= 32 - context->random_bits;
  return (weight) { is_log, 2 * (uint64_t) word + 1,
                    context->random_bits + 1 };
}

/* Whether x, strictly between rungs lo and lo + 1, goes to lo + 1. */
static int
goes_away (numsys_exact *x, int negative, const numsys_target *target,
           const numsys_context *context, uint64_t i, uint64_t lo,
           int is_lattice)
{
  const numsys_rounding rounding = context->rounding;
  const int is_log = target->ladder->is_logarithmic
                     && rounding != NUMSYS_STOCHASTIC
                     && rounding != NUMSYS_NEAREST_LINEAR;
  int side;

  switch (rounding)
    {
    case NUMSYS_UP:
      return !negative;
    case NUMSYS_DOWN:
      return negative;
    case NUMSYS_ZERO:
      return 0;
    case NUMSYS_ODD:
      return !is_odd (target, lo);
    case NUMSYS_STOCHASTIC:
    case NUMSYS_STOCHASTIC_LOG:
      return compare_between (x, target, lo, is_lattice,
                              drawn (context, i, is_log)) > 0;
    default:
      side = compare_between (x, target, lo, is_lattice,
                              (weight) { is_log, 1, 1 });
      if (side != 0)
        return side > 0;
      return rounding == NUMSYS_NEAREST_AWAY || is_odd (target, lo);
    }
}

/* Where to begin looking for x. */
static uint64_t
guess (numsys_exact *x, const numsys_target *target, uint64_t most)
{
  numsys_near near;
  uint64_t rung;

  if (target->ladder->guess == NULL)
    return 0;
  near = numsys_exact_near (x);
  rung = target->ladder->guess (target->state, near.fraction, near.exponent);
  return rung < most ? rung : most - 1;
}

/* The highest rung below most that does not exceed x, and whether it is x. */
static uint64_t
locate (numsys_exact *x, const numsys_target *target, uint64_t most, int *hit)
{
  uint64_t lo = guess (x, target, most);
  uint64_t hi = lo + 1;
  int side = lo == 0 ? 1 : compare_rung (x, target, lo, 0);

  if (side < 0)
    for (uint64_t step = 1; side < 0; step *= 2)
      {
        hi = lo;
        lo = lo > step ? lo - step : 0;
        side = lo == 0 ? 1 : compare_rung (x, target, lo, 0);
      }
  else
    for (uint64_t step = 1; side > 0 && hi < most; step *= 2)
      {
        int above = compare_rung (x, target, hi, 0);

        if (above < 0)
          break;
        lo = hi;
        side = above;
        hi = most - hi > step ? hi + step : most;
      }
  while (side != 0 && hi - lo > 1)
    {
      uint64_t middle = lo + (hi - lo) / 2;
      int there = compare_rung (x, target, middle, 0);

      if (there < 0)
        hi = middle;
      else
        {
          lo = middle;
          side = there;
        }
    }
  *hit = side == 0;
  return lo;
}

/* Takes whole periods from x, which is large, by long division: less than one
   is left, and 1 is returned, or nothing, and 0. */
static int
take_periods (numsys_exact *x, const numsys_target *target, unsigned bits)
{
  numsys_magnitude period = magnitude (target, UINT64_C (1) << bits, 0);
  int64_t shift = numsys_exact_near (x).exponent + 1 - period.k;

  for (; shift >= 0; shift--)
    {
      int side;

      numsys_sum_zero (&x->threshold, 1);
      mpz_set_ui (numsys_sum_extend (&x->threshold, period.k + shift),
                  period.c);
      side = numsys_exact_compare (x);
      if (side == 0)
        return 0;
      if (side > 0)
        numsys_exact_subtract (x);
    }
  return 1;
}

/* x, below the smallest value, on a ladder that clamps: counts it unless it
   rounds to the smallest by itself. */
static void
raise (numsys_exact *x, int negative, const numsys_target *target,
       const numsys_context *context, uint64_t i, numsys_events *events)
{
  if (compare_rung (x, target, 0, 1) <= 0
      || !goes_away (x, negative, target, context, i, 0, 1))
    events->raised++;
}

numsys_place
numsys_place_of (numsys_exact *x, int negative, const numsys_target *target,
                 const numsys_context *context, uint64_t i,
                 numsys_events *events)
{
  const numsys_ladder *ladder = target->ladder;
  numsys_place place = { NUMSYS_FINITE, negative, 0 };
  unsigned period = ladder->wraps == NULL ? 0 : ladder->wraps (target->state);
  uint64_t most = ladder->top (target->state, negative) + RUNGS_ABOVE;
  uint64_t base = 0;
  int hit;

  if (most < RUNGS_TOLD)
    most = RUNGS_TOLD;
  if (period != 0 && compare_rung (x, target, most, 0) >= 0)
    {
      base = most;
      if (!take_periods (x, target, period))
        {
          place.rung = base;
          return place;
        }
    }
  place.rung = locate (x, target, most, &hit);
  if (!hit && place.rung == 0 && base == 0 && ladder->clamps (target->state))
    {
      raise (x, negative, target, context, i, events);
      place.rung = 1;
      return place;
    }
  if (!hit)
    place.rung += goes_away (x, negative, target, context, i, place.rung, 0);
  place.rung += base;
  if (place.rung == 0)
    events->flushed++;
  return place;
}
