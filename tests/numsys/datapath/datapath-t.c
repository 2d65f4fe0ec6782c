/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The datapath against sums worked by hand, by wide integers and in MPFR.  */

#include <config.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <mpfr.h>
#include "numsys/datapath/datapath.h"
#include "tests/tap/tap.h"

enum { most = 300, most_bins = 64 };

__extension__ typedef __int128 wide;

static numsys_datapath_events events;
static int64_t bins[most_bins];

static numsys_datapath *
make (const char *spec, int64_t gamma_a, int64_t top_a, int64_t gamma_b,
      int64_t top_b)
{
  const numsys_datapath_operand a = { gamma_a, top_a }, b = { gamma_b, top_b };
  numsys_error error;
  numsys_datapath *path = numsys_datapath_new (spec, a, b, &error);

  if (path == NULL)
    bail_out ("%s: %s", spec, error.text);
  return path;
}

static int64_t
dot (const numsys_datapath *path, size_t n, const numsys_datapath_number a[],
     const numsys_datapath_number b[])
{
  memset (&events, 0, sizeof events);
  return numsys_datapath_dot (path, n, a, 1, b, 1, bins, &events);
}

static numsys_datapath_number
number (int64_t e)
{
  return numsys_datapath_number_of (e, 0);
}

static numsys_datapath_number
minus (int64_t e)
{
  return numsys_datapath_number_of (e, 1);
}

/* Random numbers, one in eight of them zero. */
static void
fill (uint64_t seed, int64_t top, size_t n, numsys_datapath_number out[])
{
  const numsys_random random = numsys_random_of (seed, 1, 0, 0);
  uint32_t word[2 * most];

  numsys_random_words (&random, 0, 2 * n, word);
  for (size_t i = 0; i < n; i++)
    {
      const int64_t e = word[2 * i + 1] % (uint32_t) (top + 1);

      out[i] = word[2 * i] % 8 == 0
                 ? 0 : numsys_datapath_number_of (e, (word[2 * i] & 8) != 0);
    }
}

/* C = 1, 23/16 with 4 fraction bits at two steps an octave. */
static void
test_by_hand (void)
{
  const numsys_datapath_number a[]
    = { number (4), number (2), 0, minus (1) };
  const numsys_datapath_number b[]
    = { number (0), number (3), number (9), number (2) };
  static const struct { const char *more; int64_t sum; } wanted[] = {
    { "round=zero", 4 + 5 - 2 },      /* 4, 5.75, 0, -2.875 */
    { "round=down", 4 + 5 - 3 },
    { "round=nearest", 4 + 6 - 3 },
    { "binning=1", 6 },               /* 4 + 23/16 (4 - 2) = 6.875 */
    { "binning=1,round=nearest", 7 },
    { "lsb=1", 2 + 2 - 1 },           /* 2, 2.875, 0, -1.4375 */
    { "lsb=-4", 64 + 92 - 46 },
    { "lsb=3,round=nearest", 1 + 1 }, /* 0.5, 0.72, -0.36 */
    { "approx=mitchell", 4 + 6 - 3 }, /* 1.5 in place of 23/16 */
  };

  for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
    {
      char spec[100];
      numsys_datapath *path;

      snprintf (spec, sizeof spec, "datapath:acc=16,fraction=4%s,%s",
                strncmp (wanted[i].more, "lsb=", 4) == 0 ? "" : ",lsb=0",
                wanted[i].more);
      path = make (spec, 2, 15, 2, 15);
      is_int (wanted[i].sum, dot (path, 4, a, b), "%s, by hand", spec);
      is_int (3, (int64_t) events.products, "...of three products");
      is_int (wanted[i].sum, dot (path, 4, a, b), "...and again: cleared");
      is_int (0, (int64_t) events.overflow, "...without overflow");
      if (i == 0)
        is_int (2, (int64_t) events.truncated, "...two of them cut");
      numsys_datapath_free (path);
    }
}

/* C[r] by MPFR. */
static int64_t
constant (int64_t r, int64_t L, unsigned fraction)
{
  mpfr_t x;
  int64_t out;

  mpfr_init2 (x, 200);
  mpfr_set_si (x, r, MPFR_RNDN);
  mpfr_div_si (x, x, L, MPFR_RNDN);
  mpfr_exp2 (x, x, MPFR_RNDN);
  mpfr_mul_2ui (x, x, fraction, MPFR_RNDN);
  out = mpfr_get_si (x, MPFR_RNDN);
  mpfr_clear (x);
  return out;
}

/* The sum of +-C[r] 2^(q - fraction - lsb), none of it cut. */
static wide
whole (size_t n, const numsys_datapath_number a[], int64_t times_a,
       const numsys_datapath_number b[], int64_t times_b, int64_t L,
       unsigned fraction, int64_t lsb)
{
  wide sum = 0;

  for (size_t i = 0; i < n; i++)
    {
      const int64_t p = numsys_datapath_exponent (a[i]) * times_a
                        + numsys_datapath_exponent (b[i]) * times_b;
      const int sign
        = numsys_datapath_sign (a[i]) * numsys_datapath_sign (b[i]);

      if (sign != 0)
        sum += (wide) (sign * constant (p % L, L, fraction))
               * ((wide) 1 << (p / L - (int64_t) fraction - lsb));
    }
  return sum;
}

static void
test_whole (void)
{
  static const struct { int64_t a, top_a, b, top_b, L; } shapes[] = {
    { 8, 127, 8, 127, 8 }, { 1, 15, 1, 15, 1 }, { 4, 63, 6, 63, 12 },
    { 8, 127, 16, 127, 16 }, { 3, 31, 3, 15, 3 },
  };
  static const char *const more[] = {
    "", ",order=pairwise", ",order=blocked,block=7", ",binning=1",
    ",round=nearest", ",round=down,overflow=wrap", ",binning=1,overflow=wrap",
  };
  numsys_datapath_number a[most], b[most];

  for (size_t m = 0; m < sizeof more / sizeof more[0]; m++)
    {
      size_t wrong = 0, judged = 0;

      for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++)
        {
          const int64_t L = shapes[s].L;
          char spec[100];
          numsys_datapath *path;

          snprintf (spec, sizeof spec,
                    "datapath:acc=60,fraction=8,lsb=-8%s", more[m]);
          path = make (spec, shapes[s].a, shapes[s].top_a, shapes[s].b,
                       shapes[s].top_b);
          wrong += numsys_datapath_gamma (path) != L;
          for (size_t n = 0; n < most; n += 1 + n / 3, judged++)
            {
              fill (n, shapes[s].top_a, n, a);
              fill (n + 1000, shapes[s].top_b, n, b);
              wrong += dot (path, n, a, b)
                       != (int64_t) whole (n, a, L / shapes[s].a, b,
                                           L / shapes[s].b, L, 8, -8);
              wrong += events.truncated + events.overflow != 0;
            }
          numsys_datapath_free (path);
        }
      ok (wrong == 0 && judged > 50,
          "nothing discarded%s: the whole sum, %zu of them", more[m], judged);
    }
}

/* Small accumulators: each addition by itself, in wide integers. */
static void
test_overflow (void)
{
  numsys_datapath *saturate
    = make ("datapath:acc=12,fraction=6,lsb=-6", 4, 15, 4, 15);
  numsys_datapath *wrap
    = make ("datapath:acc=12,fraction=6,lsb=-6,overflow=wrap", 4, 15, 4, 15);
  numsys_datapath *tree = make (
    "datapath:acc=12,fraction=6,lsb=-6,overflow=wrap,order=pairwise", 4, 15, 4,
    15);
  numsys_datapath_number a[most], b[most];
  size_t wrong = 0;
  uint64_t seen = 0, counted = 0;

  for (size_t n = 1; n < most; n += 7)
    {
      int64_t sum = 0, over = 0;

      fill (n, 15, n, a);
      fill (n + 1000, 15, n, b);
      for (size_t i = 0; i < n; i++)
        {
          sum += (int64_t) whole (1, a + i, 1, b + i, 1, 4, 6, -6);
          over += sum > 2047 || sum < -2048;
          sum = sum > 2047 ? 2047 : sum < -2048 ? -2048 : sum;
        }
      wrong += dot (saturate, n, a, b) != sum;
      wrong += (int64_t) events.overflow != over;
      counted += events.overflow;
      sum = (int64_t) whole (n, a, 1, b, 1, 4, 6, -6);
      sum = ((sum + 2048) % 4096 + 4096) % 4096 - 2048;
      wrong += dot (wrap, n, a, b) != sum;
      wrong += dot (tree, n, a, b) != sum;
      seen += events.overflow;
    }
  is_int (0, (int64_t) wrong, "12 bits: saturated in turn, or wrapped once");
  ok (counted > 100 && seen > 100, "...both of which happens, and is counted");
  numsys_datapath_free (saturate);
  numsys_datapath_free (wrap);
  numsys_datapath_free (tree);
}

/* Of n terms: the largest power of two below n first. */
static int64_t
tree (size_t n, const int64_t term[])
{
  size_t half = 1;
  int64_t sum;

  if (n == 1)
    return term[0];
  for (; half * 2 < n; half *= 2)
    ;
  sum = tree (half, term) + tree (n - half, term + half);
  return sum > 127 ? 127 : sum < -128 ? -128 : sum;
}

static void
test_tree (void)
{
  numsys_datapath *path = make ("datapath:acc=8,fraction=0,lsb=0,"
                                "order=pairwise", 1, 6, 1, 0);
  numsys_datapath_number a[most], one[most];
  int64_t term[most];
  size_t wrong = 0;

  for (size_t n = 1; n < most; n++)
    {
      fill (n, 6, n, a);
      for (size_t i = 0; i < n; i++)
        {
          one[i] = number (0);
          term[i] = a[i] == 0 ? 0 : numsys_datapath_sign (a[i])
                                      * (1 << numsys_datapath_exponent (a[i]));
        }
      wrong += dot (path, n, a, one) != tree (n, term);
    }
  ok (wrong == 0, "trees of 1 to %d products, saturating", most - 1);
  numsys_datapath_free (path);
}

/* 96 + 96 - 96 - 96 in 8 bits: 104 steps are 6 octaves and 8 of 16, and with
   one fraction bit the square root of 2 is 3/2. */
static void
test_order (void)
{
  const numsys_datapath_number a[]
    = { number (104), number (104), minus (104), minus (104) };
  const numsys_datapath_number one[]
    = { number (0), number (0), number (0), number (0) };
  static const struct { const char *order; int64_t sum, over; } wanted[] = {
    { "sequential", 127 - 96 - 96, 1 },
    { "pairwise", 127 - 128, 2 },
    { "blocked,block=3", 31 - 96, 1 },
    { "blocked,block=2", 127 - 128, 2 },
    { "blocked,block=1", 127 - 96 - 96, 1 },
  };

  for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
    {
      char spec[100];
      numsys_datapath *path;

      snprintf (spec, sizeof spec, "datapath:acc=8,fraction=1,lsb=0,order=%s",
                wanted[i].order);
      path = make (spec, 16, 127, 16, 127);
      is_int (wanted[i].sum, dot (path, 4, a, one),
              "96 + 96 - 96 - 96 in 8 bits, %s", wanted[i].order);
      is_int (wanted[i].over, (int64_t) events.overflow, "...overflows");
      numsys_datapath_free (path);
    }
}

static void
test_default_lsb (void)
{
  /* 254 = 31 8 + 6: below 2^32; with 6 bits above, 2^38 = 2^23 2^15. */
  numsys_datapath *path = make ("datapath", 8, 127, 8, 127);

  is_int (15, numsys_datapath_lsb (path), "24 bits hold 2^38 by units of 2^15");
  is_int (-(3 + 5), numsys_datapath_offset (path, 3, 5),
          "biases are taken off");
  numsys_datapath_free (path);
  numsys_datapath_free (NULL);
  path = make ("datapath", 4, 127, 8, 127);
  is_int (-(2 * 3 + 5), numsys_datapath_offset (path, 3, 5),
          "...in the common steps");
  numsys_datapath_free (path);
}

int
main (void)
{
  plan (9 * 4 + 1 + 7 + 3 + 10 + 3);
  test_by_hand ();
  test_whole ();
  test_overflow ();
  test_tree ();
  test_order ();
  test_default_lsb ();
  return 0;
}
