/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox 4x32: a keyed bijection of 128-bit counters, a round being two
   multiplications.  Counter words 0 and 1
   are the number of a block of four words, words 2 and 3 name the sequence
   within a key; seven rounds are the fewest that pass BigCrush.

   tests/numsys/random-t.c holds it to the authors' known answers.  */

#include <config.h>
#include <math.h>
#include "numsys/elementary.h"
#include "numsys/random.h"

enum
{
  rounds_of_words = 7,
  lanes = 16   /* blocks computed side by side, for vector units */
};

/* One round on one counter. */
static inline void
philox_round (uint32_t *x0, uint32_t *x1, uint32_t *x2, uint32_t *x3,
              uint32_t key0, uint32_t key1)
{
  uint64_t even = UINT64_C (0xD2511F53) * *x0;
  uint64_t odd = UINT64_C (0xCD9E8D57) * *x2;

  *x0 = (uint32_t) (odd >> 32) ^ *x1 ^ key0;
  *x1 = (uint32_t) odd;
  *x2 = (uint32_t) (even >> 32) ^ *x3 ^ key1;
  *x3 = (uint32_t) even;
}

/* The key of a round. */
static inline uint32_t
round_key (const uint32_t key[2], int which, unsigned round)
{
  const uint32_t weyl[2] = { UINT32_C (0x9E3779B9), UINT32_C (0xBB67AE85) };

  return key[which] + round * weyl[which];
}

/* The words of blocks first .. first + lanes - 1. */
static void
fill (const numsys_random *random, uint64_t first, uint32_t out[4 * lanes])
{
  uint32_t x[4][lanes];

  for (int i = 0; i < lanes; i++)
    {
      x[0][i] = (uint32_t) (first + (uint64_t) i);
      x[1][i] = (uint32_t) ((first + (uint64_t) i) >> 32);
      x[2][i] = random->stream[0];
      x[3][i] = random->stream[1];
    }
  for (unsigned round = 0; round < rounds_of_words; round++)
    {
      uint32_t key0 = round_key (random->key, 0, round);
      uint32_t key1 = round_key (random->key, 1, round);

      for (int i = 0; i < lanes; i++)
        philox_round (&x[0][i], &x[1][i], &x[2][i], &x[3][i], key0, key1);
    }
  for (int i = 0; i < lanes; i++)
    for (int word = 0; word < 4; word++)
      out[4 * i + word] = x[word][i];
}

static uint32_t
word_at (const numsys_random *random, uint64_t i)
{
  uint32_t counter[4] = { (uint32_t) (i >> 2), (uint32_t) (i >> 34),
                          random->stream[0], random->stream[1] };

  numsys_random_block (rounds_of_words, random->key, counter, counter);
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

  for (unsigned round = 0; round < rounds; round++)
    philox_round (&x[0], &x[1], &x[2], &x[3], round_key (key, 0, round),
                  round_key (key, 1, round));
  for (int i = 0; i < 4; i++)
    out[i] = x[i];
}

void
numsys_random_words (const numsys_random *random, uint64_t first, size_t n,
                     uint32_t out[])
{
  while (n > 0)
    {
      uint32_t words[4 * lanes];
      size_t skipped = first & 3;
      size_t count = 4 * lanes - skipped;

      if (count > n)
        count = n;
      if (skipped == 0 && count == 4 * lanes)
        fill (random, first >> 2, out);
      else
        {
          fill (random, first >> 2, words);
          for (size_t i = 0; i < count; i++)
            out[i] = words[skipped + i];
        }
      first += count;
      out += count;
      n -= count;
    }
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
