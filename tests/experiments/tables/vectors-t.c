/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors are what they are said to be, and their dot products exact.  */

#include <config.h>

#include <math.h>

#include "experiments/tables/vectors.h"
#include "tests/tap/tap.h"

static vectors
make (const char *format, vectors_kind kind, size_t m, size_t n)
{
  numsys_error error;
  numsys_quantizer *quantizer = numsys_quantizer_new (format, &error);
  vectors drawn;

  if (quantizer == NULL)
    bail_out ("%s", error.text);
  vectors_init (&drawn, quantizer, kind, m, n);
  numsys_quantizer_free (quantizer);
  return drawn;
}

/* Products of float32 numbers are exact in double; a long double's 11 further
   bits leave sums of 100 right to double but for ties. */
static void
test_sums (const char *format)
{
  vectors drawn = make (format, VECTORS_NORMAL, 3, 100);
  double wrong = 0, off = 0;

  for (size_t i = 0; i < 3; i++)
    for (size_t j = 0; j < 3; j++)
      {
        long double sum = 0, size = 0;

        for (size_t p = 0; p < 100; p++)
          {
            const double term
              = (double) drawn.a[i * 100 + p] * drawn.w[p * 3 + j];

            sum += term;
            size += fabs (term);
          }
        wrong = fmax (wrong, fabs ((double) sum - drawn.exact[i * 3 + j])
                               / fabs ((double) sum));
        off = fmax (off, fabs ((double) size - drawn.size[i * 3 + j])
                           / (double) size);
      }
  ok (wrong <= 0x1p-52, "%s: exact sums, to double: %.2g", format, wrong);
  ok (off <= 1e-14, "...and of magnitudes: %.2g", off);
  vectors_clear (&drawn);
}

static void
test_numbers (void)
{
  vectors small = make ("fp32", VECTORS_NORMAL, 2, 8);
  vectors large = make ("fp32", VECTORS_NORMAL, 5, 4000);
  vectors sizes = make ("fp32", VECTORS_MAGNITUDE, 5, 4000);
  size_t differ = 0, negative = 0, zeros = 0, signs = 0;
  double squares = 0;

  for (size_t i = 0; i < 2; i++)
    for (size_t p = 0; p < 8; p++)
      differ += small.a[i * 8 + p] != large.a[i * 4000 + p]
                || small.w[p * 2 + i] != large.w[p * 5 + i];
  is_int (0, (int64_t) differ, "few short vectors begin the many long ones");
  for (size_t i = 0; i < 5 * 4000; i++)
    {
      negative += large.a[i] < 0 || sizes.w[i] < 0;
      zeros += large.a[i] == 0;
      signs += large.w[i] < 0;
      differ += fabsf (large.w[i]) != sizes.w[i];
      squares += (double) large.w[i] * large.w[i];
    }
  is_int (0, (int64_t) negative, "activations and magnitudes are not negative");
  ok (zeros > 9700 && zeros < 10300, "half the activations are 0: %zu", zeros);
  ok (signs > 9700 && signs < 10300, "half the weights are negative: %zu",
      signs);
  is_int (0, (int64_t) differ, "...magnitudes are those of the weights");
  is_near (1, squares / 20000, 0.05, "...of variance 1");
  vectors_clear (&small);
  vectors_clear (&large);
  vectors_clear (&sizes);
}

int
main (void)
{
  plan (6 + 6);
  test_numbers ();
  test_sums ("fp32");
  test_sums ("lns:8,8");
  test_sums ("int8");
  return 0;
}
