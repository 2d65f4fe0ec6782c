/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logarithmic: +-2^((e - bias) / gamma) with the stored exponent
   0 <= e < 2^(bits - 1), and zero, if any, as e = 0 or beside the codes.  Codes
   are sign and magnitude: the sign is bit bits - 1, e lies below.  No infinity,
   no NaN.

   Rung i is e = i where e = 0 means zero, and e = i - 1 elsewhere.  */

#include <config.h>
#include <math.h>
#include "numsys/families.h"
#include "numsys/lns_tables.h"
#include "numsys/spec.h"

enum { BITS, GAMMA, ZERO, UNDERFLOW, BIAS };
enum { UNDERFLOW_CLAMP, UNDERFLOW_FLUSH };

#define MOST_BIAS (INT64_C (1) << 40)

static const char *const zeros[] = { "code", "flag", "none", NULL };
static const char *const underflows[] = { "clamp", "flush", NULL };

static const numsys_param params[] = {
  [BITS] = { "bits", 8, 2, 32, NULL,
             "width of a code, sign included, a zero flag not" },
  [GAMMA] = { "gamma", 8, 1, 1 << 23, NULL,
              "base factor: the base is 2^(1/gamma)" },
  [ZERO] = { "zero", NUMSYS_DERIVED, 0, 2, zeros,
             "a code for zero, a flag beside the codes, or no zero "
             "(default: code; in training flag)" },
  [UNDERFLOW] = { "underflow", NUMSYS_DERIVED, 0, 1, underflows,
                  "raise to the smallest, or flush to zero "
                  "(default: flush; in training clamp)" },
  [BIAS] = { "bias", NUMSYS_DERIVED, -MOST_BIAS, MOST_BIAS, NULL,
             "what is subtracted from a stored exponent "
             "(default: 2^(bits - 2))" },
  { NULL, 0, 0, 0, NULL, NULL },
};

static int
lns_check (int64_t values[], numsys_purpose purpose, numsys_error *error)
{
  int trains = purpose == NUMSYS_FOR_TRAINING;

  if (values[ZERO] == NUMSYS_DERIVED)
    values[ZERO] = trains ? NUMSYS_ZERO_FLAG : NUMSYS_ZERO_CODE;
  if (values[UNDERFLOW] == NUMSYS_DERIVED)
    values[UNDERFLOW] = trains || values[ZERO] == NUMSYS_ZERO_NONE
                          ? UNDERFLOW_CLAMP
                          : UNDERFLOW_FLUSH;
  if (values[BIAS] == NUMSYS_DERIVED)
    values[BIAS] = INT64_C (1) << (values[BITS] - 2);
  if (values[ZERO] == NUMSYS_ZERO_FLAG && values[BITS] > 31)
    numsys_error_set (error, "lns: bits=%d is too wide for zero=flag, which "
                      "takes one bit more; allowed are 2..31",
                      (int) values[BITS]);
  else if (values[ZERO] == NUMSYS_ZERO_NONE
           && values[UNDERFLOW] == UNDERFLOW_FLUSH)
    numsys_error_set (error, "lns: underflow=flush needs a zero, which "
                      "zero=none lacks; allowed is underflow=clamp");
  else
    return 0;
  return -1;
}

static void
lns_init (void *vstate, const int64_t values[])
{
  numsys_lns_state *state = vstate;

  state->bits = (int) values[BITS];
  state->gamma = values[GAMMA];
  state->zero = (numsys_zero) values[ZERO];
  state->bias = values[BIAS];
  state->flushes = values[UNDERFLOW] == UNDERFLOW_FLUSH;
  state->tables = NULL;
}

static int
lns_prepare (void *vstate)
{
  numsys_lns_state *state = vstate;

  state->tables = numsys_lns_tables_new (state->gamma);
  return state->tables == NULL ? -1 : 0;
}

static void
lns_release (void *vstate)
{
  numsys_lns_state *state = vstate;

  numsys_lns_tables_free (state->tables);
}

static unsigned
lns_code_bits (const void *vstate)
{
  const numsys_lns_state *state = vstate;

  return (unsigned) state->bits + (state->zero == NUMSYS_ZERO_FLAG);
}

static int64_t
lns_gamma (const void *vstate)
{
  const numsys_lns_state *state = vstate;

  return state->gamma;
}

/* The rung of e = 0, were it no zero. */
static int
first_rung (const numsys_lns_state *state)
{
  return state->zero == NUMSYS_ZERO_CODE ? 0 : 1;
}

static numsys_magnitude
lns_magnitude (const void *vstate, uint64_t rung)
{
  const numsys_lns_state *state = vstate;

  if (rung == 0)
    return (numsys_magnitude) { 0, 0 };
  return (numsys_magnitude) {
    1, (int64_t) rung - first_rung (state) - state->bias
  };
}

static uint64_t
lns_top (const void *vstate, int negative)
{
  const numsys_lns_state *state = vstate;

  (void) negative;
  return (UINT64_C (1) << (state->bits - 1)) - 1
         + (uint64_t) first_rung (state);
}

static int
lns_has_zero (const void *vstate)
{
  const numsys_lns_state *state = vstate;

  return state->zero != NUMSYS_ZERO_NONE;
}

static int
lns_clamps (const void *vstate)
{
  const numsys_lns_state *state = vstate;

  return !state->flushes;
}

static uint32_t
lns_code (const void *vstate, numsys_place place)
{
  const numsys_lns_state *state = vstate;
  uint64_t half = UINT64_C (1) << (state->bits - 1);

  if (place.class != NUMSYS_FINITE || place.rung == 0)
    return state->zero == NUMSYS_ZERO_FLAG ? (uint32_t) (2 * half) : 0;
  return (uint32_t) (((place.rung - (uint64_t) first_rung (state))
                      & (half - 1))
                     + (place.negative ? half : 0));
}

static numsys_place
lns_place (const void *vstate, uint32_t code)
{
  const numsys_lns_state *state = vstate;
  uint32_t half = UINT32_C (1) << (state->bits - 1);
  uint64_t rung = (code & (half - 1)) + (uint64_t) first_rung (state);
  int is_flagged = state->zero == NUMSYS_ZERO_FLAG && (code & 2 * half) != 0;

  if (is_flagged || rung == 0)
    return (numsys_place) { NUMSYS_FINITE, 0, 0 };
  return (numsys_place) { NUMSYS_FINITE, (code & half) != 0, rung };
}

static numsys_place
lns_overflow (const void *vstate, numsys_place place, numsys_rounding rounding)
{
  (void) rounding;
  return (numsys_place) { NUMSYS_FINITE, place.negative,
                          lns_top (vstate, place.negative) };
}

static uint64_t
lns_guess (const void *vstate, double fraction, int64_t exponent)
{
  const numsys_lns_state *state = vstate;
  double k = ((double) exponent + log2 (fraction)) * (double) state->gamma;
  /* A little more, so that values of the system are guessed exactly. */
  double rung = k + (double) state->bias + first_rung (state) + 0x1p-20;

  if (!(rung > 0))
    return 0;
  return rung < 0x1p62 ? (uint64_t) rung : UINT64_C (1) << 62;
}

static const numsys_ladder ladder = {
  .code_bits = lns_code_bits,
  .gamma = lns_gamma,
  .magnitude = lns_magnitude,
  .top = lns_top,
  .has_zero = lns_has_zero,
  .clamps = lns_clamps,
  .code = lns_code,
  .place = lns_place,
  .overflow = lns_overflow,
  .is_logarithmic = 1,
  .guess = lns_guess,
};

const numsys_type numsys_lns = {
  .name = "lns",
  .summary = "logarithmic: signed powers of 2^(1/gamma)",
  .params = params,
  .check = lns_check,
  .state_size = sizeof (numsys_lns_state),
  .init = lns_init,
  .prepare = lns_prepare,
  .release = lns_release,
  .ladder = &ladder,
  .float_path = &numsys_lns_float_path,
  .apply = numsys_lns_apply,
  .convert = numsys_lns_convert,
  .dot = numsys_lns_dot,
};
