/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of an LNS as codes: rounding, then range.  Not installed.  */

#ifndef NUMSYS_LNS_SETTLE_H
#define NUMSYS_LNS_SETTLE_H

#include "numsys/apply.h"
#include "numsys/families.h"
#include "numsys/lns_tables.h"

/* Loops are made of these for each operation. */
#define NUMSYS_LNS_INLINE inline __attribute__ ((always_inline))

/* The system of a call. */
typedef struct numsys_lns_facts
{
  const numsys_gauss *gauss;
  int64_t bias, gamma;
  int64_t least, most;       /* stored exponents of values */
  uint32_t half;             /* the sign bit of a code, */
  uint32_t flag;             /* its zero flag or 0, */
  uint32_t codes_of_zero;    /* stored exponents, from 0, that mean zero, */
  uint32_t zero;             /* and the code of zero */
  int has_zero, flushes;
} numsys_lns_facts;

/* +-2^((e - bias) / gamma), or zero. */
typedef struct numsys_lns_term
{
  int is_zero, negative;
  int64_t e;
} numsys_lns_term;

/* One element of a block. */
typedef struct numsys_lns_element
{
  const numsys_call *call;
  const numsys_lns_facts *facts;
  const numsys_block *block;
  size_t i;
} numsys_lns_element;

/* Without its Gaussian logarithms. */
numsys_lns_facts numsys_lns_facts_of (const numsys_lns_state *state);

/* Zero, which counts nothing, or where there is none what it is raised to. */
uint32_t numsys_lns_zero (const numsys_lns_element *at, int negative);
uint32_t numsys_lns_nan (const numsys_lns_element *at);
/* Above the largest value. */
uint32_t numsys_lns_saturate (const numsys_lns_element *at, int negative);
/* A nonzero result that begins or ends out of range. */
uint32_t numsys_lns_settle_edge (const numsys_lns_element *at, int negative,
                                 int64_t step, numsys_side side);
/* Whether a stochastic rounding of step + part, in steps, 0 <= part < 1, part
   being within margin of the truth, goes away: 1, 0, or -1 where that is
   open.  The code of what it gives.  */
int numsys_lns_decide (const numsys_lns_element *at, int64_t step, double part,
                       double margin);
uint32_t numsys_lns_settle_drawn (const numsys_lns_element *at, int negative,
                                  int64_t step, int away);
/* Both of an operation's result, 0 < part < 1, or of step itself, part = 0, out
   of range; the default's where the draw is open. */
uint32_t numsys_lns_draw (const numsys_lns_element *at, int negative,
                          int64_t step, double part, double margin);

/* --- lns_add.c --- */

/* a + b, of an operation's element. */
uint32_t numsys_lns_add (const numsys_lns_element *at, numsys_lns_term a,
                         numsys_lns_term b);
/* A block of sums, differences or fused multiply-adds; facts has Gaussian
   logarithms. */
void numsys_lns_add_block (const numsys_call *call,
                           const numsys_lns_facts *facts,
                           const numsys_block *block);

static NUMSYS_LNS_INLINE numsys_lns_term
numsys_lns_unpack (const numsys_lns_facts *facts, uint32_t code)
{
  const uint32_t e = code & (facts->half - 1);

  return (numsys_lns_term) {
    ((code & facts->flag) != 0) | (e < facts->codes_of_zero),
    (code & facts->half) != 0, e
  };
}

/* a b, perhaps out of range. */
static NUMSYS_LNS_INLINE numsys_lns_term
numsys_lns_product (const numsys_lns_facts *facts, numsys_lns_term a,
                    numsys_lns_term b)
{
  return (numsys_lns_term) { a.is_zero || b.is_zero, a.negative != b.negative,
                             a.e + b.e - facts->bias };
}

static NUMSYS_LNS_INLINE uint32_t
numsys_lns_pack (const numsys_lns_facts *facts, int negative, int64_t e)
{
  return (uint32_t) e | (negative ? facts->half : 0);
}

/* The code of a nonzero result that needs no draw. */
static NUMSYS_LNS_INLINE uint32_t
numsys_lns_settle (const numsys_lns_element *at, int negative,
                   int64_t step_side)
{
  const numsys_lns_facts *facts = at->facts;
  const int64_t step = step_side >> 3;
  const numsys_side side = (numsys_side) (step_side & 7);
  const int64_t rounded
    = step + numsys_rule_away (at->call->rule, negative, step & 1, side);

  if ((step >= facts->least) & (rounded <= facts->most))
    return numsys_lns_pack (facts, negative, rounded);
  return numsys_lns_settle_edge (at, negative, step, side);
}

/* The code of a result that is a step exactly. */
static NUMSYS_LNS_INLINE uint32_t
numsys_lns_settle_hit (const numsys_lns_element *at, int negative,
                       int64_t step)
{
  if (at->call->is_stochastic && step < at->facts->least)
    return numsys_lns_draw (at, negative, step, 0, 0);
  return numsys_lns_settle (at, negative,
                            NUMSYS_STEP_SIDE (step, NUMSYS_SIDE_HIT));
}

#endif
