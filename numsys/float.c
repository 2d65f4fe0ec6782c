/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floating point as in IEEE 754: sign, exponent field, trailing significand.

   A code without its sign, read as an integer, orders the magnitudes: it is
   the rung, less the codes in field 0 that a system without subnormals has no
   use for.  (Those read as zero.)  */

#include <config.h>
#include <math.h>
#include "numsys/families.h"
#include "numsys/spec.h"

enum { EXPONENT, SIGNIFICAND, BIAS, SPECIALS, SUBNORMALS, OVERFLOW };
enum { OVERFLOW_SATURATE, OVERFLOW_INFINITY };

static const char *const no_yes[] = { "no", "yes", NULL };
static const char *const specials[] = { "ieee", "nan", "none", NULL };
static const char *const overflows[] = { "saturate", "infinity", NULL };

static const numsys_param params[] = {
  [EXPONENT] = { "exponent", 8, 1, 11, NULL, "width of the exponent field" },
  [SIGNIFICAND] = { "significand", 23, 0, 30, NULL,
                    "significand bits stored, the leading 1 not counted" },
  [BIAS] = { "bias", NUMSYS_DERIVED, -16384, 16384, NULL,
             "exponent bias (default: 2^(exponent - 1) - 1)" },
  [SPECIALS] = { "specials", NUMSYS_SPECIALS_IEEE, 0, 2, specials,
                 "infinities and NaNs, one NaN of all ones, or neither" },
  [SUBNORMALS] = { "subnormals", 1, 0, 1, no_yes,
                   "gradual underflow, or field 0 for zero only" },
  [OVERFLOW] = { "overflow", NUMSYS_DERIVED, 0, 1, overflows,
                 "to the largest, or to infinity, or NaN where there is none "
                 "(default: infinity with ieee)" },
  { NULL, 0, 0, 0, NULL, NULL },
};

/* Codes of field 0 that are no numbers. */
static uint64_t
unused (const numsys_float_state *state)
{
  return state->subnormals ? 0 : (UINT64_C (1) << state->significand) - 1;
}

/* The code of the largest magnitude. */
static uint64_t
largest (const numsys_float_state *state)
{
  uint64_t codes = UINT64_C (1) << (state->exponent + state->significand);

  switch (state->specials)
    {
    case NUMSYS_SPECIALS_IEEE:
      return codes - (UINT64_C (1) << state->significand) - 1;
    case NUMSYS_SPECIALS_NAN:
      return codes - 2;
    default:
      return codes - 1;
    }
}

static void
float_init (void *vstate, const int64_t values[])
{
  numsys_float_state *state = vstate;

  state->exponent = (int) values[EXPONENT];
  state->significand = (int) values[SIGNIFICAND];
  state->bias = (int) values[BIAS];
  state->specials = (numsys_specials) values[SPECIALS];
  state->subnormals = (int) values[SUBNORMALS];
  state->saturates = values[OVERFLOW] == OVERFLOW_SATURATE;
}

static int
float_check (int64_t values[], numsys_purpose purpose, numsys_error *error)
{
  int is_ieee = values[SPECIALS] == NUMSYS_SPECIALS_IEEE;
  numsys_float_state state;

  (void) purpose;
  if (values[BIAS] == NUMSYS_DERIVED)
    values[BIAS] = (INT64_C (1) << (values[EXPONENT] - 1)) - 1;
  if (values[OVERFLOW] == NUMSYS_DERIVED)
    values[OVERFLOW] = is_ieee ? OVERFLOW_INFINITY : OVERFLOW_SATURATE;
  float_init (&state, values);
  if (1 + state.exponent + state.significand > 32)
    numsys_error_set (error, "float: sign, exponent=%d and significand=%d take"
                      " %d bits, but a code has at most 32",
                      state.exponent, state.significand,
                      1 + state.exponent + state.significand);
  else if (is_ieee && state.significand == 0)
    numsys_error_set (error, "float: significand=0 leaves specials=ieee no "
                      "NaN; allowed are specials=nan and specials=none");
  else if (state.specials == NUMSYS_SPECIALS_NONE && !state.saturates)
    numsys_error_set (error, "float: overflow=infinity needs an infinity or a "
                      "NaN, which specials=none lacks; allowed is "
                      "overflow=saturate");
  else if (largest (&state) <= unused (&state))
    numsys_error_set (error, "float: exponent=%d and significand=%d leave no "
                      "number but zero with these specials and subnormals",
                      state.exponent, state.significand);
  else
    return 0;
  return -1;
}

static unsigned
float_code_bits (const void *vstate)
{
  const numsys_float_state *state = vstate;

  return 1 + (unsigned) (state->exponent + state->significand);
}

static int64_t
float_gamma (const void *vstate)
{
  (void) vstate;
  return 1;
}

static numsys_magnitude
float_magnitude (const void *vstate, uint64_t rung)
{
  const numsys_float_state *state = vstate;
  uint64_t one = UINT64_C (1) << state->significand;
  uint64_t code = rung == 0 ? 0 : rung + unused (state);
  int64_t field = (int64_t) (code >> state->significand);
  uint64_t c = code & (one - 1);

  if (field == 0)
    field = 1;
  else
    c += one;
  return (numsys_magnitude) { c, field - state->bias - state->significand };
}

static uint64_t
float_top (const void *vstate, int negative)
{
  const numsys_float_state *state = vstate;

  (void) negative;
  return largest (state) - unused (state);
}

static int
float_has_zero (const void *vstate)
{
  (void) vstate;
  return 1;
}

static int
float_clamps (const void *vstate)
{
  (void) vstate;
  return 0;
}

/* The code of infinity, or of all ones in the exponent field. */
static uint64_t
ones (const numsys_float_state *state)
{
  return ((UINT64_C (1) << state->exponent) - 1) << state->significand;
}

static uint32_t
float_code (const void *vstate, numsys_place place)
{
  const numsys_float_state *state = vstate;
  uint64_t code = place.rung == 0 ? 0 : place.rung + unused (state);

  if (place.class == NUMSYS_NAN)
    switch (state->specials)
      {
      case NUMSYS_SPECIALS_IEEE:
        return (uint32_t) (ones (state)
                           + (UINT64_C (1) << (state->significand - 1)));
      case NUMSYS_SPECIALS_NAN:
        return (uint32_t) (largest (state) + 1);
      default:
        return 0;
      }
  if (place.class == NUMSYS_INFINITE)
    code = ones (state);
  if (place.negative)
    code |= UINT64_C (1) << (state->exponent + state->significand);
  return (uint32_t) code;
}

static numsys_place
float_place (const void *vstate, uint32_t code)
{
  const numsys_float_state *state = vstate;
  int width = state->exponent + state->significand;
  int negative = (code >> width & 1) != 0;
  uint64_t body = code & ((UINT64_C (1) << width) - 1);

  if (body > largest (state))
    {
      if (state->specials == NUMSYS_SPECIALS_IEEE && body == ones (state))
        return (numsys_place) { NUMSYS_INFINITE, negative, 0 };
      return (numsys_place) { NUMSYS_NAN, 0, 0 };
    }
  return (numsys_place) { NUMSYS_FINITE, negative,
                          body <= unused (state) ? 0
                                                 : body - unused (state) };
}

/* IEEE 754: to infinity, but to the largest number where the rounding points
   towards zero from there.  Round to odd goes to the largest, which is odd. */
static int
reaches_infinity (const numsys_float_state *state, numsys_place place,
                  numsys_rounding rounding)
{
  if (place.class == NUMSYS_INFINITE && state->specials == NUMSYS_SPECIALS_IEEE)
    return 1;
  if (state->saturates)
    return 0;
  if (place.class == NUMSYS_INFINITE)
    return 1;
  switch (rounding)
    {
    case NUMSYS_UP:
      return !place.negative;
    case NUMSYS_DOWN:
      return place.negative;
    case NUMSYS_ZERO:
    case NUMSYS_ODD:
      return 0;
    default:
      return 1;
    }
}

static numsys_place
float_overflow (const void *vstate, numsys_place place,
                numsys_rounding rounding)
{
  const numsys_float_state *state = vstate;

  if (!reaches_infinity (state, place, rounding))
    return (numsys_place) { NUMSYS_FINITE, place.negative,
                            float_top (state, place.negative) };
  if (state->specials == NUMSYS_SPECIALS_IEEE)
    return (numsys_place) { NUMSYS_INFINITE, place.negative, 0 };
  return (numsys_place) { NUMSYS_NAN, 0, 0 };
}

static uint64_t
float_guess (const void *vstate, double fraction, int64_t exponent)
{
  const numsys_float_state *state = vstate;
  int64_t field = exponent + state->bias;
  uint64_t code;

  if (field > 0 && (uint64_t) field >> (63 - state->significand) != 0)
    return UINT64_MAX;
  if (field > 0)
    code = ((uint64_t) field << state->significand)
           + (uint64_t) ldexp (fraction - 1, state->significand);
  else if (field < -state->significand)
    code = 0;
  else
    code = (uint64_t) ldexp (fraction, (int) field - 1 + state->significand);
  return code <= unused (state) ? 0 : code - unused (state);
}

static const numsys_ladder ladder = {
  .code_bits = float_code_bits,
  .gamma = float_gamma,
  .magnitude = float_magnitude,
  .top = float_top,
  .has_zero = float_has_zero,
  .clamps = float_clamps,
  .code = float_code,
  .place = float_place,
  .overflow = float_overflow,
  .guess = float_guess,
};

const numsys_type numsys_float = {
  .name = "float",
  .summary = "floating point: IEEE 754 and its small relatives",
  .params = params,
  .check = float_check,
  .state_size = sizeof (numsys_float_state),
  .init = float_init,
  .ladder = &ladder,
  .float_path = &numsys_float_float_path,
  .apply = numsys_float_apply,
  .convert = numsys_float_convert,
  .dot = numsys_float_dot,
};
