/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To an LNS in integers: a magnitude is found as a step and a part of the next,
   which exact arithmetic or a bound of its error places against the middles.

   From another LNS, k / gamma is k gamma' / gamma steps of 2^(1 / gamma'), and
   the remainder of that division is the part, ties of the logarithm included.
   From fixed and floating point it is gamma' log2 c steps, irrational unless c
   is a power of two.  Then no logarithm ties, and the middle of values, which
   is irrational too unless gamma' is 1, is met by 3 2^n there.  What a bound
   leaves open, draws that tie among it, is the default's.  */

#include <config.h>
#include "numsys/base2.h"
#include "numsys/conversion.h"
#include "numsys/float_path.h"

#define INLINE NUMSYS_LNS_INLINE

/* More steps than lie between any two biases and ranges. */
#define FAR (INT64_C (1) << 50)

/* Parts of a step have this unit. */
#define ONE (INT64_C (1) << NUMSYS_BASE2_UNIT)

/* numsys_series_middle's units in these, and its error. */
#define MIDDLE_UNIT (INT64_C (1) << (NUMSYS_BASE2_UNIT - NUMSYS_SERIES_UNIT))

/* The system that codes go to. */
typedef struct destination
{
  numsys_lns_facts facts;
  int64_t middle;   /* of values, as part of a step, within MIDDLE_UNIT; that
                       of logarithms if no rounding asks for it */
} destination;

/* step + part of a step, part being within less than margin; or if exactly,
   on that side. */
typedef struct position
{
  int64_t step, part, margin;
  int exactly;
  numsys_side side;
} position;

/* floor (k to / from) and the rest; what is far out of range is as good as any
   other such step. */
static INLINE position
position_of_step (int64_t k, int64_t from, int64_t to)
{
  const numsys_wide steps = (numsys_wide) k * to;
  position x = { .exactly = 1, .side = NUMSYS_SIDE_HIT };
  int64_t rest;

  if (steps / FAR >= from || steps / FAR <= -from)
    {
      x.step = steps < 0 ? -FAR : FAR;
      return x;
    }
  if (steps == (int64_t) steps)
    {
      x.step = (int64_t) steps / from;
      rest = (int64_t) steps % from;
    }
  else
    {
      x.step = (int64_t) (steps / from);
      rest = (int64_t) (steps % from);
    }
  if (rest < 0)
    {
      x.step--;
      rest += from;
    }
  if (rest != 0)
    {
      x.side = 2 * rest < from ? NUMSYS_SIDE_BELOW
               : 2 * rest == from ? NUMSYS_SIDE_LOG_MIDDLE : NUMSYS_SIDE_ABOVE;
      x.part = rest;
    }
  return x;
}

/* Of c 2^exponent, c of less than 33 bits. */
static INLINE position
position_of_binary (numsys_binary b, int64_t gamma)
{
  const int length = numsys_binary_length (b.c);
  const uint32_t c = (uint32_t) b.c << (32 - length);
  const numsys_wide log
    = (numsys_wide) numsys_base2_log (c) * gamma;
  position x = { .step = (b.exponent + length - 1) * gamma };

  if ((c & (c - 1)) == 0)
    {
      x.exactly = 1;
      x.side = NUMSYS_SIDE_HIT;
      return x;
    }
  x.step += (int64_t) (log >> NUMSYS_BASE2_UNIT);
  x.part = (int64_t) log & (ONE - 1);
  x.margin = NUMSYS_BASE2_LOG_ERROR * gamma;
  if (gamma == 1 && c == UINT32_C (3) << 30)
    {
      x.exactly = 1;
      x.side = NUMSYS_SIDE_MIDDLE;
    }
  return x;
}

/* Or -1. */
static INLINE int
side_of (const destination *to, const position *x)
{
  const int64_t margin = x->margin + MIDDLE_UNIT;
  const int64_t from_half = x->part - ONE / 2;
  const int64_t from_middle = x->part - to->middle;

  if (x->exactly)
    return (int) x->side;
  if (x->part < margin || x->part > ONE - margin
      || (from_half >= -margin && from_half <= margin)
      || (from_middle >= -margin && from_middle <= margin))
    return -1;
  return NUMSYS_SIDE_BELOW + 2 * (from_half > 0) + 2 * (from_middle > 0);
}

/* Without a margin, or within it, whatever the whole step is: no draw is as
   near to 0 or to 1 as margins are wide. */
static uint32_t
draw (const numsys_conversion *conversion, const numsys_lns_element *at,
      int negative, const position *x)
{
  const double part = (double) x->part * (1.0 / (double) ONE);
  const double margin = (double) x->margin * (1.0 / (double) ONE);
  int away;

  if (x->exactly && x->side == NUMSYS_SIDE_HIT && x->step >= at->facts->least)
    return numsys_lns_settle_drawn (at, negative, x->step, 0);
  away = numsys_lns_decide (at, x->step, part, margin + 0x1p-52);
  if (away < 0)
    return numsys_conversion_default (conversion, at->block, at->i);
  return numsys_lns_settle_drawn (at, negative, x->step, away);
}

static INLINE uint32_t
settle (const numsys_conversion *conversion, const destination *to,
        const numsys_lns_element *at, int negative, position x)
{
  int side;

  x.step += to->facts.bias;
  if (conversion->call.is_stochastic)
    return draw (conversion, at, negative, &x);
  side = side_of (to, &x);
  if (side < 0)
    return numsys_conversion_default (conversion, at->block, at->i);
  return numsys_lns_settle (at, negative,
                            NUMSYS_STEP_SIDE (x.step, side));
}

/* The part of a remainder, for what asks where it lies and not only on which
   side of a half. */
static void
set_part (position *x, int64_t rest, int64_t from)
{
  x->part = (int64_t) (((numsys_wide) rest << NUMSYS_BASE2_UNIT) / from);
  x->margin = 1;
  x->exactly = x->side == NUMSYS_SIDE_HIT;
}

static void
from_lns (const numsys_conversion *conversion, const void *vto,
          const numsys_block *block, const numsys_reading unused[])
{
  const destination *to = vto;
  const numsys_lns_facts *from = &conversion->source.lns;
  const int wants_part
    = conversion->call.is_stochastic
      || conversion->call.context->rounding == NUMSYS_NEAREST_LINEAR;
  numsys_lns_element at = { &conversion->call, &to->facts, block, 0 };

  (void) unused;
  for (; at.i < block->n; at.i++)
    {
      const numsys_lns_term term
        = numsys_lns_unpack (from, block->in[0][at.i]);
      position x = position_of_step (term.e - from->bias, from->gamma,
                                     to->facts.gamma);

      if (wants_part)
        set_part (&x, x.part, from->gamma);
      block->out[at.i]
        = term.is_zero ? numsys_lns_zero (&at, 0)
                       : settle (conversion, to, &at, term.negative, x);
    }
}

static uint32_t
not_regular (const numsys_lns_element *at, const numsys_reading *x)
{
  if (x->class == NUMSYS_NAN)
    return numsys_lns_nan (at);
  if (x->class == NUMSYS_INFINITE)
    return numsys_lns_saturate (at, x->x.negative);
  return numsys_lns_zero (at, x->x.negative);
}

static void
from_dyadic (const numsys_conversion *conversion, const void *vto,
             const numsys_block *block, const numsys_reading x[])
{
  const destination *to = vto;
  numsys_lns_element at = { &conversion->call, &to->facts, block, 0 };

  for (; at.i < block->n; at.i++)
    {
      const numsys_reading *number = &x[at.i];

      block->out[at.i]
        = number->class != NUMSYS_FINITE || number->x.c == 0
            ? not_regular (&at, number)
            : settle (conversion, to, &at, number->x.negative,
                      position_of_binary (number->x, to->facts.gamma));
    }
}

int
numsys_lns_convert (const void *vstate, const numsys_type *from_type,
                    const void *from_state, const numsys_context *context,
                    size_t n, const void *in, void *out,
                    numsys_events *events)
{
  const numsys_lns_state *state = vstate;
  const int is_lns = from_type == &numsys_lns;
  destination to = { numsys_lns_facts_of (state), ONE / 2 };
  numsys_conversion conversion;

  if (numsys_conversion_init (&conversion, from_type, from_state,
                              numsys_lns.ladder, state, context, events)
      != 0)
    return -1;
  if (context->rounding == NUMSYS_NEAREST_LINEAR)
    to.middle = (int64_t) numsys_series_middle (state->gamma) * MIDDLE_UNIT;
  numsys_convert_blocks (&conversion, &to, is_lns ? from_lns : from_dyadic,
                         !is_lns, n, in, out);
  return 0;
}
