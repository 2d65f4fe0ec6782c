/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products whose sums are kept in a number system: each rounding by MPFR-backed
   elements, each order by its definition.  */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/workloads/product.h"
#include "numsys/random.h"
#include "tests/tap/tap.h"

enum
{
  m = 3,
  n = 131,   /* more than a tile */
  most_k = 41
};

static float a[m * most_k], b[most_k * n], c[m * n];

/* --- The definition, on elements of the system --- */

static const numsys *in;
static void *room;   /* five elements: x, y, z, out, minus one */

/* x y + z rounded once; every argument but x and y in the system. */
static double
fused (double x, double y, double z)
{
  static const char exact[] = "mpfr:700";
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  static numsys *wide;
  static void *element;
  numsys_events events = { 0 };
  numsys_error error;
  double out;

  if (wide == NULL)
    {
      wide = numsys_new (exact, &error);
      element = numsys_elements_new (wide, 4);
    }
  numsys_encode (wide, &context, 1, &x, numsys_element (wide, element, 0),
                 &events);
  numsys_encode (wide, &context, 1, &y, numsys_element (wide, element, 1),
                 &events);
  numsys_encode (wide, &context, 1, &z, numsys_element (wide, element, 2),
                 &events);
  numsys_apply (wide, NUMSYS_FMA, &context, 1,
                numsys_element (wide, element, 0),
                numsys_element (wide, element, 1),
                numsys_element (wide, element, 2),
                numsys_element (wide, element, 3), &events);
  numsys_convert (wide, in, &context, 1, numsys_element (wide, element, 3),
                  room, &events);
  numsys_decode (in, 1, room, &out);
  return out;
}

static size_t length;
static double left[most_k], right[most_k];

static double
sequential (size_t first, size_t end)
{
  double s = 0;

  for (size_t p = first; p < end; p++)
    s = fused (left[p], right[p], s);
  return s;
}

static double
by_sequential (void)
{
  return sequential (0, length);
}

static double
by_blocked (void)
{
  double s = 0;

  for (size_t p = 0; p < length; p += 7)
    s = fused (1, sequential (p, p + 7 < length ? p + 7 : length), s);
  return s;
}

static double
tree (size_t first, size_t count)
{
  size_t half = 1;

  if (count < 2)
    return sequential (first, first + count);
  while (half * 2 < count)
    half *= 2;
  return fused (1, tree (first, half), tree (first + half, count - half));
}

static double
by_pairwise (void)
{
  return tree (0, length);
}

static double
by_compensated (void)
{
  double s = 0, lost = 0;

  for (size_t p = 0; p < length; p++)
    {
      const double y = fused (left[p], right[p], -lost);
      const double t = fused (1, s, y);

      lost = fused (-1, y, fused (-1, s, t));
      s = t;
    }
  return s;
}

/* Products of these are whole multiples of 2^-40 below 2^40: long double has
   room for their sums. */
static double
by_exact (void)
{
  long double s = 0;
  double high;

  for (size_t p = 0; p < length; p++)
    s += (long double) left[p] * right[p];
  high = (double) s;
  return fused (1, high, (double) (s - high));
}

/* --- Judging --- */

static void
check (const char *system, const char *order, double (*definition) (void))
{
  char spec[200];
  const char *const specs[PRODUCTS] = { spec };
  numsys_error error;
  roles none = { .seed = 0 };
  products product;
  size_t wrong = 0, judged = 0;

  snprintf (spec, sizeof spec, "accumulate:%s,order=%s", system, order);
  in = numsys_new (system, &error);
  if (in == NULL || products_init (&product, specs, &none, 1, &error) != 0)
    bail_out ("%s: %s", spec, error.text);
  room = numsys_elements_new (in, 1);
  for (length = 0; length <= most_k; length += 1 + length / 2)
    for (int how = 0; how < 4; how++)
      {
        const int ta = how & 1, tb = how >> 1;
        const product_operand x = { a, ta ? m : length, ta, { 0, 0 }, NULL };
        const product_operand y = { b, tb ? length : n, tb, { 0, 0 }, NULL };

        products_multiply (&product, how % PRODUCTS, m, n, length, &x, &y, 0,
                           c, n);
        for (size_t i = 0; i < m; i += 2)
          for (size_t j = 0; j < n; j += 26, judged++)
            {
              for (size_t p = 0; p < length; p++)
                {
                  left[p] = ta ? a[p * m + i] : a[i * length + p];
                  right[p] = tb ? b[j * length + p] : b[p * n + j];
                }
              wrong += definition () != (double) c[i * n + j];
            }
      }
  ok (wrong == 0 && judged > 100, "%s: its definition, %zu outputs", spec,
      judged);
  numsys_elements_free (in, 1, room);
  numsys_free ((numsys *) in);
  products_clear (&product);
}

static void
test_canonical (const char *spec, const char *wanted)
{
  numsys_error error = { "" };
  char text[512];

  if (product_canonical (spec, text, sizeof text, &error) != 0)
    snprintf (text, sizeof text, "%s", error.text);
  is_string (wanted, text, "%s", spec);
}

/* Where exact sums are all that helps. */
static void
test_cancellation (void)
{
  static const float x[] = { 1e30f, 1, -1e30f, 0x1p-149f, 0x1p127f, -0x1p127f };
  static const float y[] = { 1e8f, 1, 1e8f, 0x1p-149f, 0x1p127f, 0x1p127f };
  static const char *const specs[PRODUCTS]
    = { "accumulate:fp32,order=exact", "accumulate:fp16,order=exact",
        "accumulate:fp32" };
  const product_operand p = { x, 6, 0, { 0, 0 }, NULL };
  const product_operand q = { y, 1, 0, { 0, 0 }, NULL };
  roles none = { .seed = 0 };
  numsys_error error;
  products product;
  float out = 5;

  if (products_init (&product, specs, &none, 6, &error) != 0)
    bail_out ("%s", error.text);
  products_multiply (&product, PRODUCT_FORWARD, 1, 1, 6, &p, &q, 0, &out, 1);
  ok (out == 1, "1e38 + 1 - 1e38 + 2^-298 + 2^254 - 2^254 is 1, exactly");
  products_multiply (&product, PRODUCT_FORWARD, 1, 1, 6, &p, &q, 1, &out, 1);
  ok (out == 2, "...and is added to C");
  /* 1 + 2^-11 is a tie of fp16; 2^-298 breaks it. */
  static const float u[] = { 1, 0x1p-11f, 0x1p-149f };
  static const float v[] = { 1, 1, 0x1p-149f };
  const product_operand r = { u, 3, 0, { 0, 0 }, NULL };
  const product_operand s = { v, 1, 0, { 0, 0 }, NULL };

  products_multiply (&product, PRODUCT_DX, 1, 1, 3, &r, &s, 0, &out, 1);
  ok (out == 1 + 0x1p-10f, "a bit 2^-298 below a tie of fp16 breaks it");
  products_multiply (&product, PRODUCT_DX, 1, 1, 2, &r, &s, 0, &out, 1);
  ok (out == 1, "...without it the tie goes to even");
  /* 1 + 2^-23 + 2^-24 - 2^-70, which a double does not hold. */
  static const float g[] = { 1 + 0x1p-23f, 0x1p-12f * (1 + 0x1p-23f) };
  static const float h[] = { 1, 0x1p-12f * (1 - 0x1p-23f) };
  const product_operand t = { g, 2, 0, { 0, 0 }, NULL };
  const product_operand w = { h, 1, 0, { 0, 0 }, NULL };

  products_multiply (&product, PRODUCT_DW, 1, 1, 2, &t, &w, 0, &out, 1);
  ok (out == fmaf (g[1], h[1], g[0]) && out == 1 + 0x1p-23f,
      "a bit 2^-70 below a tie of fp32 breaks it, in turn");
  products_clear (&product);
}

int
main (void)
{
  static const char *const systems[]
    = { "fp16", "bf16", "fp32", "e5m2", "fixed:bits=16,fraction=8" };
  static const struct { const char *order; double (*definition) (void); }
  each[] = {
    { "sequential", by_sequential }, { "blocked,block=7", by_blocked },
    { "pairwise", by_pairwise },     { "compensated", by_compensated },
    { "exact", by_exact },
  };
  const numsys_random random = numsys_random_of (5, 1, 0, 0);

  plan (5 * 5 + 5 + 8);
  for (size_t i = 0; i < sizeof a / sizeof a[0]; i++)
    a[i] = (float) ldexp (nearbyint (ldexp (numsys_random_normal (&random, i),
                                            16)), -16);
  for (size_t i = 0; i < sizeof b / sizeof b[0]; i++)
    b[i] = (float) ldexp (
      nearbyint (ldexp (numsys_random_normal (&random, 1000 + i), 16)), -16);
  for (size_t s = 0; s < sizeof systems / sizeof systems[0]; s++)
    for (size_t o = 0; o < sizeof each / sizeof each[0]; o++)
      check (systems[s], each[o].order, each[o].definition);
  test_cancellation ();
  test_canonical ("accumulate:fp16",
                  "accumulate:float:exponent=5,significand=10,scale=none,"
                  "order=sequential");
  test_canonical ("accumulate:order=blocked,fp32",
                  "accumulate:fp32,order=blocked,block=16");
  test_canonical ("accumulate:float:exponent=4,order=exact,significand=3",
                  "accumulate:float:exponent=4,significand=3,scale=none,"
                  "order=exact");
  test_canonical ("accumulate",
                  "product accumulate needs the number system of its sums, as "
                  "accumulate:fp16,order=pairwise");
  test_canonical ("accumulate:fp16,order=pairwse",
                  "product accumulate: order=pairwse is not one of sequential, "
                  "pairwise, blocked, compensated, exact, did you mean "
                  "'pairwise'?");
  test_canonical ("accumulate:lns:8,8,round=stochastic",
                  "lns:8,8,round=stochastic, but sums are rounded without "
                  "random words: take a rounding that is not stochastic");
  test_canonical ("accumulate:mpfr:100",
                  "mpfr cannot stand in for float32: training can be quantized "
                  "to fixed, float and lns");
  test_canonical ("sgemm", "sgemm");
  return 0;
}
