/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs that differ, counted by kernels and one by one.  */

#include <config.h>
#include <stdlib.h>
#include "numsys/datapath/datapath.h"
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/kernels.h"
#include "tests/tap/tap.h"

static const char *const sets[] = { "portable", "avx2", "avx512" };
static const size_t columns[] = { 1, 8, 37, 64 };
static const size_t lengths[] = { 0, 1, 31, 32, 64 };   /* words */

#define COUNT(array) (sizeof (array) / sizeof (array)[0])
enum { COLUMNS = 64, WORDS = 64 };

typedef void (*differ) (size_t words, const uint64_t a[], size_t n,
                        const uint64_t b[], int64_t sum[]);

static uint64_t a[2 * WORDS], b[2 * WORDS * COLUMNS];

/* Whether number p has a sign of this kind. */
static int
has (const uint64_t *word, size_t p)
{
  return (int) (*word >> p & 1);
}

static int64_t
wanted (size_t words, size_t n, size_t j)
{
  int64_t count = (int64_t) j;

  for (size_t w = 0; w < words; w++)
    for (size_t p = 0; p < 64; p++)
      count += (has (a + 2 * w, p) && has (b + (2 * w + 1) * n + j, p))
               || (has (a + 2 * w + 1, p) && has (b + 2 * w * n + j, p));
  return count;
}

/* An eighth of the numbers is zero, and has no sign; or all pairs differ, which
   makes counts as large as they get. */
static void
fill (size_t seed, int all_differ)
{
  const numsys_random random = numsys_random_of (seed, 3, 0, 0);
  static uint32_t words[4 * 2 * WORDS * (COLUMNS + 1)];

  numsys_random_words (&random, 0, COUNT (words), words);
  for (size_t i = 0; i < WORDS * (COLUMNS + 1); i++)
    {
      const uint32_t *x = words + 8 * i;
      const uint64_t sign = (uint64_t) x[0] << 32 | x[1];
      const uint64_t there = ~(((uint64_t) x[2] << 32 | x[3])
                               & ((uint64_t) x[4] << 32 | x[5])
                               & ((uint64_t) x[6] << 32 | x[7]));
      uint64_t *to = i < WORDS ? a + 2 * i : b + 2 * (i - WORDS);

      to[0] = all_differ ? UINT64_MAX : there & ~sign;
      to[1] = all_differ ? UINT64_MAX : there & sign;
    }
}

static void
test (const char *name, differ kernel, size_t done)
{
  size_t wrong = 0, judged = 0;

  for (size_t c = 0; c < COUNT (columns); c++)
    for (size_t l = 0; l < COUNT (lengths); l++)
      {
        const size_t n = columns[c], words = lengths[l];
        int64_t sum[COLUMNS];

        fill (c * 10 + l, (c + l) % 2 != 0);
        for (size_t j = 0; j < n; j++)
          sum[j] = (int64_t) j;
        kernel (words, a, n, b, sum);
        for (size_t j = 0; j < n / done * done; j++)
          wrong += sum[j] != wanted (words, n, j);
        judged += n / done * done;
      }
  is_int (0, (int64_t) wrong, "%s: mismatches in %zu counts", name, judged);
}

#ifdef HAVE_AVX512_KERNELS
static void
by_bytes (size_t words, const uint64_t x[], size_t n, const uint64_t y[],
          int64_t sum[])
{
  (void) numsys_avx512_differ_by_bytes (words, x, n, y, sum);
}
#endif

int
main (void)
{
  plan (COUNT (sets) + 1);
  for (size_t i = 0; i < COUNT (sets); i++)
    {
      numsys_kernels_use (sets[i]);
      test (sets[i], numsys_kernels_best ()->sums->differ, 1);
    }
#ifdef HAVE_AVX512_KERNELS
  if (numsys_kernels_avx512.usable ())
    test ("avx512 without a count of words' bits", by_bytes, 8);
  else
#endif
    skip ("the processor has no AVX-512");
  return 0;
}
