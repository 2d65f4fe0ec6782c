/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fixed point: k 2^-fraction, k an integer of so many bits, unsigned or in
   two's complement.  Rung k is the magnitude k.  No infinity, no NaN.  */

#include <config.h>
#include <math.h>
#include "numsys/families.h"

enum { BITS, FRACTION, SIGNED, OVERFLOW };

static const char *const no_yes[] = { "no", "yes", NULL };
static const char *const overflows[] = { "saturate", "wrap", NULL };

static const numsys_param params[] = {
  [BITS] = { "bits", 8, 2, 32, NULL, "width of a code, sign included" },
  [FRACTION] = { "fraction", NUMSYS_DERIVED, -64, 64, NULL,
                 "bits after the binary point (default: bits - 1)" },
  [SIGNED] = { "signed", 1, 0, 1, no_yes, "two's complement, or unsigned" },
  [OVERFLOW] = { "overflow", 0, 0, 1, overflows,
                 "hold to the end of the range, or wrap modulo 2^bits" },
  { NULL, 0, 0, 0, NULL, NULL },
};

static int
fixed_check (int64_t values[], numsys_purpose purpose, numsys_error *error)
{
  (void) purpose;
  (void) error;
  if (values[FRACTION] == NUMSYS_DERIVED)
    values[FRACTION] = values[BITS] - 1;
  return 0;
}

static void
fixed_init (void *vstate, const int64_t values[])
{
  numsys_fixed_state *state = vstate;

  state->bits = (int) values[BITS];
  state->fraction = (int) values[FRACTION];
  state->is_signed = (int) values[SIGNED];
  state->wraps = (int) values[OVERFLOW];
}

static unsigned
fixed_code_bits (const void *vstate)
{
  const numsys_fixed_state *state = vstate;

  return (unsigned) state->bits;
}

static int64_t
fixed_gamma (const void *vstate)
{
  (void) vstate;
  return 1;
}

static numsys_magnitude
fixed_magnitude (const void *vstate, uint64_t rung)
{
  const numsys_fixed_state *state = vstate;

  return (numsys_magnitude) { rung, -state->fraction };
}

static uint64_t
fixed_top (const void *vstate, int negative)
{
  const numsys_fixed_state *state = vstate;
  uint64_t half = UINT64_C (1) << (state->bits - 1);

  if (state->is_signed)
    return negative ? half : half - 1;
  return negative ? 0 : 2 * half - 1;
}

static int
fixed_has_zero (const void *vstate)
{
  (void) vstate;
  return 1;
}

static int
fixed_clamps (const void *vstate)
{
  (void) vstate;
  return 0;
}

static uint64_t
mask (const numsys_fixed_state *state)
{
  return (UINT64_C (1) << state->bits) - 1;
}

static uint32_t
fixed_code (const void *vstate, numsys_place place)
{
  const numsys_fixed_state *state = vstate;

  if (place.class != NUMSYS_FINITE)
    return 0;
  return (uint32_t) ((place.negative ? -place.rung : place.rung)
                     & mask (state));
}

static numsys_place
fixed_place (const void *vstate, uint32_t code)
{
  const numsys_fixed_state *state = vstate;
  uint64_t rung = code & mask (state);
  int negative = state->is_signed && rung >> (state->bits - 1) != 0;

  if (negative)
    rung = -rung & mask (state);
  return (numsys_place) { NUMSYS_FINITE, negative, rung };
}

/* An infinity is held to the end of the range even where numbers wrap. */
static numsys_place
fixed_overflow (const void *vstate, numsys_place place,
                numsys_rounding rounding)
{
  const numsys_fixed_state *state = vstate;

  (void) rounding;
  if (place.class == NUMSYS_FINITE && state->wraps)
    return fixed_place (state, fixed_code (state, place));
  return (numsys_place) { NUMSYS_FINITE, place.negative,
                          fixed_top (state, place.negative) };
}

static uint64_t
fixed_guess (const void *vstate, double fraction, int64_t exponent)
{
  const numsys_fixed_state *state = vstate;

  exponent += state->fraction;
  if (exponent < 0)
    return 0;
  return exponent > 61 ? UINT64_C (1) << 62
                       : (uint64_t) ldexp (fraction, (int) exponent);
}

static unsigned
fixed_wraps (const void *vstate)
{
  const numsys_fixed_state *state = vstate;

  return state->wraps ? (unsigned) state->bits : 0;
}

static const numsys_ladder ladder = {
  .code_bits = fixed_code_bits,
  .gamma = fixed_gamma,
  .magnitude = fixed_magnitude,
  .top = fixed_top,
  .has_zero = fixed_has_zero,
  .clamps = fixed_clamps,
  .code = fixed_code,
  .place = fixed_place,
  .overflow = fixed_overflow,
  .guess = fixed_guess,
  .wraps = fixed_wraps,
};

const numsys_type numsys_fixed = {
  .name = "fixed",
  .summary = "fixed point: integers times 2^-fraction",
  .params = params,
  .check = fixed_check,
  .state_size = sizeof (numsys_fixed_state),
  .init = fixed_init,
  .ladder = &ladder,
  .float_path = &numsys_fixed_float_path,
  .apply = numsys_fixed_apply,
  .convert = numsys_fixed_convert,
  .dot = numsys_fixed_dot,
};
