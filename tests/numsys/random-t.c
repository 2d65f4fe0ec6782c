/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The generator against its authors' known answers (Random123, kat_vectors),
   sequences against the generator, and variates by their moments.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "numsys/kernels/kernels.h"
#include "numsys/numsys.h"
#include "numsys/random.h"
#include "tests/tap/tap.h"

static const struct
{
  unsigned rounds;
  uint32_t counter[4], key[2], wanted[4];
} known[] = {
  { 7, { 0, 0, 0, 0 }, { 0, 0 },
    { 0x5f6fb709, 0x0d893f64, 0x4f121f81, 0x4f730a48 } },
  { 7, { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
    { 0xffffffff, 0xffffffff },
    { 0x5207ddc2, 0x45165e59, 0x4d8ee751, 0x8c52f662 } },
  { 7, { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
    { 0xa4093822, 0x299f31d0 },
    { 0x4dfccaba, 0x190a87f0, 0xc47362ba, 0xb6b5242a } },
  { 10, { 0, 0, 0, 0 }, { 0, 0 },
    { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
  { 10, { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
    { 0xffffffff, 0xffffffff },
    { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
  { 10, { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
    { 0xa4093822, 0x299f31d0 },
    { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
};

enum { known_count = sizeof known / sizeof known[0] };

static void
check_known (void)
{
  for (size_t i = 0; i < known_count; i++)
    {
      uint32_t seen[4];

      numsys_random_block (known[i].rounds, known[i].key, known[i].counter,
                           seen);
      ok (memcmp (known[i].wanted, seen, sizeof seen) == 0,
          "known answer %zu, %u rounds", i, known[i].rounds);
    }
}

/* Word i is word i & 3 of block i >> 2, however the sequence is cut. */
static void
check_words (uint64_t start)
{
  numsys_random random = numsys_random_of (UINT64_C (0x123456789abcdef0), 3,
                                           70000, 5);
  uint32_t words[700];
  size_t wrong = 0, cut = 0;

  numsys_random_words (&random, start, 700, words);
  for (uint64_t i = 0; i < 700; i++)
    {
      uint64_t block = (start + i) >> 2;
      uint32_t counter[4] = { (uint32_t) block, (uint32_t) (block >> 32),
                              random.stream[0], random.stream[1] };

      numsys_random_block (7, random.key, counter, counter);
      wrong += counter[(start + i) & 3] != words[i];
    }
  ok (wrong == 0, "words from %llu on are those of their blocks",
      (unsigned long long) start);
  for (size_t first = 0, n = 0; first < 700; first += n, n = (n * 5 + 3) % 97)
    {
      uint32_t part[97];

      if (n > 700 - first)
        n = 700 - first;
      numsys_random_words (&random, start + first, n, part);
      for (size_t i = 0; i < n; i++)
        cut += part[i] != words[first + i];
    }
  ok (cut == 0, "...however they are cut");
}

/* Every usable kernel gives the portable one's bits. */
static void
check_kernels (void)
{
  const numsys_random random = numsys_random_of (5, 1, 2, 3);
  const uint64_t first = (UINT64_C (1) << 32) - 20;

  for (const numsys_kernels *const *set = numsys_kernel_sets; *set != NULL;
       set++)
    {
      int wrong = 0;

      for (size_t n = 0; n < 60 && (*set)->usable (); n++)
        {
          uint32_t wanted[240], seen[241];

          seen[4 * n] = 12345;
          numsys_kernels_portable.random (random.key, random.stream, first, n,
                                          wanted);
          (*set)->random (random.key, random.stream, first, n, seen);
          wrong += memcmp (wanted, seen, 4 * n * sizeof *seen) != 0
                   || seen[4 * n] != 12345;
        }
      ok (wrong == 0, "kernel %s%s", (*set)->name,
          (*set)->usable () ? "" : " is not usable here");
    }
}

static unsigned
kernel_count (void)
{
  unsigned count = 0;

  while (numsys_kernel_sets[count] != NULL)
    count++;
  return count;
}

static void
check_names (void)
{
  numsys_random a = numsys_random_of (1, 2, 3, 4);
  const numsys_random others[] = {
    numsys_random_of (2, 2, 3, 4), numsys_random_of (1, 3, 3, 4),
    numsys_random_of (1, 2, 4, 4), numsys_random_of (1, 2, 3, 5),
    numsys_random_of (UINT64_C (1) << 32 | 1, 2, 3, 4),
  };
  uint32_t words[8], other[8];

  numsys_random_words (&a, 0, 8, words);
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    {
      size_t same = 0;

      numsys_random_words (&others[i], 0, 8, other);
      for (size_t j = 0; j < 8; j++)
        same += words[j] == other[j];
      ok (same == 0, "another name, another sequence (%zu)", i);
    }
}

/* Moments within six standard errors, which these seeds meet or not for ever:
   nothing here is left to chance. */
static void
check_moments (void)
{
  enum { n = 200000 };
  numsys_random random = numsys_random_of (7, 1, 0, 0);
  double sum[5] = { 0 }, mean = 0, least = 1, most = 0;

  for (uint64_t i = 0; i < n; i++)
    {
      double u = numsys_random_uniform (&random, i);
      double z = numsys_random_normal (&random, i);
      double power = 1;

      mean += u / n;
      least = fmin (least, u);
      most = fmax (most, u);
      for (int k = 0; k < 5; k++, power *= z)
        sum[k] += power / n;
    }
  ok (least > 0 && most < 1, "uniform variates lie in (0, 1)");
  is_near (0.5, mean, 6 * sqrt (1. / 12 / n), "...around 1/2");
  is_near (0, sum[1], 6 * sqrt (1. / n), "normal variates have mean 0");
  is_near (1, sum[2], 6 * sqrt (2. / n), "...variance 1");
  is_near (0, sum[3], 6 * sqrt (15. / n), "...no skewness");
  is_near (3, sum[4], 6 * sqrt (96. / n), "...the fourth moment 3");
}

/* The same bits on every machine: two variates written down. */
static void
check_bits (void)
{
  numsys_random random = numsys_random_of (0, 0, 0, 0);

  is_double ((0x5f6fb709 + 0.5) * 0x1p-32,
             numsys_random_uniform (&random, 0), "word 0 as a uniform");
  is_double (0x1.53f61b9b24143p+0, numsys_random_normal (&random, 0),
             "words 0 and 1 as a normal");
  is_double (-0x1.22837b3a8b4efp-1, numsys_random_normal (&random, 1),
             "words 2 and 3 as a normal");
}

int
main (void)
{
  plan (known_count + 6 + kernel_count () + 5 + 6 + 3);
  check_known ();
  check_words (0);
  check_words (13);
  check_words ((UINT64_C (1) << 34) - 50);
  check_kernels ();
  check_names ();
  check_moments ();
  check_bits ();
  return 0;
}
