/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of random words in plain C: it defines the bits.  */

#include <config.h>
#include "numsys/kernels/philox.h"
#include "numsys/kernels/portable.h"

void
numsys_portable_random (const uint32_t key[2], const uint32_t stream[2],
                        uint64_t first, size_t n, uint32_t out[])
{
  for (size_t i = 0; i < n; i++)
    {
      uint32_t x[4] = { (uint32_t) (first + i), (uint32_t) ((first + i) >> 32),
                        stream[0], stream[1] };
      uint32_t k[2] = { key[0], key[1] };

      for (int round = 0; round < NUMSYS_PHILOX_ROUNDS; round++)
        {
          numsys_philox_round (x, k);
          numsys_philox_next_key (k);
        }
      for (int word = 0; word < 4; word++)
        out[4 * i + word] = x[word];
    }
}
