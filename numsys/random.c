/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random sequences: counter words 0 and 1 are the number of a block of four
   words, words 2 and 3 name the sequence within a key.

   tests/numsys/random-t.c holds the generator to its authors' known answers,
   and every kernel to the generator.  */

#include <config.h>
#include <math.h>
#include "numsys/elementary.h"
#include "numsys/kernels/kernels.h"
#include "numsys/kernels/philox.h"
#include "numsys/random.h"

static uint32_t
word_at (const numsys_random *random, uint64_t i)
{
  uint32_t counter[4] = { (uint32_t) (i >> 2), (uint32_t) (i >> 34),
                          random->stream[0], random->stream[1] };

  numsys_random_block (NUMSYS_PHILOX_ROUNDS, random->key, counter, counter);
  return counter[i & 3];
}

numsys_random
numsys_random_of (uint64_t seed, unsigned purpose, unsigned index,
                  uint32_t step)
{
  numsys_random random = {
    .key = { (uint32_t) seed, (uint32_t) (seed >> 32) },
    .stream = { (uint32_t) purpose << 24 | (index & 0xFFFFFF), step },
  };

  return random;
}

void
numsys_random_block (unsigned rounds, const uint32_t key[2],
                     const uint32_t counter[4], uint32_t out[4])
{
  uint32_t x[4] = { counter[0], counter[1], counter[2], counter[3] };
  uint32_t k[2] = { key[0], key[1] };

  for (unsigned round = 0; round < rounds; round++)
    {
      numsys_philox_round (x, k);
      numsys_philox_next_key (k);
    }
  for (int i = 0; i < 4; i++)
    out[i] = x[i];
}

void
numsys_random_words (const numsys_random *random, uint64_t first, size_t n,
                     uint32_t out[])
{
  const numsys_kernels *kernels = numsys_kernels_best ();
  size_t done = 0;

  /* Single words up to the first whole block, and after the last. */
  while (done < n && ((first + done) & 3) != 0)
    {
      out[done] = word_at (random, first + done);
      done++;
    }
  kernels->random (random->key, random->stream, (first + done) >> 2,
                   (n - done) / 4, out + done);
  for (done += (n - done) / 4 * 4; done < n; done++)
    out[done] = word_at (random, first + done);
}

double
numsys_random_uniform (const numsys_random *random, uint64_t i)
{
  return (word_at (random, i) + 0.5) * 0x1p-32;
}

double
numsys_random_normal (const numsys_random *random, uint64_t i)
{
  double radius = numsys_random_uniform (random, 2 * i);
  double angle = numsys_random_uniform (random, 2 * i + 1);

  return sqrt (-2 * numsys_log (radius))
         * numsys_cos (0x1.921fb54442d18p+2 * angle);
}
