/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options that verify and cases share.  */

#ifndef EXPERIMENTS_VERIFY_OPTIONS_H
#define EXPERIMENTS_VERIFY_OPTIONS_H

#include <argp.h>

#include "experiments/verify/verify.h"

typedef struct verify_options
{
  const char *spec;
  const char *operation;     /* a name, or NULL */
  const char *to;            /* a spec, or NULL */
  int rounding;              /* or -1 */
  uint64_t seed, count;      /* count 0: not given */
  size_t length;
  unsigned random_bits;
} verify_options;

extern const verify_options verify_options_default;

/* Reads --to, --round, --count, --seed, --length, --random-bits; its input is
   a verify_options.  */
extern const struct argp verify_options_argp;

/* Sets the operation, or ends the program with a usage message. */
void verify_options_operation (verify_options *out, const char *name,
                               struct argp_state *state);

/* The whole number that an option was given, from least to most, or ends the
   program with a usage message. */
uint64_t verify_options_number (const char *option, const char *text,
                                uint64_t least, uint64_t most,
                                struct argp_state *state);

/* The cases to draw for a question. */
uint64_t verify_options_count (const verify_options *given,
                               const verify_question *question);

/* Sets the roundings of tally to the one asked for, or to all that mean
   something of their own; gives their number. */
size_t verify_options_roundings (const verify_options *given,
                                 const verify_question *question,
                                 verify_tally tally[NUMSYS_ROUNDINGS]);

#endif
