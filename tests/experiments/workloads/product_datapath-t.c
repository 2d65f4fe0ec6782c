/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products by the datapath: operands read off their grids, transposed or not,
   and results against exact dot products of the same codes.  */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/workloads/product.h"
#include "numsys/random.h"
#include "tests/tap/tap.h"

enum
{
  m = 7,
  n = 5,
  k = 33
};

static float a[m * k], b[k * n], c[m * n];

/* (rows, columns) in a quantizer, and the scale it took. */
static numsys_scale
fill (const numsys_quantizer *quantizer, unsigned index, size_t count,
      float out[])
{
  const numsys_random random = numsys_random_of (11, 1, index, 0);
  float x[m * k + n * k];

  for (size_t i = 0; i < count; i++)
    x[i] = i % 11 == 0
             ? 0 : (float) (exp2 (index) * numsys_random_normal (&random, i));
  numsys_quantize (quantizer, 1, count, 0, x, &random, out, NULL);
  return numsys_quantizer_scaling (quantizer) == NUMSYS_SCALE_NONE
           ? (numsys_scale) { 0, 0 }
           : numsys_quantizer_scale (quantizer, numsys_largest (count, x));
}

/* Every output against the sum in double, whose terms are within 2^-23. */
static void
check (const char *A, const char *W, const char *spec, double tolerance)
{
  const char *const system[TRAINING_ROLES]
    = { [TRAINING_A] = A, [TRAINING_W] = W, [TRAINING_E] = A };
  const char *const specs[PRODUCTS] = { spec };
  numsys_error error;
  numsys_scale scale_a, scale_b;
  double worst = 0;
  products product;
  roles all;

  if (roles_init (&all, system, 1, &error) != 0
      || products_init (&product, specs, &all, m * k + n * k, &error) != 0)
    bail_out ("%s: %s", spec, error.text);
  scale_a = fill (all.quantizer[TRAINING_A], 1, m * k, a);
  scale_b = fill (all.quantizer[TRAINING_W], 4, k * n, b);
  for (int how = 0; how < 8; how++)
    {
      const int ta = how & 1, tb = how >> 1 & 1, beta = how >> 2;
      const product_operand x = { a, ta ? m : k, ta, scale_a, NULL };
      const product_operand y = { b, tb ? k : n, tb, scale_b, NULL };

      for (size_t i = 0; i < m * n; i++)
        c[i] = 3;
      products_multiply (&product, PRODUCT_FORWARD, m, n, k, &x, &y, beta, c,
                         n);
      for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++)
          {
            double sum = beta ? 3 : 0, size = 3;

            for (size_t p = 0; p < k; p++)
              {
                const double term
                  = (double) (ta ? a[p * m + i] : a[i * k + p])
                    * (tb ? b[j * k + p] : b[p * n + j]);
                sum += term;
                size += fabs (term);
              }
            worst = fmax (worst, fabs (sum - c[i * n + j]) / size);
          }
    }
  ok (worst <= tolerance && worst > 0, "%s of %s and %s: within %.3g, is %.3g",
      spec, A, W, tolerance, worst);
  products_clear (&product);
  roles_clear (&all);
}

/* What is told of 33 products of ones in 8 bits. */
static void
test_counts (void)
{
  const char *const system[TRAINING_ROLES]
    = { [TRAINING_A] = "lns:8,8", [TRAINING_W] = "lns:8,8" };
  const char *const specs[PRODUCTS]
    = { "datapath:acc=8,headroom=1", "fixed-order", "fixed-order" };
  const product_operand x = { a, k, 0, { 0, 0 }, NULL };
  const product_operand y = { b, n, 0, { 0, 0 }, NULL };
  char text[200];
  numsys_error error;
  products product;
  roles all;

  if (roles_init (&all, system, 1, &error) != 0
      || products_init (&product, specs, &all, m * k + n * k, &error) != 0)
    bail_out ("%s", error.text);
  for (size_t i = 0; i < m * k; i++)
    a[i] = 1;
  for (size_t i = 0; i < k * n; i++)
    b[i] = 1;
  product_operand p = x, q = y;
  p.scale = numsys_quantizer_scale (all.quantizer[TRAINING_A], 1);
  q.scale = numsys_quantizer_scale (all.quantizer[TRAINING_W], 1);
  products_multiply (&product, PRODUCT_FORWARD, 1, 1, k, &p, &q, 0, c, n);
  product.type[0]->tell (product.state[0], text, sizeof text);
  /* p = 254 = 31 8 + 6: 1.68 2^31; lsb = 31 + 1 + 1 - 7: 53.8 are cut to 53
     and 127 is reached with the third. */
  is_string ("products=33 truncated=33 vanished=0 overflow=31", text,
             "counts of a small accumulator");
  is_near (127.0 / 53.8 , c[0], 0.01, "...which saturates");
  products_clear (&product);
  roles_clear (&all);
}

/* Outputs that differ from those of operands that are read anew. */
static size_t
differing (const products *product, const product_operand *x,
           const product_operand *y)
{
  product_operand p = *x, q = *y;
  float wanted[m * n];
  size_t wrong = 0;

  p.reading = q.reading = NULL;
  products_multiply (product, PRODUCT_FORWARD, m, n, k, &p, &q, 0, wanted, n);
  products_multiply (product, PRODUCT_FORWARD, m, n, k, x, y, 0, c, n);
  for (size_t i = 0; i < m * n; i++)
    wrong += wanted[i] != c[i];
  return wrong;
}

static void
test_reading (void)
{
  const char *const system[TRAINING_ROLES]
    = { [TRAINING_A] = "lns:8,8", [TRAINING_W] = "lns:8,8",
        [TRAINING_E] = "lns:8,8" };
  const char *const specs[PRODUCTS] = { "datapath" };
  product_reading read_x = { .quantizer = NULL };
  product_reading read_y = { .quantizer = NULL };
  numsys_error error;
  products product;
  roles all;

  if (roles_init (&all, system, 1, &error) != 0
      || products_init (&product, specs, &all, m * k + n * k, &error) != 0)
    bail_out ("%s", error.text);
  const product_operand x
    = { a, k, 0, fill (all.quantizer[TRAINING_A], 1, m * k, a), &read_x };
  const product_operand y
    = { b, n, 0, fill (all.quantizer[TRAINING_W], 4, k * n, b), &read_y };
  const product_operand across = { a, m, 1, x.scale, &read_x };

  is_int (0, (int64_t) differing (&product, &x, &y),
          "an operand that keeps what was read");
  is_int (0, (int64_t) differing (&product, &across, &y),
          "...and is taken the other way");
  for (size_t i = 0; i < m * k; i++)
    a[i] = 0;
  is_int (m * n, (int64_t) differing (&product, &x, &y),
          "...is not read again");
  product_forget (&read_x);
  is_int (0, (int64_t) differing (&product, &x, &y),
          "...before it is said to have changed");
  product_reading_clear (&read_x);
  product_reading_clear (&read_y);
  products_clear (&product);
  roles_clear (&all);
}

static void
refuses (const char *A, const char *W, const char *wanted)
{
  const char *const system[TRAINING_ROLES]
    = { [TRAINING_A] = A, [TRAINING_W] = W };
  const char *const specs[PRODUCTS] = { "datapath", "sgemm", "sgemm" };
  numsys_error error = { "" };
  products product;
  roles all;

  if (roles_init (&all, system, 1, &error) != 0)
    bail_out ("%s", error.text);
  is_int (-1, products_init (&product, specs, &all, 100, &error),
          "%s and %s are refused", A, W);
  is_string (wanted, error.text, "...by a sentence");
  roles_clear (&all);
}

int
main (void)
{
  plan (9 + 2 + 4 + 6);
  /* Nothing but the rounding of constants, 2^-31, and of floats. */
  check ("lns:8,8", "lns:8,8", "datapath:acc=60,fraction=30", 0x1p-23);
  check ("lns:8,8,round=stochastic", "lns:6,4,zero=code",
         "datapath:acc=60,fraction=30,binning=1", 0x1p-23);
  check ("lns:8,8,scale=none", "lns:8,8,scale-step=pow2",
         "datapath:acc=60,fraction=30,order=pairwise", 0x1p-23);
  check ("lns:8,8,underflow=flush", "lns:8,3",
         "datapath:acc=60,fraction=30,order=blocked", 0x1p-23);
  check ("lns:9,16", "lns:8,8", "datapath:acc=60,fraction=30,round=nearest",
         0x1p-23);
  /* 24 bits, 6 of them headroom: cut by 2^-17 of the largest product each. */
  check ("lns:8,8", "lns:8,8", "datapath:fraction=20", 4e-4);
  /* Mitchell's line is 6.15 % too high at most. */
  check ("lns:8,8", "lns:8,8", "datapath:acc=60,fraction=30,approx=mitchell",
         0.0615);
  check ("lns:8,8", "lns:8,8", "datapath:acc=60,fraction=30,approx=hybrid:4",
         0.032);
  /* Half a step of 2^(1/8) is 4.4 %. */
  check ("lns:8,8", "lns:8,8", "datapath:acc=60,fraction=30,back=lns", 0.045);
  test_counts ();
  test_reading ();
  refuses ("fp32", "lns:8,8",
           "product datapath (forward of A and W): fp32, but a datapath "
           "multiplies numbers of an lns");
  refuses ("lns:8,8", "e4m3:scale=none",
           "product datapath (forward of A and W): float:exponent=4,"
           "significand=3,specials=nan,scale=none, but a datapath multiplies "
           "numbers of an lns");
  refuses ("lns:8,8", "lns:8,8,scale=channel",
           "product datapath (forward of A and W): lns:bits=8,gamma=8,"
           "zero=flag,underflow=clamp,scale=channel, but a datapath takes one "
           "scale a tensor: others vary along an axis that is added up; take "
           "scale=tensor or scale=none");
  return 0;
}
