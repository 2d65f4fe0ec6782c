/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox 4x32: one round, and the keys of rounds.  J. Salmon et al., "Parallel
   random numbers: as easy as 1, 2, 3", SC 2011.  */

#ifndef NUMSYS_KERNELS_PHILOX_H
#define NUMSYS_KERNELS_PHILOX_H

#include <stdint.h>

/* Seven rounds are the fewest that pass BigCrush. */
#define NUMSYS_PHILOX_ROUNDS 7

#define NUMSYS_PHILOX_EVEN UINT32_C (0xD2511F53)
#define NUMSYS_PHILOX_ODD UINT32_C (0xCD9E8D57)

static inline void
numsys_philox_round (uint32_t x[4], const uint32_t key[2])
{
  const uint64_t even = (uint64_t) NUMSYS_PHILOX_EVEN * x[0];
  const uint64_t odd = (uint64_t) NUMSYS_PHILOX_ODD * x[2];

  x[0] = (uint32_t) (odd >> 32) ^ x[1] ^ key[0];
  x[1] = (uint32_t) odd;
  x[2] = (uint32_t) (even >> 32) ^ x[3] ^ key[1];
  x[3] = (uint32_t) even;
}

/* Each round has the key of the one before, plus these. */
static inline void
numsys_philox_next_key (uint32_t key[2])
{
  key[0] += UINT32_C (0x9E3779B9);
  key[1] += UINT32_C (0xBB67AE85);
}

#endif
