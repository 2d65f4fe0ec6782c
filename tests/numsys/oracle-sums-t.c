/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and dot products of an LNS before the oracle, under every rounding: all
   short ones of small systems, random ones, long ones, and such as cancel, hit
   a value or a middle, or miss it by little.  */

#include <config.h>
#include <inttypes.h>
#include <stdlib.h>
#include "numsys/random.h"
#include "tests/numsys/vectors.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))
#define LONG 100000

/* Every vector, or pair of vectors, of codes that the system writes. */
static uint64_t
every (const char *spec, int is_dot, size_t length)
{
  const size_t places = length * (is_dot ? 2 : 1);
  uint32_t code[64];
  size_t codes = 0;
  size_t n = 1;
  vectors v;

  vectors_begin (&v, spec, is_dot, length, 64 * 64 * 64);
  for (uint32_t c = 0; c < 1u << numsys_code_bits (v.system); c++)
    if (oracle_code_is_canonical (&v.j.oracle, c))
      code[codes++] = c;
  for (size_t k = 0; k < places; k++)
    n *= codes;
  v.n = n;
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0, rest = i; k < places; k++, rest /= codes)
      v.codes[k / length][i * length + k % length] = code[rest % codes];
  vectors_judge (&v, 3);
  ok (v.j.wrong == 0, "%s: every %s of %zu terms, %" PRIu64 " cases", spec,
      v.j.what, length, v.j.cases);
  return vectors_end (&v);
}

/* A code whose stored exponent is e, held to the range. */
static uint32_t
code_of (const vectors *v, int negative, int64_t e)
{
  const int64_t least = oracle_least_step (&v->j.oracle);
  const int64_t most = oracle_most_step (&v->j.oracle, negative);

  return oracle_step_code (&v->j.oracle, negative,
                           e < least ? least : e > most ? most : e);
}

/* So many exponents about the middle that an oracle can tell what a sum of any
   of them is. */
static int64_t
breadth (const vectors *v)
{
  const int64_t most = oracle_most_step (&v->j.oracle, 0);

  return most / v->j.oracle.gamma < 128 ? most : 128 * v->j.oracle.gamma;
}

/* An integer below most. */
static int64_t
drawn (uint32_t word, int64_t most)
{
  return (int64_t) ((uint64_t) word * (uint64_t) most >> 32);
}

/* Exponents within a band, now wide, now narrow; some codes are any. */
static void
fill (vectors *v, uint64_t seed)
{
  const numsys_random random = numsys_random_of (seed, 3, 0, 0);
  const int64_t middle = oracle_most_step (&v->j.oracle, 0) / 2;
  const int64_t most = breadth (v);
  const int64_t gamma = v->j.oracle.gamma;

  for (size_t i = 0; i < v->n * v->length; i++)
    for (int k = 0; k < 2; k++)
      {
        const size_t vector = i / v->length;
        const int64_t band
          = (const int64_t[]) { 3, gamma, 12 * gamma, most / 2 }[vector % 4];
        uint32_t word[3];

        numsys_random_words (&random, 8 * i + 4 * (uint64_t) k, 3, word);
        v->codes[k][i]
          = code_of (v, word[1] & 1,
                     middle + (word[2] % 16 == 0
                                 ? drawn (word[0], most) - most / 2
                                 : drawn (word[0], band)));
        if (word[2] % 16 == 1 && v->j.oracle.zero != ORACLE_ZERO_NONE)
          v->codes[k][i] = v->j.oracle.zero == ORACLE_ZERO_CODE
                             ? 0 : 1u << v->j.oracle.bits;
      }
}

static uint64_t
random_vectors (const char *spec, int is_dot, size_t repeats)
{
  uint64_t cases = 0;
  uint64_t wrong = 0;

  for (size_t length = 1; length < 30; length += 1 + length / 3)
    {
      vectors v;

      vectors_begin (&v, spec, is_dot, length, repeats);
      fill (&v, length);
      vectors_judge (&v, length % 2 == 0 ? 32 : 7);
      wrong += v.j.wrong;
      cases += vectors_end (&v);
    }
  ok (wrong == 0, "%s: random %ss, %" PRIu64 " cases", spec,
      is_dot ? "dot" : "sum", cases);
  return cases;
}

/* Terms of which all but few cancel: leaves of `kind' are nothing, a value far
   below, two neighbours of unlike sign, those with a value far below, a sum of
   equals, one with a value far below, a middle of values, one with a value far
   below. */
enum { KINDS = 8 };

static size_t
leave (const vectors *v, size_t kind, int64_t e, int64_t far, int negative,
       uint32_t out[4])
{
  size_t n = 0;

  if (kind == 2 || kind == 3)
    {
      out[n++] = code_of (v, negative, e + 1);
      out[n++] = code_of (v, !negative, e);
    }
  if (kind >= 4)
    {
      out[n++] = code_of (v, negative, e);
      out[n++] = code_of (v, negative, e + (kind >= 6));
    }
  if (kind % 2 == 1)
    out[n++] = code_of (v, negative ^ (int) (e & 1), e - far);
  return n;
}

static uint64_t
cancelling (const char *spec)
{
  enum { HALF = 5, N = 24 * KINDS };
  const numsys_random random = numsys_random_of (11, 3, 0, 0);
  vectors v;
  int64_t most, least;

  vectors_begin (&v, spec, 0, 2 * HALF + 4, N);
  most = breadth (&v);
  least = oracle_most_step (&v.j.oracle, 0) / 2 - most / 2;
  for (size_t i = 0; i < N; i++)
    {
      uint32_t *codes = v.codes[0] + i * v.length;
      uint32_t word[HALF + 3];
      size_t n;

      numsys_random_words (&random, 16 * i, HALF + 3, word);
      n = leave (&v, i % KINDS,
                 least + most / 4 + drawn (word[HALF], most / 3),
                 1 + drawn (word[HALF + 1],
                            1 + most / 4 / (1 + word[HALF + 2] % 64)),
                 word[HALF + 2] >> 31, codes);
      for (size_t k = 0; k < HALF; k++)
        {
          const int64_t e = least + drawn (word[k], most);

          codes[n + k] = code_of (&v, word[k] & 1, e);
          codes[2 * HALF + n - 1 - k] = code_of (&v, !(word[k] & 1), e);
        }
      /* And what is left is zero, or cancels. */
      for (size_t k = n + 2 * HALF; k < v.length; k++)
        codes[k] = code_of (&v, (v.length - k) % 2 != 0,
                            least + most / 2);
      if ((v.length - n) % 2 != 0)
        codes[v.length - 1] = codes[0];
    }
  vectors_judge (&v, 32);
  ok (v.j.wrong == 0, "%s: sums that cancel, %" PRIu64 " cases", spec,
      v.j.cases);
  return vectors_end (&v);
}

/* Many terms of few values, about the same size, or of the same sign. */
static uint64_t
long_vectors (const char *spec, int is_dot, int has_sign)
{
  enum { POOL = 12, N = 2 };
  const numsys_random random = numsys_random_of (5, 3, 0, 0);
  uint32_t words[POOL];
  vectors v;

  vectors_begin (&v, spec, is_dot, LONG, N);
  numsys_random_words (&random, 0, POOL, words);
  for (size_t i = 0; i < N * LONG; i++)
    for (int k = 0; k < 2; k++)
      {
        const int64_t middle = oracle_most_step (&v.j.oracle, 0) / 2;
        uint32_t word;

        numsys_random_words (&random, 2 * i + 64 + (uint64_t) k, 1, &word);
        v.codes[k][i]
          = code_of (&v, has_sign && (word & 1),
                     middle + drawn (words[word / 2 % POOL],
                                     (int64_t) (1 + i / LONG % 2)
                                       * v.j.oracle.gamma));
      }
  vectors_judge (&v, 32);
  ok (v.j.wrong == 0, "%s: %s of %d terms%s, %" PRIu64 " cases", spec,
      v.j.what, LONG, has_sign ? "" : " of one sign", v.j.cases);
  return vectors_end (&v);
}

static const struct
{
  const char *spec;
  int is_dot;
  size_t length;
} small[] = {
  { "lns:4,1", 0, 3 }, { "lns:4,2", 0, 3 }, { "lns:4,3,zero=none", 0, 3 },
  { "lns:3,2,zero=flag,underflow=clamp", 0, 4 },
  { "lns:4,4,zero=flag,underflow=flush", 0, 3 },
  { "lns:4,8", 0, 3 }, { "lns:3,1", 1, 2 }, { "lns:3,2", 1, 2 },
  { "lns:3,3,zero=none,bias=3", 1, 2 },
  { "lns:3,1,zero=flag,underflow=clamp", 1, 2 },
};

static const char *const large[] = {
  "lns8", "lns16", "lns:12,100", "lns:10,7,underflow=clamp", "lns:24,65536",
  "lns:20,5000,zero=none", "lns:32,8388608", "lns:32,1",
  "lns:31,100,zero=flag", "lns:32,7654321,bias=-1099511627776",
};

static const char *const longest[] = {
  "lns8", "lns16", "lns:24,65537", "lns:32,8388608",
};

int
main (void)
{
  const size_t repeats = getenv ("NUMSYS_CHECK_LONG") != NULL ? 4000 : 24;
  uint64_t cases = 0;

  plan (LENGTH (small) + 3 * LENGTH (large) + 3 * LENGTH (longest) + 1);
  for (size_t i = 0; i < LENGTH (small); i++)
    cases += every (small[i].spec, small[i].is_dot, small[i].length);
  for (size_t i = 0; i < LENGTH (large); i++)
    {
      cases += random_vectors (large[i], 0, repeats);
      cases += random_vectors (large[i], 1, repeats);
      cases += cancelling (large[i]);
    }
  for (size_t i = 0; i < LENGTH (longest); i++)
    {
      cases += long_vectors (longest[i], 0, 0);
      cases += long_vectors (longest[i], 0, 1);
      cases += long_vectors (longest[i], 1, 1);
    }
  ok (cases > 0, "%" PRIu64 " sums judged", cases);
  return 0;
}
