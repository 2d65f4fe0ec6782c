/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nanoseconds an operation, a family's own and the default side by side, to
   nearest, on random codes; those of a wide LNS differ by no more than its
   Gaussian logarithms reach.  Least of several passes.  */

#include <config.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "numsys/arithmetic.h"
#include "numsys/numsys.h"

#define N 4096
#define PASSES 400

static const char *const specs[] = {
  "lns8", "lns16", "lns:32,8388608", "e4m3", "fp16", "fp32", "int8",
  "fixed:32,16",
};

static uint32_t codes[3][N];
static uint32_t in[3][N], out[N];

static double
now (void)
{
  struct timespec t;

  timespec_get (&t, TIME_UTC);
  return (double) t.tv_sec * 1e9 + (double) t.tv_nsec;
}

static void
fill (const numsys *system)
{
  const unsigned bits = numsys_code_bits (system);
  const numsys_random random = numsys_random_of (1, 0, 0, 0);

  for (int k = 0; k < 3; k++)
    {
      numsys_random_words (&random, (uint64_t) k * N, N, codes[k]);
      for (size_t i = 0; i < N; i++)
        codes[k][i] >>= 32 - bits;
    }
  if (bits == 32 && numsys_type_of (system) == &numsys_lns)
    for (size_t i = 0; i < N; i++)
      for (int k = 1; k < 3; k++)
        codes[k][i] = (codes[0][i] & 0x7fffffff) % 0x70000000
                      + (codes[k][i] & 0x87ffffff);
  for (int k = 0; k < 3; k++)
    numsys_from_codes (system, N, codes[k], in[k]);
}

/* Least time an element; the default's passes are fewer, being long. */
static double
measure (const numsys *system, numsys_operation operation, int is_default)
{
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  const numsys_target target
    = numsys_target_of (numsys_type_of (system)->ladder,
                        numsys_state (system));
  numsys_events events = { 0 };
  double least = 1e300;

  for (int pass = 0; pass < (is_default ? 2 : PASSES); pass++)
    {
      const double start = now ();
      double spent;

      if (is_default)
        numsys_default_apply (&target, operation, &context, N, in[0], in[1],
                              in[2], out, &events);
      else
        numsys_apply (system, operation, &context, N, in[0], in[1], in[2],
                      out, &events);
      spent = (now () - start) / N;
      least = spent < least ? spent : least;
    }
  return least;
}

int
main (void)
{
  printf ("# system operation own/ns default/ns\n");
  for (size_t i = 0; i < sizeof specs / sizeof *specs; i++)
    {
      numsys_error error;
      const double start = now ();
      numsys *system = numsys_new (specs[i], &error);
      const double made = now () - start;

      if (system == NULL)
        return 1;
      fill (system);
      printf ("# %s: made in %.2f ms\n", numsys_spec (system), made / 1e6);
      for (int operation = 0; operation < NUMSYS_OPERATIONS; operation++)
        printf ("%-18s %-9s %8.2f %9.1f\n", specs[i],
                numsys_operation_name ((numsys_operation) operation),
                measure (system, (numsys_operation) operation, 0),
                measure (system, (numsys_operation) operation, 1));
      numsys_free (system);
    }
  return 0;
}
