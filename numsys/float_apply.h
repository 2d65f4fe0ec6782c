/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of floating point as binary numbers, and back.  Not installed.  */

#ifndef NUMSYS_FLOAT_APPLY_H
#define NUMSYS_FLOAT_APPLY_H

#include "numsys/apply.h"
#include "numsys/binary.h"
#include "numsys/families.h"

/* A system's constants.  A body is a code without its sign. */
typedef struct numsys_float_facts
{
  int significand, bias;
  int64_t least_unit;         /* numbers under the least normal one are
                                 rounded to multiples of 2^least_unit */
  uint32_t sign;              /* the sign bit, */
  uint32_t one;               /* the leading one, not stored, */
  uint32_t unused, largest;   /* bodies up to `unused' are zero, and
                                 above `largest' no numbers */
} numsys_float_facts;

numsys_float_facts numsys_float_facts_of (const numsys_float_state *state);

/* The code of a number that is not zero; counts.  A stochastic rounding looks
   at the word drawn. */
uint32_t numsys_float_round (const numsys_call *call,
                             const numsys_float_facts *facts, numsys_binary x,
                             const uint32_t *word);

/* Of a code that is a number. */
static inline numsys_binary
numsys_float_binary (const numsys_float_facts *facts, uint32_t code)
{
  const uint32_t body = code & (facts->sign - 1);
  const uint32_t field = body >> facts->significand;
  const uint32_t c = body <= facts->unused ? 0
                     : (body & (facts->one - 1))
                         | (field != 0 ? facts->one : 0);

  return (numsys_binary) { (code & facts->sign) != 0, 0,
                           (int64_t) (field != 0 ? field : 1) - facts->bias
                             - facts->significand,
                           c };
}

#endif
