/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counter-based randomness: word i of a named sequence is a pure function of
   the name and i, so results depend neither on threads nor on how arrays are
   cut.  Philox 4x32 with 7 rounds: J. Salmon et al., "Parallel random numbers:
   as easy as 1, 2, 3", SC 2011.  */

#ifndef NUMSYS_RANDOM_H
#define NUMSYS_RANDOM_H

#include <stddef.h>
#include "numsys/type.h"

/* The sequence of a seed for one use: purpose says what for (a role, the
   initial weights, the order of the data...), index which tensor or layer,
   step when.  purpose < 256, index < 2^24. */
numsys_random numsys_random_of (uint64_t seed, unsigned purpose,
                                unsigned index, uint32_t step);

/* The generator itself: the four words of one counter.  out may be counter.
   Sequences use 7 rounds; the published answers cover 7 and 10. */
void numsys_random_block (unsigned rounds, const uint32_t key[2],
                          const uint32_t counter[4], uint32_t out[4]);

/* Words first .. first + n - 1, each uniform over 32 bits. */
void numsys_random_words (const numsys_random *random, uint64_t first,
                          size_t n, uint32_t out[]);

/* Word i as a double in (0, 1): (word + 1/2) / 2^32. */
double numsys_random_uniform (const numsys_random *random, uint64_t i);

/* Normal variate i (Box and Muller on words 2 i and 2 i + 1), mean 0,
   variance 1, from our own log and cos: the same bits on every machine. */
double numsys_random_normal (const numsys_random *random, uint64_t i);

#endif
