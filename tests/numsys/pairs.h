/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging pairs of codes by an oracle with a memory.

   The oracle is asked once for each pair of magnitudes, and of an LNS once for
   each difference or sum of steps, since there a result's place moves with its
   operands.  A draw of 3 bits is judged by the least word that does not leave
   the lower neighbour.  Cases that do not move along (zeros, specials,
   cancellation, a draw against zero) are put to the oracle one by one.  */

#ifndef TESTS_NUMSYS_PAIRS_H
#define TESTS_NUMSYS_PAIRS_H

#include "tests/numsys/judging.h"

#define PAIRS_RANDOM_BITS 3
/* Of verdicts: sums, differences, products, quotients. */
#define PAIRS_KINDS 4

/* Where a result lies, as a positive one; from which word on a stochastic and
   a stochastic-log draw stay. */
typedef struct pairs_verdict
{
  int is_known;
  oracle_place place;
  uint32_t stays[2];
} pairs_verdict;

typedef struct pairs
{
  const numsys *system;
  oracle_system oracle;
  numsys_operation operation;
  size_t codes, size;            /* a code has size bytes */
  int64_t steps;                 /* more than any code's step */
  pairs_verdict *verdicts;
  numsys_context contexts[NUMSYS_ROUNDINGS];
  void *operands[2];
  uint32_t *words[NUMSYS_ROUNDINGS];   /* of stochastic roundings */
  void *seen[NUMSYS_ROUNDINGS];
  numsys_events wanted[NUMSYS_ROUNDINGS];
  numsys_events counted[NUMSYS_ROUNDINGS];
  uint64_t cases, wrong;
} pairs;

int pairs_is_drawn (int rounding);

/* Judges all pairs of codes, or all codes, under every rounding. */
void pairs_judge (pairs *j, numsys_operation operation);

#endif
