/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mpfr:24 and float:8,23 hold the same numbers where exponents are moderate,
   and so must round alike, in every way and with the same random words: two
   implementations that share nothing.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/numsys.h"
#include "numsys/random.h"
#include "tests/numsys/opening.h"
#include "tests/tap/tap.h"

#define N 2000

/* Random floats near 1, with few bits half of the time so that results are
   exact or ties; the first N / 2 are negated when they stand in an even
   place. */
static void
fill (double x[], unsigned index)
{
  const numsys_random random = numsys_random_of (1, 0, index, 4);

  for (size_t i = 0; i < N; i++)
    {
      uint32_t words[2];
      int bits = i % 2 == 0 ? 24 : 5;

      numsys_random_words (&random, 2 * i, 2, words);
      x[i] = ldexp ((words[0] >> (32 - bits)) | 1, (int) (words[1] % 32) - 16);
      if (i < N / 2 && i % 3 == 0)
        x[i] = -x[i];
    }
}

static void *
encoded (const numsys *system, const double x[])
{
  const numsys_context nearest = numsys_context_of (NUMSYS_NEAREST);
  void *elements = numsys_elements_new (system, N);
  numsys_events events = { 0 };

  numsys_encode (system, &nearest, N, x, elements, &events);
  return elements;
}

/* What a system makes of an operation, as doubles; NUMSYS_OPERATIONS stands
   for 100 dot products. */
static void
results (const char *spec, int operation, const numsys_context *context,
         double out[])
{
  numsys *system = open_system (spec);
  void *elements[3];
  numsys_events events = { 0 };

  for (unsigned j = 0; j < 3; j++)
    {
      fill (out, j);
      elements[j] = encoded (system, out);
    }
  if (operation < NUMSYS_OPERATIONS)
    numsys_apply (system, (numsys_operation) operation, context, N,
                  elements[0], elements[1], elements[2], elements[0],
                  &events);
  else
    for (size_t i = 0; i < 100; i++)
      numsys_dot (system, context, N / 100,
                  numsys_element (system, elements[0], N / 100 * i),
                  i % 2 == 0 ? NULL
                             : numsys_element (system, elements[1],
                                               N / 100 * i),
                  numsys_element (system, elements[0], i), &events);
  numsys_decode (system, N, elements[0], out);
  for (unsigned j = 0; j < 3; j++)
    numsys_elements_free (system, N, elements[j]);
  numsys_free (system);
}

static void
alike (int operation, numsys_rounding rounding, unsigned random_bits)
{
  static double wanted[N], seen[N];
  numsys_context context = numsys_context_of (rounding);
  size_t wrong = 0;

  context.random_bits = random_bits;
  context.random = numsys_random_of (1, 0, 9, 4);
  results ("float:8,23", operation, &context, wanted);
  results ("mpfr:24", operation, &context, seen);
  for (size_t i = 0; i < N; i++)
    wrong += isnan (wanted[i]) ? !isnan (seen[i]) : wanted[i] != seen[i];
  is_int (0, (int64_t) wrong, "%s, %s with %u random bits: as float:8,23",
          operation == NUMSYS_OPERATIONS
            ? "dot" : numsys_operation_name ((numsys_operation) operation),
          numsys_rounding_name (rounding), random_bits);
}

/* By way of mpfr:24, or at once. */
static void
converts_alike (const char *from, numsys_rounding rounding)
{
  static double x[N], wanted[N], seen[N];
  const numsys_context context = numsys_context_of (rounding);
  const numsys_context exactly = numsys_context_of (NUMSYS_ZERO);
  numsys *source = open_system (from);
  numsys *fp32 = open_system ("float:8,23");
  numsys *big = open_system ("mpfr:24");
  numsys_events events = { 0 };
  void *in, *direct, *middle, *after;
  size_t wrong = 0;

  fill (x, 0);
  in = encoded (source, x);
  direct = numsys_elements_new (fp32, N);
  middle = numsys_elements_new (big, N);
  after = numsys_elements_new (fp32, N);
  numsys_convert (source, fp32, &context, N, in, direct, &events);
  numsys_convert (source, big, &context, N, in, middle, &events);
  numsys_convert (big, fp32, &exactly, N, middle, after, &events);
  numsys_decode (fp32, N, direct, wanted);
  numsys_decode (fp32, N, after, seen);
  for (size_t i = 0; i < N; i++)
    wrong += wanted[i] != seen[i];
  is_int (0, (int64_t) wrong, "from %s, %s: as float:8,23", from,
          numsys_rounding_name (rounding));
  numsys_elements_free (source, N, in);
  numsys_elements_free (fp32, N, direct);
  numsys_elements_free (big, N, middle);
  numsys_elements_free (fp32, N, after);
  numsys_free (source);
  numsys_free (fp32);
  numsys_free (big);
}

static void
test_range (void)
{
  static const double given[] = { 1, 0, INFINITY, NAN };
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  numsys *big = open_system ("mpfr:100");
  numsys_events events = { 0 };
  void *x = numsys_elements_new (big, 4);
  void *y = numsys_elements_new (big, 4);
  signed char order[4];
  double out[4];

  numsys_decode (big, 4, x, out);
  is_double (0, out[3], "elements begin as zero");
  numsys_encode (big, &context, 4, given, x, &events);
  is_int (1, (int64_t) events.nan, "a NaN is counted");
  numsys_compare (big, 4, x, y, order);
  ok (order[0] == 1 && order[1] == 0 && order[2] == 1 && order[3] == 2,
      "order of numbers, and none with NaN");
  numsys_apply (big, NUMSYS_DIVIDE, &context, 4, x, y, NULL, y, &events);
  numsys_decode (big, 4, y, out);
  ok (out[0] == INFINITY && isnan (out[1]) && out[2] == INFINITY
        && isnan (out[3]),
      "quotients by zero");
  is_int (3, (int64_t) events.nan, "...two of them NaN");
  is_int (1, (int64_t) events.overflow, "...one infinite and new");
  numsys_dot (big, &context, 0, x, NULL, y, &events);
  numsys_decode (big, 1, y, out);
  is_double (0, out[0], "the sum of nothing");
  numsys_elements_free (big, 4, x);
  numsys_elements_free (big, 4, y);
  numsys_elements_free (big, 4, NULL);
  numsys_free (big);
}

int
main (void)
{
  plan ((NUMSYS_OPERATIONS + 1) * (NUMSYS_ROUNDINGS + 1)
        + 4 * NUMSYS_ROUNDINGS + 7);
  for (int operation = 0; operation <= NUMSYS_OPERATIONS; operation++)
    {
      for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
        alike (operation, (numsys_rounding) r, 32);
      alike (operation, NUMSYS_STOCHASTIC, 1);
    }
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    {
      converts_alike ("lns:24,100000", (numsys_rounding) r);
      converts_alike ("lns:12,12", (numsys_rounding) r);
      converts_alike ("fixed:32,10", (numsys_rounding) r);
      converts_alike ("mpfr:60", (numsys_rounding) r);
    }
  test_range ();
  return 0;
}
