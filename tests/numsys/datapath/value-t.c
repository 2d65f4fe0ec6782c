/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Into the datapath and out of it, against MPFR; specs.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include <mpfr.h>
#include "numsys/datapath/datapath.h"
#include "numsys/kernels/kernels.h"
#include "tests/tap/tap.h"

enum { most = 300 };

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

/* The accumulator's value in MPFR. */
static void
value_of (int64_t accumulator, int64_t lsb, int64_t offset, int64_t L,
          mpfr_t out)
{
  mpfr_set_si (out, offset, MPFR_RNDN);
  mpfr_div_si (out, out, L, MPFR_RNDN);
  mpfr_exp2 (out, out, MPFR_RNDN);
  mpfr_mul_si (out, out, accumulator, MPFR_RNDN);
  mpfr_mul_2si (out, out, lsb, MPFR_RNDN);
}

static void
test_float (void)
{
  numsys_datapath *path
    = make ("datapath:acc=60,fraction=30,lsb=-20", 8, 127, 8, 127);
  const numsys_random random = numsys_random_of (3, 1, 0, 0);
  size_t wrong = 0, off = 0, judged = 0;
  uint32_t word[3];
  mpfr_t x;

  mpfr_init2 (x, 300);
  for (uint64_t i = 0; i < 20000; i++)
    {
      int64_t accumulator, offset;

      numsys_random_words (&random, 3 * i, 3, word);
      accumulator = (int64_t) ((uint64_t) word[0] << 28 ^ word[1])
                    >> (word[2] % 59);
      offset = (int64_t) (word[2] >> 8) % 1700 - 850;
      if (i % 4 == 0)
        offset &= ~INT64_C (7);   /* exact: ties happen */
      if (accumulator == 0)
        accumulator = 1;
      if (i % 3 == 0)
        accumulator = -accumulator;
      value_of (accumulator, -20, offset, 8, x);
      wrong += mpfr_get_flt (x, MPFR_RNDN)
               != numsys_datapath_float (path, accumulator, offset);
      mpfr_abs (x, x, MPFR_RNDN);
      mpfr_log2 (x, x, MPFR_RNDN);
      mpfr_mul_si (x, x, 8, MPFR_RNDN);
      off += mpfr_get_si (x, MPFR_RNDN)
             != numsys_datapath_steps (path, accumulator, offset);
      judged++;
    }
  ok (wrong == 0 && judged > 0,
      "float32 results are rounded once to nearest, as MPFR's");
  ok (off == 0, "steps are the nearest where 30 bits tell");
  ok (numsys_datapath_float (path, 0, 5) == 0, "0 is 0");
  ok (numsys_datapath_power (path, 4) == (float) sqrt (2), "a power is one");
  ok (isinf (numsys_datapath_float (path, 1, 8 * 300)), "beyond float32: inf");
  mpfr_clear (x);
  numsys_datapath_free (path);
}

/* Many at once, ties, zeros and what is beyond float32 among them, by set. */
static void
test_floats (void)
{
  static const char *const sets[] = { "portable", "avx2", "avx512" };
  static const int64_t offsets[] = { 0, -3, 805, -1111, -1240, 848, 9000 };
  enum { count = 1003 };
  numsys_datapath *path
    = make ("datapath:acc=60,fraction=30,lsb=-20", 8, 127, 8, 127);
  const numsys_random random = numsys_random_of (4, 1, 0, 0);
  static int64_t accumulator[count];
  static float out[count];

  for (uint64_t i = 0; i < count; i++)
    {
      uint32_t word[3];

      numsys_random_words (&random, 3 * i, 3, word);
      accumulator[i] = (int64_t) ((uint64_t) word[0] << 28 ^ word[1])
                       >> (word[2] % 64);
      /* Of 25 bits: ties where offsets are octaves; a bit far below: above
         them, which a double does not tell. */
      if (i % 5 < 2)
        accumulator[i] = (accumulator[i] & 0xffffff) | 0x1000001;
      if (i % 5 == 1)
        accumulator[i] = accumulator[i] << 33 | 1;
      if (word[2] & 64)
        accumulator[i] = -accumulator[i];
    }
  for (size_t set = 0; set < sizeof sets / sizeof sets[0]; set++)
    {
      size_t wrong = 0;

      numsys_kernels_use (sets[set]);
      for (size_t o = 0; o < sizeof offsets / sizeof offsets[0]; o++)
        {
          numsys_datapath_floats (path, count - o, accumulator, offsets[o],
                                  out);
          for (size_t i = 0; i < count - o; i++)
            wrong += out[i] != numsys_datapath_float (path, accumulator[i],
                                                      offsets[o]);
        }
      is_int (0, (int64_t) wrong, "%s: many are as one by one", sets[set]);
    }
  numsys_kernels_use (NULL);
  numsys_datapath_free (path);
}

/* Numbers that some instruction set reads otherwise. */
static size_t
differing (const numsys_quantizer *quantizer, numsys_scale scale, size_t n,
           const float x[], const numsys_datapath_number wanted[])
{
  static const char *const sets[] = { "portable", "avx2", "avx512" };
  size_t wrong = 0;

  for (size_t set = 0; set < sizeof sets / sizeof sets[0]; set++)
    {
      numsys_datapath_number seen[most];
      int64_t bias;

      numsys_kernels_use (sets[set]);
      numsys_datapath_read (quantizer, scale, n, x, seen, &bias);
      for (size_t i = 0; i < n; i++)
        wrong += seen[i] != wanted[i];
    }
  numsys_kernels_use (NULL);
  return wrong;
}

/* Codes from a quantizer's floats. */
static void
check_read (const char *spec)
{
  numsys_error error;
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, &error);
  const numsys_random random = numsys_random_of (9, 1, 0, 0);
  float x[most], y[most];
  numsys_datapath_number number[most];
  numsys_datapath_operand shape;
  numsys_scale scale;
  size_t wrong = 0, zeros = 0;
  int64_t bias;
  mpfr_t value;

  if (quantizer == NULL || numsys_datapath_can_read (quantizer, &error) != 0)
    bail_out ("%s: %s", spec, error.text);
  for (size_t i = 0; i < most; i++)
    x[i] = i % 9 == 0 ? 0 : (float) (3 * numsys_random_normal (&random, i));
  numsys_quantize (quantizer, 1, most, 0, x, &random, y, NULL);
  scale = numsys_quantizer_scale (quantizer, numsys_largest (most, x));
  numsys_datapath_read (quantizer, scale, most, y, number, &bias);
  shape = numsys_datapath_operand_of (quantizer);
  mpfr_init2 (value, 200);
  for (size_t i = 0; i < most; i++)
    {
      const int64_t e = numsys_datapath_exponent (number[i]);

      value_of (numsys_datapath_sign (number[i]), 0, e - bias, shape.gamma,
                value);
      wrong += mpfr_get_flt (value, MPFR_RNDN) != y[i] || e > shape.top;
      zeros += number[i] == 0;
    }
  ok (wrong == 0, "%s: stored exponents and the bias give the floats", spec);
  ok (zeros >= most / 9, "...zeros being zeros");
  is_int (0, (int64_t) differing (quantizer, scale, most, y, number),
          "...whatever the instruction set");
  mpfr_clear (value);
  numsys_quantizer_free (quantizer);
}

static void
refuses_read (const char *spec, const char *wanted)
{
  numsys_error error = { "" };
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, &error);

  ok (quantizer != NULL && numsys_datapath_can_read (quantizer, &error) != 0,
      "%s cannot be read", spec);
  ok (strstr (error.text, wanted) != NULL, "...says why: %s", error.text);
  numsys_quantizer_free (quantizer);
}

static void
refuses (const char *spec, const char *wanted)
{
  numsys_error error = { "" };
  char text[512];

  ok (numsys_datapath_canonical (spec, text, sizeof text, &error) != 0,
      "%s is refused", spec);
  ok (strstr (error.text, wanted) != NULL, "...says why: %s", error.text);
}

static void
test_specs (void)
{
  numsys_error error;
  char text[512];

  is_int (0, numsys_datapath_canonical ("datapath", text, sizeof text, &error),
          "a datapath of defaults");
  is_string ("datapath:approx=exact,acc=24,fraction=12,headroom=6,round=zero,"
             "order=sequential,overflow=saturate,binning=0,back=float",
             text, "...has all of them in its canonical spec");
  numsys_datapath_canonical ("datapath:16,approx=hybrid:entries=2,lsb=3,"
                             "order=blocked", text, sizeof text, &error);
  is_string ("datapath:approx=hybrid:2,acc=16,fraction=12,lsb=3,round=zero,"
             "order=blocked,block=16,overflow=saturate,binning=0,back=float",
             text, "so has another");
  refuses ("datapath:acc=70", "acc=70 is not a whole number from 4 to 60");
  refuses ("datapath:approx=hybird:4", "did you mean 'hybrid'?");
  refuses ("datapath:bining=1", "did you mean 'binning'?");
  refuses ("datapath:binning=1,order=pairwise", "order=pairwise is not for");
  refuses ("fixed-order", "'fixed-order' is no datapath");
  refuses_read ("e4m3", "multiplies numbers of an lns");
  refuses_read ("lns:8,8,scale=channel", "one scale a tensor");
  refuses_read ("lns:8,8,scale-step=real", "scales that are biases");
}

int
main (void)
{
  plan (5 + 3 + 15 + 3 + 16);
  test_float ();
  test_floats ();
  check_read ("lns:8,8");
  check_read ("lns:8,8,zero=code,round=stochastic");
  check_read ("lns:8,3,scale=none");
  check_read ("lns:12,128,scale-step=pow2");
  check_read ("lns:6,4,underflow=flush");
  test_specs ();
  return 0;
}
