/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of examples, and batches of them as floats.  */

#include <config.h>
#include "experiments/training/batches.h"
#include "experiments/workloads/init.h"
#include "numsys/random.h"

/* Uniform over 0 .. n - 1 but for a bias below n / 2^32. */
static uint32_t
below (uint32_t word, size_t n)
{
  return (uint32_t) (((uint64_t) word * n) >> 32);
}

void
batches_order (uint64_t seed, uint32_t epoch, size_t n, uint32_t order[])
{
  const numsys_random random
    = numsys_random_of (seed, INIT_PURPOSE_ORDER, 0, epoch);
  uint32_t word[256];

  for (size_t i = 0; i < n; i++)
    order[i] = (uint32_t) i;
  for (size_t i = n; i-- > 1;)
    {
      const size_t drawn = n - 1 - i;
      uint32_t other, kept = order[i];

      if (drawn % 256 == 0)
        numsys_random_words (&random, drawn, 256, word);
      other = below (word[drawn % 256], i + 1);
      order[i] = order[other];
      order[other] = kept;
    }
}

void
batches_gather (const batches_part *part, size_t features,
                const uint32_t order[], size_t from, size_t n, float x[],
                uint8_t label[])
{
  float value[256];

  for (int v = 0; v < 256; v++)
    value[v] = (float) v / 255;
  for (size_t i = 0; i < n; i++)
    {
      const size_t which
        = part->first + (order == NULL ? from + i : order[from + i]);
      const uint8_t *bytes = part->split->x + which * features;

      for (size_t j = 0; j < features; j++)
        x[i * features + j] = value[bytes[j]];
      label[i] = part->split->label[which];
    }
}
