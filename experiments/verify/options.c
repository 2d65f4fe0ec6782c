/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options that verify and cases share.  */

#include <config.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "experiments/verify/options.h"
#include "numsys/spec.h"

enum
{
  KEY_TO = 512,
  KEY_LENGTH,
  KEY_RANDOM_BITS
};

const verify_options verify_options_default
  = { .rounding = -1, .seed = 1, .length = 8, .random_bits = 32 };

uint64_t
verify_options_number (const char *option, const char *text, uint64_t least,
                       uint64_t most, struct argp_state *state)
{
  char *end;
  uint64_t value;

  errno = 0;
  value = strtoull (text, &end, 10);
  if (end == text || *end != '\0' || *text == '-' || errno != 0
      || value < least || value > most)
    argp_error (state, "--%s '%s' is not a number from %" PRIu64 " to %"
                PRIu64, option, text, least, most);
  return value;
}

static int
read_rounding (const char *text, struct argp_state *state)
{
  const char *words[NUMSYS_ROUNDINGS];
  const int rounding = numsys_rounding_find (text);
  char near[64];

  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    words[r] = numsys_rounding_name ((numsys_rounding) r);
  if (rounding < 0)
    argp_error (state, "--round '%s' is no rounding%s", text,
                numsys_nearest_word (text, NUMSYS_ROUNDINGS, words, near));
  return rounding;
}

void
verify_options_operation (verify_options *out, const char *name,
                          struct argp_state *state)
{
  const char *words[VERIFY_OPERATIONS];
  char near[64];

  for (unsigned i = 0; i < VERIFY_OPERATIONS; i++)
    words[i] = verify_operation_name (i);
  if (verify_operation_find (name) < 0)
    argp_error (state, "'%s' is no operation%s", name,
                numsys_nearest_word (name, VERIFY_OPERATIONS, words, near));
  out->operation = name;
}

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  verify_options *out = state->input;

  switch (key)
    {
    case KEY_TO:
      out->to = argument;
      break;
    case 'r':
      out->rounding = read_rounding (argument, state);
      break;
    case 'n':
      out->count = verify_options_number ("count", argument, 1, INT64_MAX,
                                          state);
      break;
    case 's':
      out->seed = verify_options_number ("seed", argument, 0, UINT64_MAX,
                                         state);
      break;
    case KEY_LENGTH:
      out->length = (size_t) verify_options_number ("length", argument, 1,
                                                    VERIFY_MOST_LENGTH,
                                                    state);
      break;
    case KEY_RANDOM_BITS:
      out->random_bits
        = (unsigned) verify_options_number ("random-bits", argument, 1, 32,
                                            state);
      break;
    default:
      return ARGP_ERR_UNKNOWN;
    }
  return 0;
}

static const struct argp_option options[] = {
  { "round", 'r', "ROUNDING", 0,
    "nearest, nearest-away, up, down, zero, odd, stochastic; of an LNS also "
    "nearest-linear, stochastic-log", 1 },
  { "count", 'n', "N", 0,
    "Cases at random (default: 100000; of vectors 10000)", 1 },
  { "seed", 's', "S", 0, "Which ones (default: 1)", 1 },
  { "length", KEY_LENGTH, "N", 0,
    "Of vectors of sum and dot (default: 8)", 1 },
  { "to", KEY_TO, "SPEC", 0, "What convert converts to", 1 },
  { "random-bits", KEY_RANDOM_BITS, "N", 0,
    "Random bits of stochastic roundings (default: 32)", 1 },
  { NULL, 0, NULL, 0, NULL, 0 }
};

const struct argp verify_options_argp
  = { options, parse, NULL, NULL, NULL, NULL, NULL };

uint64_t
verify_options_count (const verify_options *given,
                      const verify_question *question)
{
  if (given->count > 0)
    return given->count;
  return question->length > 0 ? 10000 : 100000;
}

size_t
verify_options_roundings (const verify_options *given,
                          const verify_question *question,
                          verify_tally tally[NUMSYS_ROUNDINGS])
{
  const int is_log = question->result.family == ORACLE_LNS;
  size_t count = 0;

  if (!verify_rounds (question))
    tally[count++].rounding = NUMSYS_NEAREST;
  else if (given->rounding >= 0)
    tally[count++].rounding = (numsys_rounding) given->rounding;
  else
    for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
      if (is_log || (r != NUMSYS_NEAREST_LINEAR && r != NUMSYS_STOCHASTIC_LOG))
        tally[count++].rounding = (numsys_rounding) r;
  return count;
}
