/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rounding makes of a located number.  The number is rounded as if the
   range were unbounded; then range, zero and specials have their say.  */

#include <config.h>
#include "numsys/oracle/oracle.h"

/* Whether the magnitude goes to the step above `below' in an unbounded
   range.  */
static int
goes_up (const oracle_system *system, const oracle_place *place,
         numsys_rounding rounding, int leaves)
{
  const int odd = oracle_step_is_odd (system, place->below);

  if (place->hit)
    return 0;
  switch (rounding)
    {
    case NUMSYS_NEAREST: return place->side > 0 || (place->side == 0 && odd);
    case NUMSYS_NEAREST_AWAY: return place->side >= 0;
    case NUMSYS_NEAREST_LINEAR:
      return place->side_linear > 0 || (place->side_linear == 0 && odd);
    case NUMSYS_UP: return !place->negative;
    case NUMSYS_DOWN: return place->negative;
    case NUMSYS_ZERO: return 0;
    case NUMSYS_ODD: return !odd;
    default: return leaves;
    }
}

static void
set_zero (const oracle_system *system, int negative, oracle_result *result)
{
  result->is_zero = 1;
  result->negative = 0;
  if (system->family == ORACLE_LNS)
    result->code = system->zero == ORACLE_ZERO_FLAG
                   ? UINT32_C (1) << system->bits : 0;
  else
    {
      result->negative = system->family == ORACLE_FLOAT && negative;
      result->code = oracle_step_code (system, result->negative, 0);
    }
}

static void
set_step (const oracle_system *system, int negative, int64_t step,
          oracle_result *result)
{
  if (step == 0 && system->family != ORACLE_LNS)
    set_zero (system, negative, result);
  else
    {
      result->negative = negative;
      result->step = step;
      result->code = oracle_step_code (system, negative, step);
    }
}

/* Of many NaNs, the positive quiet one with no other bit set is written. */
static void
set_special (const oracle_system *system, oracle_class class, int negative,
             oracle_result *result)
{
  const int s = system->significand;
  const uint32_t infinity = ((UINT32_C (1) << system->exponent) - 1) << s;
  const uint32_t sign = (uint32_t) (negative != 0)
                        << (oracle_code_bits (system) - 1);

  result->class = class;
  result->negative = class == ORACLE_INFINITE && negative;
  if (class == ORACLE_INFINITE)
    result->code = sign | infinity;
  else if (system->specials == ORACLE_IEEE)
    result->code = infinity | UINT32_C (1) << (s - 1);
  else
    result->code = infinity | ((UINT32_C (1) << s) - 1);
}

/* Whether an IEEE rounding of a result beyond the largest value stays at the
   largest: it rounds towards zero there, or to odd, which the largest is.  */
static int
stays_finite (numsys_rounding rounding, int negative)
{
  return rounding == NUMSYS_ZERO || rounding == NUMSYS_ODD
         || (rounding == NUMSYS_DOWN && !negative)
         || (rounding == NUMSYS_UP && negative);
}

static void
hold (const oracle_system *system, int negative, oracle_result *result)
{
  result->events.saturated = 1;
  set_step (system, negative, oracle_most_step (system, negative), result);
}

/* A float's largest value, its infinity, or NaN where there is none. */
static void
overflow_float (const oracle_system *system, const oracle_place *place,
                numsys_rounding rounding, oracle_result *result)
{
  const int given = place->class == ORACLE_INFINITE;

  if (given && system->specials == ORACLE_IEEE)
    set_special (system, ORACLE_INFINITE, place->negative, result);
  else if (system->saturates
           || (!given && stays_finite (rounding, place->negative)))
    hold (system, place->negative, result);
  else if (system->specials == ORACLE_IEEE)
    set_special (system, ORACLE_INFINITE, place->negative, result);
  else
    {
      result->events.nan = 1;
      set_special (system, ORACLE_NAN, 0, result);
    }
}

/* An infinity that stays one is no overflow, unless finite numbers made it. */
static void
overflow (const oracle_system *system, const oracle_place *place,
          int64_t step, numsys_rounding rounding, oracle_result *result)
{
  const int given = place->class == ORACLE_INFINITE && !place->made;

  result->events.overflow = !given || system->family != ORACLE_FLOAT
                            || system->specials != ORACLE_IEEE;
  if (system->family == ORACLE_FLOAT)
    overflow_float (system, place, rounding, result);
  else if (system->family == ORACLE_FIXED && system->wraps
           && place->class == ORACLE_FINITE)
    {
      result->code = oracle_step_code (system, place->negative, step);
      oracle_read_step (system, result->code, result);
    }
  else
    hold (system, place->negative, result);
}

/* Zero, or the smallest value where there is no zero. */
static void
settle_zero (const oracle_system *system, const oracle_place *place,
             numsys_rounding rounding, oracle_result *result)
{
  const int negative
    = place->cancels ? rounding == NUMSYS_DOWN : place->negative;

  if (system->family == ORACLE_LNS && system->zero == ORACLE_ZERO_NONE)
    {
      result->events.raised = 1;
      set_step (system, negative, 0, result);
    }
  else
    set_zero (system, negative, result);
}

/* NaN, or what stands for it. */
static void
settle_nan (const oracle_system *system, oracle_result *result)
{
  result->events.nan = 1;
  if (system->family == ORACLE_FLOAT && system->specials != ORACLE_NO_SPECIALS)
    set_special (system, ORACLE_NAN, 0, result);
  else if (system->family == ORACLE_LNS && system->zero == ORACLE_ZERO_NONE)
    set_step (system, 0, 0, result);
  else
    set_zero (system, 0, result);
}

/* Whether a magnitude under the smallest of an LNS that flushes goes to the
   smallest.  Bounds of logarithms lie on the lattice that goes on below; for
   those of values, zero is the lower neighbour: half the smallest value lies
   gamma steps down.  A tie goes to the even one of the smallest value's code
   and the one the lattice has below it.  */
static int
floor_goes_up (const oracle_system *system, const oracle_place *place,
               numsys_rounding rounding, int leaves)
{
  const int64_t least = oracle_least_step (system);
  const int64_t half = least - system->gamma;
  const int under = place->below == least - 1;

  switch (rounding)
    {
    case NUMSYS_NEAREST:
    case NUMSYS_NEAREST_AWAY:
      return under && goes_up (system, place, rounding, leaves);
    case NUMSYS_NEAREST_LINEAR:
      return place->below > half
             || (place->below == half
                 && (!place->hit || place->over > 0
                     || (place->over == 0 && least == 0)));
    case NUMSYS_UP: return !place->negative;
    case NUMSYS_DOWN: return place->negative;
    case NUMSYS_ZERO: return 0;
    case NUMSYS_ODD: return least == 1;
    case NUMSYS_STOCHASTIC_LOG: return under && leaves;
    default: return leaves;
    }
}

/* Under the smallest value of an LNS. */
static void
settle_under (const oracle_system *system, const oracle_place *place,
              numsys_rounding rounding, int leaves, oracle_result *result)
{
  const int64_t least = oracle_least_step (system);
  const int64_t step
    = place->below + goes_up (system, place, rounding, leaves);

  if (!system->flushes)
    {
      result->events.raised = step < least;
      set_step (system, place->negative, least, result);
    }
  else if (floor_goes_up (system, place, rounding, leaves))
    set_step (system, place->negative, least, result);
  else
    {
      result->events.flushed = 1;
      set_zero (system, place->negative, result);
    }
}

void
oracle_settle (const oracle_system *system, const oracle_place *place,
               numsys_rounding rounding, int leaves, oracle_result *result)
{
  int64_t step;

  *result = (oracle_result) {0};
  if (place->class == ORACLE_NAN)
    settle_nan (system, result);
  else if (place->class == ORACLE_INFINITE)
    overflow (system, place, 0, rounding, result);
  else if (place->zero)
    settle_zero (system, place, rounding, result);
  else if (system->family == ORACLE_LNS
           && place->below < oracle_least_step (system))
    settle_under (system, place, rounding, leaves, result);
  else
    {
      step = place->below + goes_up (system, place, rounding, leaves);
      if (step > oracle_most_step (system, place->negative))
        overflow (system, place, step, rounding, result);
      else
        {
          result->events.flushed = step == 0 && system->family != ORACLE_LNS;
          set_step (system, place->negative, step, result);
        }
    }
}

void
oracle_judge (const oracle_system *system, const oracle_number *x,
              const oracle_rule *rule, oracle_result *result)
{
  oracle_place place;
  int leaves = 0;

  oracle_locate (system, x, &place);
  if (rule->rounding == NUMSYS_STOCHASTIC
      || rule->rounding == NUMSYS_STOCHASTIC_LOG)
    leaves = oracle_leaves (system, x, &place, rule);
  oracle_settle (system, &place, rule->rounding, leaves, result);
}
