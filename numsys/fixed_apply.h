/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of fixed point as binary numbers, and back.  Not installed.  */

#ifndef NUMSYS_FIXED_APPLY_H
#define NUMSYS_FIXED_APPLY_H

#include "numsys/apply.h"
#include "numsys/binary.h"
#include "numsys/families.h"

/* A system's constants. */
typedef struct numsys_fixed_facts
{
  int fraction;
  uint32_t sign;       /* the sign bit, or 0 */
  uint32_t mask;       /* of a code */
  uint64_t top[2];     /* largest magnitudes, + and - */
} numsys_fixed_facts;

numsys_fixed_facts numsys_fixed_facts_of (const numsys_fixed_state *state);

/* The code of x, in units of 2^-fraction, the integer part being below 2^128;
   counts.  A stochastic rounding looks at the word drawn. */
uint32_t numsys_fixed_round (const numsys_call *call,
                             const numsys_fixed_facts *facts, numsys_binary x,
                             uint32_t word);

/* In units. */
static inline numsys_binary
numsys_fixed_binary (const numsys_fixed_facts *facts, uint32_t code)
{
  const int negative = (code & facts->sign) != 0;

  code = (negative ? -code : code) & facts->mask;
  return (numsys_binary) { negative, 0, 0, code };
}

#endif
