/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nanoseconds a conversion, of random codes, least of several passes: of
   arrays to nearest and with a draw, of one element a call, and of the
   default.  convert-bench [FROM TO]...  */

#include <config.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "numsys/arithmetic.h"
#include "numsys/numsys.h"

#define N 4096
#define PASSES 400
#define FEW_PASSES 10

static const char *const pairs[][2] = {
  { "fp32", "bf16" }, { "fp32", "e4m3" }, { "fp16", "fp32" },
  { "fp32", "int8" }, { "fp32", "fixed:32,16" }, { "fixed:32,16", "fp32" },
  { "int16", "int8" }, { "fp32", "lns8" }, { "fp32", "lns16" },
  { "fp32", "lns:32,8388608" }, { "int16", "lns16" }, { "lns8", "fp32" },
  { "lns16", "fp32" }, { "lns16", "bf16" }, { "lns:32,8388608", "fp32" },
  { "lns16", "fixed:32,16" }, { "lns16", "lns8" }, { "lns8", "lns16" },
};

static uint32_t in[N], out[N];

static double
now (void)
{
  struct timespec t;

  timespec_get (&t, TIME_UTC);
  return (double) t.tv_sec * 1e9 + (double) t.tv_nsec;
}

static void
fill (const numsys *from)
{
  const unsigned bits = numsys_code_bits (from);
  const numsys_random random = numsys_random_of (1, 0, 0, 0);
  static uint32_t codes[N];

  numsys_random_words (&random, 0, N, codes);
  for (size_t i = 0; i < N; i++)
    codes[i] >>= 32 - bits;
  numsys_from_codes (from, N, codes, in);
}

typedef enum calls { ARRAYS, DRAWS, ONES, DEFAULT } calls;

static double
measure (const numsys *from, const numsys *to, calls way)
{
  const numsys_context context
    = numsys_context_of (way == DRAWS ? NUMSYS_STOCHASTIC : NUMSYS_NEAREST);
  numsys_events events = { 0 };
  double least = 1e300;

  for (int pass = 0; pass < (way == DEFAULT ? FEW_PASSES : PASSES); pass++)
    {
      const double start = now ();
      double spent;

      if (way == DEFAULT)
        numsys_default_convert (from, to, &context, N, in, out, &events);
      else if (way == ONES)
        for (size_t i = 0; i < N; i++)
          numsys_convert (from, to, &context, 1, numsys_element (from, in, i),
                          out, &events);
      else
        numsys_convert (from, to, &context, N, in, out, &events);
      spent = (now () - start) / N;
      least = spent < least ? spent : least;
    }
  return least;
}

static int
show (const char *from_spec, const char *to_spec)
{
  numsys_error error;
  numsys *from = numsys_new (from_spec, &error);
  numsys *to = from == NULL ? NULL : numsys_new (to_spec, &error);

  if (to == NULL)
    {
      fprintf (stderr, "%s\n", error.text);
      numsys_free (from);
      return 1;
    }
  fill (from);
  printf ("%-16s %-16s %8.1f %8.1f %8.1f %9.1f\n", from_spec, to_spec,
          measure (from, to, ARRAYS), measure (from, to, DRAWS),
          measure (from, to, ONES), measure (from, to, DEFAULT));
  numsys_free (from);
  numsys_free (to);
  return 0;
}

int
main (int argc, char *argv[])
{
  int status = 0;

  printf ("# from, to, ns in arrays to nearest, stochastic, in one call, by"
          " default\n");
  for (int i = 1; i + 1 < argc; i += 2)
    status |= show (argv[i], argv[i + 1]);
  for (size_t i = 0; argc == 1 && i < sizeof pairs / sizeof *pairs; i++)
    status |= show (pairs[i][0], pairs[i][1]);
  return status;
}
