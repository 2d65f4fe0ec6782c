/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrix products by a datapath against the dot products that define them:
   outputs, these as floats, and events, over settings, shapes, ranges and
   instruction sets.  */

#include <config.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/datapath/datapath.h"
#include "numsys/kernels/kernels.h"
#include "tests/tap/tap.h"

static const char *const sets[] = { "portable", "avx2", "avx512" };

static const char *const settings[] = {
  "acc=24", "acc=16", "acc=10,headroom=1", "acc=20,headroom=3", "acc=32",
  "acc=48,lsb=-12", "acc=60,lsb=-12", "acc=60,fraction=30,lsb=-30",
  "acc=24,fraction=7,lsb=-7", "acc=40,fraction=20", "acc=40,fraction=24",
  "acc=12,headroom=0", "acc=24,lsb=0", "acc=24,approx=mitchell",
  "acc=24,approx=hybrid:2", "acc=24,binning=1", "acc=4,headroom=0",
  "acc=24,back=lns",
};
static const char *const roundings[] = { "zero", "nearest", "down" };
static const char *const more[] = {
  "", ",overflow=wrap", ",order=blocked", ",order=blocked,block=5",
  ",order=pairwise", ",order=pairwise,overflow=wrap",
};
static const struct { int64_t gamma_a, top_a, gamma_b, top_b; } operands[] = {
  { 8, 127, 8, 127 }, { 1, 127, 1, 127 }, { 2, 15, 2, 15 },
  { 4, 127, 16, 127 }, { 16, 255, 8, 127 }, { 3, 31, 5, 63 },
  { 6, 63, 4, 31 }, { 32, 255, 32, 255 }, { 128, 511, 128, 511 },
};
static const struct { size_t m, n, k; } shapes[] = {
  { 1, 1, 1 }, { 3, 5, 0 }, { 5, 67, 40 }, { 3, 130, 17 }, { 9, 3, 129 },
};

#define COUNT(array) (sizeof (array) / sizeof (array)[0])
enum { MOST = 6000, RANGES = 3 };

static numsys_datapath_number a[MOST], b[MOST];
static int64_t wanted[MOST], seen[MOST], bins[4096];
static float floats[MOST];
static numsys_datapath_scratch *scratch;

/* All stored exponents; those of Gaussian numbers; small ones. */
static void
fill (uint64_t seed, int range, size_t n, int64_t gamma, int64_t top,
      numsys_datapath_number out[])
{
  const numsys_random random = numsys_random_of (seed, 2, 0, 0);

  for (size_t i = 0; i < n; i++)
    {
      const double x = numsys_random_normal (&random, 2 * i);
      const double y = numsys_random_normal (&random, 2 * i + 1);
      double e = range == 0 ? (double) top * (0.5 + 0.5 * sin (40 * y))
                 : (double) top
                     + (double) gamma * log2 (fabs (x) / 4.5 + 1e-9);

      if (range == 2)
        e = e - (double) top * 0.8;
      e = fmin (fmax (rint (e), 0), (double) top);
      out[i] = fabs (y) < 0.2
                 ? 0 : numsys_datapath_number_of ((int64_t) e, x < 0);
    }
}

/* n rows of k numbers: close together, turned, or every second number. */
static numsys_datapath_matrix
matrix_of (const numsys_datapath_number x[], int how, size_t n, size_t k)
{
  switch (how)
    {
    case 0: return (numsys_datapath_matrix) { x, k, 1 };
    case 1: return (numsys_datapath_matrix) { x, 1, n };
    default: return (numsys_datapath_matrix) { x, 2, 2 * n };
    }
}

static size_t
differing (const numsys_datapath_events *x, const numsys_datapath_events *y)
{
  return (size_t) (x->products != y->products)
         + (x->truncated != y->truncated) + (x->vanished != y->vanished)
         + (x->overflow != y->overflow);
}

/* Floats of a product that are not those of its accumulators `wanted', or lie
   where none are wanted, and whether its events are not these. */
static size_t
wrong_floats (const numsys_datapath *path, size_t m, size_t n, size_t k,
              const numsys_datapath_matrix *x, const numsys_datapath_matrix *y,
              int adds, const numsys_datapath_events *events)
{
  enum { GAP = 3 };
  const numsys_datapath_results to = { floats, n + GAP, 5, adds };
  numsys_datapath_events got = { .overflow = 7 };
  size_t wrong = 0;

  for (size_t i = 0; i < m * (n + GAP); i++)
    floats[i] = 0.75f;
  if (numsys_datapath_multiply_back (path, m, n, k, x, y, &to,
                                     adds ? scratch : NULL, &got) != 0)
    bail_out ("out of memory");
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n + GAP; j++)
      {
        float back = 0;

        if (j < n)
          numsys_datapath_back (path, 1, &wanted[i * n + j], to.offset, &back);
        if (adds || j >= n)
          back = 0.75f + back;
        wrong += floats[i * (n + GAP) + j] != back;
      }
  return wrong + differing (events, &got);
}

/* Outputs and events that are not what the definition gives, by set. */
static void
compare (const numsys_datapath *path, size_t m, size_t n, size_t k, int how,
         size_t wrong[])
{
  const numsys_datapath_matrix x = matrix_of (a, how % 3, m, k);
  const numsys_datapath_matrix y = matrix_of (b, how / 3, n, k);
  numsys_datapath_events events = { .overflow = 7 };

  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++)
      wanted[i * n + j]
        = numsys_datapath_dot (path, k, a + i * x.outer, x.inner,
                               b + j * y.outer, y.inner, bins, &events);
  for (size_t set = 0; set < COUNT (sets); set++)
    {
      numsys_datapath_events got = { .overflow = 7 };

      numsys_kernels_use (sets[set]);
      if (numsys_datapath_multiply (path, m, n, k, &x, &y, seen, scratch,
                                    &got) != 0)
        bail_out ("out of memory");
      for (size_t i = 0; i < m * n; i++)
        wrong[set] += seen[i] != wanted[i];
      wrong[set] += differing (&events, &got);
      wrong[set] += wrong_floats (path, m, n, k, &x, &y, how % 2, &events);
    }
}

/* Shapes and ranges of one spec, of some operands. */
static void
compare_all (const char *spec, size_t first, size_t last, size_t wrong[],
             size_t *judged)
{
  for (size_t o = first; o < last; o++)
    {
      const numsys_datapath_operand of_a
        = { operands[o].gamma_a, operands[o].top_a };
      const numsys_datapath_operand of_b
        = { operands[o].gamma_b, operands[o].top_b };
      numsys_error error;
      numsys_datapath *path = numsys_datapath_new (spec, of_a, of_b, &error);

      if (path == NULL)
        bail_out ("%s: %s", spec, error.text);
      for (size_t s = 0; s < COUNT (shapes); s++)
        for (int range = 0; range < RANGES; range++)
          {
            const size_t m = shapes[s].m, n = shapes[s].n, k = shapes[s].k;

            fill (s, range, 2 * m * k, of_a.gamma, of_a.top, a);
            fill (s + 100, range, 2 * n * k, of_b.gamma, of_b.top, b);
            compare (path, m, n, k, (int) (s + o) % 9, wrong);
            *judged += m * n;
          }
      numsys_datapath_free (path);
    }
}

static void
test_grid (const char *rounding, const char *order, size_t turn)
{
  const int is_long = getenv ("NUMSYS_CHECK_LONG") != NULL;
  size_t wrong[COUNT (sets)] = { 0 }, judged = 0;

  for (size_t i = 0; i < COUNT (settings); i++)
    {
      const size_t some = (i + turn) % COUNT (operands);
      char spec[200];

      if (strstr (settings[i], "binning") != NULL
          && strstr (order, "order") != NULL)
        continue;
      snprintf (spec, sizeof spec, "datapath:%s,round=%s%s", settings[i],
                rounding, order);
      compare_all (spec, is_long ? 0 : some,
                   is_long ? COUNT (operands) : some + 1, wrong, &judged);
    }
  for (size_t set = 0; set < COUNT (sets); set++)
    is_int (0, (int64_t) wrong[set],
            "%s, round=%s%s: mismatches in %zu outputs and their events",
            sets[set], rounding, order, judged);
}

int
main (void)
{
  plan ((unsigned) (COUNT (sets) * COUNT (roundings) * COUNT (more)));
  scratch = numsys_datapath_scratch_new ();
  if (scratch == NULL)
    bail_out ("out of memory");
  for (size_t i = 0; i < COUNT (roundings); i++)
    for (size_t j = 0; j < COUNT (more); j++)
      test_grid (roundings[i], more[j], 2 * j + i);
  numsys_datapath_scratch_free (scratch);
  return 0;
}
