/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nanoseconds an operation, to nearest, on random codes, least of several
   passes: of arrays, of one element a call, and of the default.  Of sums and
   dot products, nanoseconds a term: of all in one, of eight in one, and of all
   by the default.  Codes of a wide LNS differ by no more than its Gaussian
   logarithms reach.  apply-bench [SPEC...].  */

#include <config.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "numsys/arithmetic.h"
#include "numsys/numsys.h"

#define N 4096
#define PASSES 400

static const char *const specs[] = {
  "lns8", "lns:16,256", "lns16", "lns:32,8388608", "e4m3", "fp16", "fp32",
  "int8", "fixed:32,16",
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

typedef enum calls { ARRAYS, ONES, DEFAULT } calls;

/* Least time an element; the default's passes are fewer, being long. */
static double
measure (const numsys *system, numsys_operation operation, calls way)
{
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  const numsys_target target
    = numsys_target_of (numsys_type_of (system)->ladder,
                        numsys_state (system));
  numsys_events events = { 0 };
  double least = 1e300;

  for (int pass = 0; pass < (way == DEFAULT ? 2 : PASSES); pass++)
    {
      const double start = now ();
      double spent;

      if (way == DEFAULT)
        numsys_default_apply (&target, operation, &context, N, in[0], in[1],
                              in[2], out, &events);
      else if (way == ONES)
        for (size_t i = 0; i < N; i++)
          numsys_apply (system, operation, &context, 1,
                        numsys_element (system, in[0], i),
                        numsys_element (system, in[1], i),
                        numsys_element (system, in[2], i), out, &events);
      else
        numsys_apply (system, operation, &context, N, in[0], in[1], in[2],
                      out, &events);
      spent = (now () - start) / N;
      least = spent < least ? spent : least;
    }
  return least;
}

/* Least time a term. */
static double
measure_dot (const numsys *system, int is_dot, calls way)
{
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  const numsys_target target
    = numsys_target_of (numsys_type_of (system)->ladder,
                        numsys_state (system));
  const size_t length = way == ONES ? 8 : N;
  numsys_events events = { 0 };
  double least = 1e300;

  for (int pass = 0; pass < (way == DEFAULT ? 2 : PASSES); pass++)
    {
      const double start = now ();
      double spent;

      for (size_t i = 0; i < N; i += length)
        {
          const void *a = numsys_element (system, in[0], i);
          const void *b = is_dot ? numsys_element (system, in[1], i) : NULL;

          if (way == DEFAULT)
            numsys_default_dot (&target, &context, length, a, b, out, &events);
          else
            numsys_dot (system, &context, length, a, b, out, &events);
        }
      spent = (now () - start) / N;
      least = spent < least ? spent : least;
    }
  return least;
}

static int
show (const char *spec)
{
  numsys_error error;
  const double start = now ();
  numsys *system = numsys_new (spec, &error);
  const double made = now () - start;

  if (system == NULL)
    {
      fprintf (stderr, "%s\n", error.text);
      return 1;
    }
  fill (system);
  printf ("# %s: made in %.2f ms\n", numsys_spec (system), made / 1e6);
  for (int operation = 0; operation < NUMSYS_OPERATIONS; operation++)
    printf ("%-18s %-9s %8.2f %8.1f %9.1f\n", spec,
            numsys_operation_name ((numsys_operation) operation),
            measure (system, (numsys_operation) operation, ARRAYS),
            measure (system, (numsys_operation) operation, ONES),
            measure (system, (numsys_operation) operation, DEFAULT));
  for (int is_dot = 0; is_dot < 2; is_dot++)
    printf ("%-18s %-9s %8.2f %8.1f %9.1f\n", spec, is_dot ? "dot" : "sum",
            measure_dot (system, is_dot, ARRAYS),
            measure_dot (system, is_dot, ONES),
            measure_dot (system, is_dot, DEFAULT));
  numsys_free (system);
  return 0;
}

int
main (int argc, char *argv[])
{
  int status = 0;

  printf ("# %s: system, operation, ns in arrays, in one call, by default\n",
          numsys_isa ());
  for (int i = 1; i < argc; i++)
    status |= show (argv[i]);
  for (size_t i = 0; argc == 1 && i < sizeof specs / sizeof *specs; i++)
    status |= show (specs[i]);
  return status;
}
