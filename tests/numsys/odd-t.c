/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations rounded to odd, on every instruction set, against MPFR: 24 bits
   rounded towards zero, the last one set if that was not exact.  */

#include <config.h>
#include <math.h>
#include <mpfr.h>
#include <string.h>
#include "numsys/kernels/bits.h"
#include "numsys/kernels/kernels.h"
#include "numsys/numsys.h"
#include "tests/tap/tap.h"

enum { COUNT = 20000, OPERATIONS = 6 };

static const char *const sets[] = { "portable", "avx2", "avx512" };
static const char *const names[OPERATIONS]
  = { "add", "subtract", "multiply", "divide", "sqrt", "fma" };

static float in[3][COUNT], wanted[OPERATIONS][COUNT], seen[COUNT];

/* By turns: any bits; numbers near 1 of few bits, so that results are exact
   now and then; those and others far below, which leave a trace only; powers of
   two at the ends of the range. */
static void
make_operands (void)
{
  const numsys_random random = numsys_random_of (3, 1, 4, 1);

  for (size_t i = 0; i < COUNT; i++)
    for (size_t j = 0; j < 3; j++)
      {
        uint32_t word;

        numsys_random_words (&random, 3 * i + j, 1, &word);
        switch (i % 4)
          {
          case 0:
            in[j][i] = numsys_float_of (word);
            break;
          case 1:
            in[j][i] = numsys_float_of (UINT32_C (0x3f000000)
                                 + (word & UINT32_C (0x81f80000)));
            break;
          case 2:
            in[j][i] = ldexpf (1 + (float) (word >> 30) / 4,
                               j == i / 4 % 3 ? -(int) (word % 100) : 0);
            break;
          default:
            in[j][i] = ldexpf (word & 1 ? 1 : -1,
                               (int) (word >> 1 & 1 ? word % 20 - 149
                                                    : word % 20 + 108));
          }
      }
}

static int
compute (int operation, mpfr_t out, const mpfr_t x[3])
{
  switch (operation)
    {
    case 0: return mpfr_add (out, x[0], x[1], MPFR_RNDZ);
    case 1: return mpfr_sub (out, x[0], x[1], MPFR_RNDZ);
    case 2: return mpfr_mul (out, x[0], x[1], MPFR_RNDZ);
    case 3: return mpfr_div (out, x[0], x[1], MPFR_RNDZ);
    case 4: return mpfr_sqrt (out, x[0], MPFR_RNDZ);
    default: return mpfr_fma (out, x[0], x[1], x[2], MPFR_RNDZ);
    }
}

static float
truth (int operation, mpfr_t out, const mpfr_t x[3])
{
  const int is_inexact = compute (operation, out, x) != 0;
  float rounded;

  if (!mpfr_number_p (out)
      || (!mpfr_zero_p (out)
          && (mpfr_get_exp (out) < -125 || mpfr_get_exp (out) > 128)))
    return NAN;
  rounded = mpfr_get_flt (out, MPFR_RNDN);
  return numsys_float_of (numsys_bits_of (rounded) | (unsigned) is_inexact);
}

static void
make_truth (void)
{
  mpfr_t x[3], out;

  mpfr_init2 (out, 24);
  for (size_t j = 0; j < 3; j++)
    mpfr_init2 (x[j], 24);
  for (size_t i = 0; i < COUNT; i++)
    {
      for (size_t j = 0; j < 3; j++)
        mpfr_set_flt (x[j], in[j][i], MPFR_RNDN);
      for (int operation = 0; operation < OPERATIONS; operation++)
        wanted[operation][i] = truth (operation, out, x);
    }
  for (size_t j = 0; j < 3; j++)
    mpfr_clear (x[j]);
  mpfr_clear (out);
}

static void
check_set (const char *set)
{
  const numsys_odd_loops *odd;
  int has;

  numsys_kernels_use (set);
  has = strcmp (numsys_isa (), set) == 0;
  odd = numsys_kernels_best ()->odd;
  for (int operation = 0; operation < OPERATIONS; operation++)
    {
      numsys_odd_loop *const loops[OPERATIONS]
        = { odd->add, odd->subtract, odd->multiply, odd->divide, odd->sqrt,
            odd->fma };
      size_t wrong = 0;

      if (!has)
        {
          skip ("this processor lacks the instruction set");
          continue;
        }
      loops[operation](COUNT, in[0], in[1], in[2], seen);
      for (size_t i = 0; i < COUNT; i++)
        wrong += isnan (wanted[operation][i])
                   ? !isnan (seen[i])
                   : numsys_bits_of (wanted[operation][i])
                       != numsys_bits_of (seen[i]);
      is_int (0, (int64_t) wrong, "%s: %s", set, names[operation]);
    }
}

int
main (void)
{
  plan (3 * OPERATIONS);
  make_operands ();
  make_truth ();
  for (size_t i = 0; i < 3; i++)
    check_set (sets[i]);
  return 0;
}
