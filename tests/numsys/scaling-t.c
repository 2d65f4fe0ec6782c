/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scales: that the largest magnitude becomes the largest value, what shares a
   scale, that pieces change nothing, that stochastic rounding is unbiased, and
   that unscaled quantizers agree with the systems' own elements.  */

#include <config.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/kernels/kernels.h"
#include "numsys/numsys.h"
#include "tests/numsys/opening.h"
#include "tests/tap/tap.h"

enum { ROWS = 37, COLUMNS = 53, N = ROWS * COLUMNS, DRAWS = 40000 };

static numsys_random
random_of (unsigned purpose)
{
  return numsys_random_of (11, purpose, 0, 0);
}

/* The value of the largest code. */
static float
top_value (const numsys_quantizer *quantizer, numsys_scale scale)
{
  float x = FLT_MAX;

  numsys_quantize_at (quantizer, scale, 1, &x, NULL, 0, &x, NULL);
  return x;
}

/* Whether a magnitude, once rounded to nearest or away from zero, exceeds the
   largest value at this scale. */
static int
exceeds (const numsys_quantizer *quantizer, numsys_scale scale, float top,
         float x)
{
  numsys_events events = { 0 };

  if (strstr (numsys_quantizer_spec (quantizer), "round=") != NULL
      && strstr (numsys_quantizer_spec (quantizer), "nearest") == NULL)
    return x > ldexp (top, (int) scale.steps);
  numsys_quantize_at (quantizer, scale, 1, &x, NULL, 0, &x, &events);
  return events.overflow == 1;
}

static int
is_least (const numsys_quantizer *quantizer, float top, float largest)
{
  const numsys_scale scale = numsys_quantizer_scale (quantizer, largest);
  const numsys_scale below = { scale.steps - 1, 0 };

  return !exceeds (quantizer, scale, top, largest)
         && exceeds (quantizer, below, top, largest);
}

/* Around the largest value, and those that lie a power of two above it: among
   them is the magnitude from which on a scale more is needed. */
static void
check_turn (const char *spec)
{
  numsys_quantizer *quantizer = open_quantizer (spec);
  const float top = top_value (quantizer, (numsys_scale) { 0, 0 });
  size_t wrong = !isfinite (top);

  for (int k = 0; k <= 24; k++)
    for (int e = -30; e <= 30; e += 10)
      {
        const float by = k == 24 ? 0 : ldexpf (1, ilogbf (top) - k - 1);
        const float x = ldexpf (top + by, e);

        wrong += !is_least (quantizer, top, x)
                 || !is_least (quantizer, top, nextafterf (x, 0))
                 || !is_least (quantizer, top, nextafterf (x, INFINITY));
      }
  is_int (0, (int64_t) wrong, "%s: the least scale, next to where it turns",
          spec);
  numsys_quantizer_free (quantizer);
}

/* Saturating, so that the largest float tells the largest value. */
static const char *const turning[] = {
  "e4m3", "e4m3:round=nearest-away", "e4m3:round=down", "e4m3:round=zero",
  "e5m2:overflow=saturate,round=odd", "e5m2:overflow=saturate",
  "e2m1:round=up", "float:1,5,specials=none",
  "float:3,2,subnormals=no,overflow=saturate", "float:5,0,specials=none",
  "int8", "int8:round=up", "fixed:2,1", "fixed:24,0",
};

enum { turning_count = sizeof turning / sizeof turning[0] };

/* Magnitudes in [2^-20, 2^20) have a scale of their own in each of these. */
static void
check_scale (const char *spec, int is_exact)
{
  numsys_quantizer *quantizer = open_quantizer (spec);
  numsys_random random = random_of (1);
  size_t wrong = 0;

  for (size_t i = 0; i < 2000; i++)
    {
      float largest = (float) exp2 (40 * numsys_random_uniform (&random, i)
                                    - 20);
      numsys_scale scale = numsys_quantizer_scale (quantizer, largest), lower;
      numsys_events events = { 0 };
      float seen;

      numsys_quantize_at (quantizer, scale, 1, &largest, NULL, 0, &seen,
                          &events);
      wrong += events.overflow != 0
               || (is_exact && seen != top_value (quantizer, scale));
      if (scale.largest != 0)
        wrong += seen != largest;
      else
        {
          /* A step less, and it overflows. */
          lower = scale;
          lower.steps -= strstr (spec, "lns") && strstr (spec, "pow2") ? 8 : 1;
          numsys_quantize_at (quantizer, lower, 1, &largest, NULL, 0, &seen,
                              &events);
          wrong += events.overflow != 1;
        }
    }
  is_int (0, (int64_t) wrong, "%s: the largest magnitude becomes %s", spec,
          is_exact ? "the largest value" : "what the range just holds");
  numsys_quantizer_free (quantizer);
}

static void
check_scales (void)
{
  check_scale ("lns:8,8", 1);
  check_scale ("lns:8,8,underflow=flush", 1);
  check_scale ("lns:16,2048,round=nearest-away", 1);
  check_scale ("lns:8,8,round=nearest-linear", 1);
  check_scale ("lns:8,8,scale-step=pow2", 0);
  check_scale ("lns:8,8,scale-step=real", 1);
  check_scale ("e4m3", 0);
  check_scale ("e4m3:round=nearest-away", 0);
  check_scale ("e4m3:scale-step=real", 1);
  check_scale ("e5m2:scale-step=pow2", 0);
  check_scale ("int8", 0);
  check_scale ("int8:scale-step=real", 1);
  for (size_t i = 0; i < turning_count; i++)
    check_turn (turning[i]);
}

/* Scales are held where all values are floats, and data without magnitude have
   the scale nearest to none. */
static void
check_held (void)
{
  static const float odd[] = { 0, -1, INFINITY, NAN };
  numsys_quantizer *lns = open_quantizer ("lns:8,8");
  numsys_quantizer *real = open_quantizer ("lns:8,8,scale-step=real");
  numsys_quantizer *e4m3 = open_quantizer ("e4m3");
  uint32_t zero = 0, one = 1;
  float low, high;
  size_t wrong = 0;

  for (size_t i = 0; i < 4; i++)
    {
      numsys_scale scale = numsys_quantizer_scale (real, odd[i]);

      wrong += scale.steps != 0 || scale.largest != 0
               || numsys_quantizer_scale (lns, odd[i]).steps != 0;
    }
  is_int (0, (int64_t) wrong, "no data, no scale");
  numsys_quantize_from_codes (lns, numsys_quantizer_scale (lns, 0x1p-149f), 1,
                              &zero, &low);
  ok (low == 0x1p-126f, "lns: the smallest value stays normal");
  numsys_quantize_from_codes (real, numsys_quantizer_scale (real, 0x1p-149f),
                              1, &zero, &low);
  ok (low >= 0x1p-126f && low < 0x1p-125f, "...at real scales too");
  high = top_value (lns, numsys_quantizer_scale (lns, FLT_MAX));
  ok (high > 0x1p127f && high <= FLT_MAX, "...and the largest is finite");
  numsys_quantize_from_codes (e4m3, numsys_quantizer_scale (e4m3, 0x1p-149f),
                              1, &one, &low);
  ok (low == 0x1p-149f, "e4m3: the smallest value is a float");
  numsys_quantizer_free (lns);
  numsys_quantizer_free (real);
  numsys_quantizer_free (e4m3);
}

static void
make_data (float x[])
{
  numsys_random random = random_of (2);

  for (size_t i = 0; i < N; i++)
    x[i] = (float) (numsys_random_normal (&random, i)
                    * exp2 ((double) (i % COLUMNS) / 5
                            - (double) (i / COLUMNS) / 4));
}

/* Which scale element (row, column) takes: a number for each. */
static size_t
group_of (size_t row, size_t column, int axis, size_t block)
{
  if (block != 0)
    return row * COLUMNS + column / block;
  return axis == 0 ? row : column;
}

/* One element at a time, each by the scale of its group. */
static void
check_groups (const char *spec, int axis, size_t block)
{
  static const float odd[] = { INFINITY, NAN, -INFINITY, 0, -0.0f, 0x1p-140f };
  numsys_quantizer *quantizer = open_quantizer (spec);
  numsys_random random = random_of (3);
  static float x[N], seen[N], largest[ROWS * COLUMNS];
  numsys_events one = { 0 }, all = { 0 };
  size_t wrong = 0;

  make_data (x);
  for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
    x[3 * COLUMNS + 5 * i] = odd[i];
  memset (largest, 0, sizeof largest);
  for (size_t i = 0; i < N; i++)
    {
      float *most = &largest[group_of (i / COLUMNS, i % COLUMNS, axis, block)];

      if (isfinite (x[i]) && fabsf (x[i]) > *most)
        *most = fabsf (x[i]);
    }
  numsys_quantize (quantizer, ROWS, COLUMNS, axis, x, &random, seen, &all);
  for (size_t i = 0; i < N; i++)
    {
      size_t group = group_of (i / COLUMNS, i % COLUMNS, axis, block);
      float wanted;

      numsys_quantize_at (quantizer,
                          numsys_quantizer_scale (quantizer, largest[group]),
                          1, &x[i], &random, i, &wanted, &one);
      wrong += memcmp (&wanted, &seen[i], sizeof wanted) != 0;
    }
  ok (wrong == 0 && memcmp (&one, &all, sizeof one) == 0,
      "%s: each %s has its scale", spec,
      block != 0 ? "block" : axis == 0 ? "row" : "column");
  memcpy (seen, x, sizeof seen);
  numsys_quantize (quantizer, ROWS, COLUMNS, axis, seen, &random, seen, NULL);
  numsys_quantize (quantizer, ROWS, COLUMNS, axis, x, &random, x, NULL);
  ok (memcmp (x, seen, sizeof x) == 0, "...in place too");
  numsys_quantizer_free (quantizer);
}

/* Biases: rows of one number, each of which is its own largest.  */
static void
check_lone (const char *spec)
{
  numsys_quantizer *quantizer = open_quantizer (spec);
  numsys_random random = random_of (3);
  static float x[N], seen[N];
  numsys_events one = { 0 }, all = { 0 };
  size_t wrong = 0;

  make_data (x);
  numsys_quantize (quantizer, N, 1, 0, x, &random, seen, &all);
  for (size_t i = 0; i < N; i++)
    {
      float wanted;

      numsys_quantize_at (quantizer,
                          numsys_quantizer_scale (quantizer, fabsf (x[i])), 1,
                          &x[i], &random, i, &wanted, &one);
      wrong += memcmp (&wanted, &seen[i], sizeof wanted) != 0;
    }
  ok (wrong == 0 && memcmp (&one, &all, sizeof one) == 0,
      "%s: a row of one number has its scale", spec);
  numsys_quantizer_free (quantizer);
}

static void
check_sharing (void)
{
  check_groups ("lns:8,8,scale=channel", 0, 0);
  check_groups ("lns:8,8,scale=channel", 1, 0);
  check_groups ("e4m3:scale=channel,round=stochastic", 0, 0);
  check_groups ("int8:scale=channel,round=stochastic", 1, 0);
  check_groups ("lns:8,8,scale=block=16,round=stochastic-log", 0, 16);
  check_groups ("e2m1:scale=block=32", 0, 32);
  check_groups ("int8:scale=block=1000000,scale-step=real", 0, 1000000);
  check_lone ("lns:8,8,scale=channel");
  check_lone ("e2m1:scale=channel,round=stochastic");
}

/* Columns side by side, as each instruction set has them. */
static void
check_columns (void)
{
  static const char *const sets[] = { "portable", "avx2", "avx512" };

  for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++)
    {
      numsys_kernels_use (sets[i]);
      diag ("%s", sets[i]);
      check_groups ("lns:8,8,scale=channel", 1, 0);
      check_groups ("lns:8,100,underflow=flush,scale=channel", 1, 0);
      check_groups ("lns:16,2048,scale=channel", 1, 0);
      check_groups ("lns:8,8,zero=none,scale=channel,scale-step=real", 1, 0);
      check_groups ("e4m3:scale=channel", 1, 0);
      check_groups ("e5m2:scale=channel", 1, 0);
      check_groups ("bf16:scale=channel", 1, 0);
      check_groups ("float:3,2,subnormals=no,scale=channel", 1, 0);
      check_groups ("int8:scale=channel", 1, 0);
      check_groups ("fixed:8,7,no,scale=channel", 1, 0);
    }
  numsys_kernels_use (NULL);
}

static void
check_pieces (const char *spec)
{
  numsys_quantizer *quantizer = open_quantizer (spec);
  numsys_random random = random_of (4);
  static float x[N], whole[N], pieces[N];
  numsys_scale scale;
  const uint64_t first = UINT64_C (0x100000003);
  size_t length;

  make_data (x);
  scale = numsys_quantizer_scale (quantizer, numsys_largest (N, x));
  numsys_quantize_at (quantizer, scale, N, x, &random, first, whole, NULL);
  for (size_t i = 0; i < N; i += length)
    {
      length = i % 97 + 1 < N - i ? i % 97 + 1 : N - i;
      numsys_quantize_at (quantizer, scale, length, x + i, &random, first + i,
                          pieces + i, NULL);
    }
  ok (memcmp (whole, pieces, sizeof whole) == 0, "%s: pieces change nothing",
      spec);
  numsys_quantizer_free (quantizer);
}

/* The mean of many draws of one number is the number, or p of its logarithm;
   five standard deviations are allowed. */
static void
check_unbiased (const char *spec, float x, int is_log)
{
  numsys_quantizer *quantizer = open_quantizer (spec);
  numsys_random random = random_of (5);
  static float many[DRAWS];
  double mean = 0, square = 0, wanted = is_log ? log2 (x) : x;

  for (size_t i = 0; i < DRAWS; i++)
    many[i] = x;
  numsys_quantize_at (quantizer, (numsys_scale) { 0, 0 }, DRAWS, many,
                      &random, 0, many, NULL);
  for (size_t i = 0; i < DRAWS; i++)
    {
      double y = (is_log ? log2 (many[i]) : many[i]) - wanted;

      mean += y / DRAWS;
      square += y * y / DRAWS;
    }
  ok (square > 0 && fabs (mean) < 5 * sqrt (square / DRAWS),
      "%s: %a is unbiased, mean error %.2g", spec, x, mean);
  numsys_quantizer_free (quantizer);
}

static void
check_stochastic (void)
{
  check_unbiased ("int8:scale=none,round=stochastic", 3.3f, 0);
  check_unbiased ("int8:scale=none,round=stochastic,random-bits=8", -0.3f, 0);
  check_unbiased ("e4m3:scale=none,round=stochastic", 0x1.2p-10f, 0);
  check_unbiased ("lns:8,8,scale=none,round=stochastic", 1.05f, 0);
  check_unbiased ("lns:8,8,underflow=flush,scale=none,round=stochastic",
                  0x1.1p-9f, 0);
  check_unbiased ("lns:8,8,scale=none,round=stochastic-log", 1.05f, 1);
  check_unbiased ("lns:16,2048,scale=none,round=stochastic-log", 1.0001f, 1);
}

/* u = 0 of 8 bits wants more than 1/512 of the way. */
static void
check_draw_is_strict (void)
{
  numsys_quantizer *quantizer
    = open_quantizer ("int8:scale=none,round=stochastic,random-bits=8");
  numsys_random random = random_of (7);
  const float x[] = { 1 + 0x1p-9f, 1 + 0x1.01p-9f };
  static float many[DRAWS];
  size_t away[2] = { 0, 0 };

  for (size_t i = 0; i < 2; i++)
    {
      for (size_t j = 0; j < DRAWS; j++)
        many[j] = x[i];
      numsys_quantize_at (quantizer, (numsys_scale) { 0, 0 }, DRAWS, many,
                          &random, 0, many, NULL);
      for (size_t j = 0; j < DRAWS; j++)
        away[i] += many[j] == 2;
    }
  ok (away[0] == 0 && away[1] > DRAWS / 512 && away[1] < DRAWS / 128,
      "a draw that is met exactly does not move: 0, %zu of %d", away[1],
      (int) DRAWS);
  numsys_quantizer_free (quantizer);
}

/* At a real scale L / 127 the middle above k is (2 k + 1) L / 254: compared in
   doubles, exactly, over its neighbouring floats; the value of k is the float
   nearest to k L / 127. */
static void
check_real (void)
{
  numsys_quantizer *quantizer = open_quantizer ("int8:scale-step=real");
  numsys_random random = random_of (8);
  size_t wrong = 0;

  for (int i = 0; i < 100; i++)
    {
      float largest = (float) numsys_random_uniform (&random, (uint64_t) i);
      numsys_scale scale = numsys_quantizer_scale (quantizer, largest);

      for (int k = 0; k < 127; k++)
        {
          float x = (float) ((2 * k + 1) / 254.0 * largest);

          x = nextafterf (nextafterf (x, 0), 0);
          for (int step = 0; step < 5; step++, x = nextafterf (x, 1))
            {
              double side = 254.0 * x - (2.0 * k + 1) * largest;
              int wanted = k + (side > 0 || (side == 0 && k % 2 != 0));
              float seen;

              numsys_quantize_at (quantizer, scale, 1, &x, NULL, 0, &seen,
                                  NULL);
              wrong += seen != (float) ((double) wanted * largest / 127);
            }
        }
    }
  is_int (0, (int64_t) wrong, "int8 at real scales: middles and values");
  numsys_quantizer_free (quantizer);
}

/* Codes of the float path and codes of elements, but for exact hits. */
static void
check_elements (const char *spec, numsys_rounding rounding)
{
  char text[200];
  numsys_quantizer *quantizer;
  const numsys *system;
  numsys_context context = numsys_context_of (rounding);
  numsys_random random = random_of (6);
  void *elements;
  size_t wrong = 0;

  strcat (strcpy (text, spec), ",scale=none,round=");
  quantizer = open_quantizer (strcat (text, numsys_rounding_name (rounding)));
  system = numsys_quantizer_system (quantizer);
  elements = numsys_elements_new (system, 1);
  context.random = random;
  for (uint64_t i = 0; i < 400; i++)
    {
      float x = (float) numsys_random_normal (&random, i)
                * (float) exp2 ((double) (i % 31) - 15);
      double wide = x;
      uint32_t mine, theirs;
      float hit;

      numsys_quantize_to_codes (quantizer, (numsys_scale) { 0, 0 }, 1, &x,
                                &random, i, &mine, NULL);
      numsys_quantize_from_codes (quantizer, (numsys_scale) { 0, 0 }, 1,
                                  &mine, &hit);
      context.first = i;
      numsys_encode (system, &context, 1, &wide, elements,
                     &(numsys_events) { 0 });
      numsys_to_codes (system, 1, elements, &theirs);
      wrong += hit != x && mine != theirs;
    }
  is_int (0, (int64_t) wrong, "%s: as elements are rounded", text);
  numsys_elements_free (system, 1, elements);
  numsys_quantizer_free (quantizer);
}

int
main (void)
{
  static const char *const specs[] = {
    "lns:8,8", "lns:8,8,zero=code,underflow=flush", "lns:8,1",
    "lns:12,300,bias=1000", "float:4,3,specials=nan", "float:5,2", "float:8,7",
    "float:3,2,subnormals=no", "fixed:8,4", "fixed:8,4,overflow=wrap",
    "fixed:8,4,no",
  };
  const size_t count = sizeof specs / sizeof specs[0];

  plan (12 + turning_count + 5 + 16 + 4 + 7 + 2 + count * NUMSYS_ROUNDINGS
        + 60);
  check_scales ();
  check_held ();
  check_sharing ();
  check_columns ();
  check_pieces ("lns:8,8");
  check_pieces ("lns:8,8,scale-step=real,round=stochastic");
  check_pieces ("e4m3:round=stochastic");
  check_pieces ("int8:round=nearest-away");
  check_stochastic ();
  check_draw_is_strict ();
  check_real ();
  for (size_t i = 0; i < count; i++)
    for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
      check_elements (specs[i], (numsys_rounding) r);
  return 0;
}
