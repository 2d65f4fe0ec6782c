/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations of float formats of up to 11 bits of significand, p, against the
   machine's doubles, whose 53 are more than twice as many.

   A double s is computed and, without error, on which side of it the truth
   lies: a product of two is exact; the error of a sum is a double (Knuth); and
   so is what is left of a dividend, or of what a root is drawn from (fused
   multiply-add).  The exponents of all that occurs are far within a double's
   range.  s and the side are then rounded in integers, which needs no theorem
   about rounding twice.  Codes only: events are the oracle's
   (oracle-arithmetic-t), which judges the same formats more slowly.  */

#include <config.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/numsys.h"
#include "numsys/random.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))

/* Operands a block; blocks, and those of a long check: 10^8 operands. */
#define BLOCK 16384
#define BLOCKS 20
#define MANY 6104
#define SHOWN 3

typedef struct format
{
  const char *spec;
  int exponent, significand;   /* widths */
} format;

static const format formats[] = {
  { "fp16", 5, 10 }, { "bf16", 8, 7 }, { "tf32", 8, 10 },
};

static const numsys_operation operations[] = {
  NUMSYS_ADD, NUMSYS_SUBTRACT, NUMSYS_MULTIPLY, NUMSYS_DIVIDE, NUMSYS_SQRT,
  NUMSYS_FMA,
};

/* Beside nearest, by turns, in one block of four. */
static const numsys_rounding others[] = {
  NUMSYS_NEAREST_AWAY, NUMSYS_UP, NUMSYS_DOWN, NUMSYS_ZERO, NUMSYS_ODD,
};

/* A number: s, or just above (1) or below (-1) it; cancelled is set where
   terms of different signs gave zero. */
typedef struct number
{
  double s;
  int beyond, cancelled;
} number;

static uint32_t words[BLOCK];
static uint32_t codes[3][BLOCK], seen[BLOCK];
static uint32_t in[3][BLOCK], out[BLOCK];
static double values[3][BLOCK];
static number exact[BLOCK];

static double
power_of_two (int exponent)
{
  const uint64_t bits = (uint64_t) (exponent + 1023) << 52;
  double x;

  memcpy (&x, &bits, sizeof x);
  return x;
}

/* Of a normal double. */
static int
exponent_of (double x)
{
  uint64_t bits;

  memcpy (&bits, &x, sizeof bits);
  return (int) (bits >> 52 & 0x7ff) - 1023;
}

/* The code of infinity; NaNs lie above. */
static uint32_t
infinity (const format *f)
{
  return ((UINT32_C (1) << f->exponent) - 1) << f->significand;
}

static uint32_t
sign_bit (const format *f)
{
  return UINT32_C (1) << (f->exponent + f->significand);
}

static int
least_exponent (const format *f)
{
  return 2 - (1 << (f->exponent - 1));
}

static double
value (const format *f, uint32_t code)
{
  const uint32_t body = code & (sign_bit (f) - 1);
  const int field = (int) (body >> f->significand);
  const uint32_t hidden = (uint32_t) (field != 0) << f->significand;
  const uint32_t c = (body & ((UINT32_C (1) << f->significand) - 1)) | hidden;
  double x = c * power_of_two (least_exponent (f) - f->significand
                               + (field > 1 ? field - 1 : 0));

  if (body >= infinity (f))
    x = body > infinity (f) ? NAN : INFINITY;
  return (code & sign_bit (f)) != 0 ? -x : x;
}

static int
sign_of (double x)
{
  return (x > 0) - (x < 0);
}

static number
sum (double a, double b)
{
  const double s = a + b;
  const double other = s - a;
  const double error = (a - (s - other)) + (b - other);

  return (number) { s, isfinite (s) ? sign_of (error) : 0,
                    s == 0 && signbit (a) != signbit (b) };
}

static number
operate (numsys_operation operation, double a, double b, double c)
{
  number x = { 0, 0, 0 };

  switch (operation)
    {
    case NUMSYS_ADD:
      return sum (a, b);
    case NUMSYS_SUBTRACT:
      return sum (a, -b);
    case NUMSYS_MULTIPLY:
      x.s = a * b;
      break;
    case NUMSYS_DIVIDE:
      x.s = a / b;
      if (isfinite (x.s) && isfinite (b))
        x.beyond = sign_of (fma (-x.s, b, a)) * sign_of (b);
      break;
    case NUMSYS_SQRT:
      x.s = sqrt (a);
      if (isfinite (x.s))
        x.beyond = sign_of (fma (-x.s, x.s, a));
      break;
    default:
      return sum (a * b, c);
    }
  return x;
}

/* Whether to the next, of k and the place above it: 0 it is k, 1 below the
   middle, 2 in it, 3 above. */
static int
goes_away (numsys_rounding rounding, int negative, uint32_t k, int place)
{
  switch (rounding)
    {
    case NUMSYS_NEAREST:
      return place == 3 || (place == 2 && k % 2 != 0);
    case NUMSYS_NEAREST_AWAY:
      return place >= 2;
    case NUMSYS_UP:
      return place > 0 && !negative;
    case NUMSYS_DOWN:
      return place > 0 && negative;
    case NUMSYS_ODD:
      return place > 0 && k % 2 == 0;
    default:
      return 0;
    }
}

/* What becomes of a magnitude too large. */
static uint32_t
overflowed (const format *f, numsys_rounding rounding, int negative)
{
  const int is_infinite = rounding == NUMSYS_NEAREST
                          || rounding == NUMSYS_NEAREST_AWAY
                          || rounding == (negative ? NUMSYS_DOWN : NUMSYS_UP);

  return infinity (f) - !is_infinite;
}

/* The code of a magnitude, not 0, beyond as in number. */
static uint32_t
settle (const format *f, double magnitude, int beyond,
        numsys_rounding rounding, int negative)
{
  const int own = exponent_of (magnitude);
  const int least = least_exponent (f);
  int exponent = own < least ? least : own;
  const double units = magnitude * power_of_two (f->significand - exponent);
  uint32_t k = (uint32_t) units;
  const double rest = units - k;
  int place = rest > 0 ? 2 + (rest > 0.5) - (rest < 0.5) : 0;

  if (place % 2 == 0 && beyond > 0)
    place++;
  else if (place == 2 && beyond < 0)
    place = 1;
  else if (place == 0 && beyond < 0)
    {
      /* Just under a power of two, units are half as large. */
      if (k == UINT32_C (1) << f->significand && exponent > least)
        {
          k *= 2;
          exponent--;
        }
      k--;
      place = 3;
    }
  k += (uint32_t) goes_away (rounding, negative, k, place);
  if (exponent - least >= (1 << f->exponent) - 1)
    return overflowed (f, rounding, negative);
  k += (uint32_t) (exponent - least) << f->significand;
  return k >= infinity (f) ? overflowed (f, rounding, negative) : k;
}

/* All NaNs are one. */
static uint32_t
code_of (const format *f, number x, numsys_rounding rounding)
{
  const int negative = x.cancelled ? rounding == NUMSYS_DOWN
                                   : signbit (x.s) != 0;
  const uint32_t sign = negative ? sign_bit (f) : 0;

  if (isnan (x.s))
    return infinity (f) + 1;
  if (x.s == 0)
    return sign;
  if (isinf (x.s))
    return sign | infinity (f);
  return sign
         | settle (f, fabs (x.s), negative ? -x.beyond : x.beyond, rounding,
                   negative);
}

/* By turns: anything; near each other; with few ones; as far apart as sums
   reach. */
static void
draw (const format *f, unsigned block)
{
  const unsigned bits = 1 + (unsigned) (f->exponent + f->significand);
  const uint32_t ones = UINT32_MAX >> (32 - bits);
  const uint32_t sparse = ~((UINT32_C (1) << f->significand) - 1)
                          | UINT32_C (5) << (f->significand - 3) | 1;
  const numsys_random random = numsys_random_of (1, 0, 0, block);

  for (unsigned k = 0; k < 3; k++)
    {
      numsys_random_words (&random, (uint64_t) k * BLOCK, BLOCK, words);
      for (size_t i = 0; i < BLOCK; i++)
        {
          const uint32_t w = words[i];
          const uint32_t before = codes[(k + 2) % 3][i];

          codes[k][i] = w >> (32 - bits);
          if (i % 4 == 1 && k > 0)
            codes[k][i] = before ^ w >> (31 - f->significand)
                          ^ (w & 1) * sign_bit (f);
          else if (i % 4 == 2)
            codes[k][i] &= sparse;
          else if (i % 4 == 3 && k > 0)
            codes[k][i] = before - ((w & 31) << f->significand) + (w >> 29)
                          - ((w >> 5 & 1) * sign_bit (f));
          codes[k][i] &= ones;
          values[k][i] = value (f, codes[k][i]);
        }
    }
}

static void
operate_all (numsys_operation operation)
{
  for (size_t i = 0; i < BLOCK; i++)
    exact[i] = operate (operation, values[0][i], values[1][i], values[2][i]);
}

/* Wrong results of one block. */
static uint64_t
judge (const format *f, const numsys *system, numsys_operation operation,
       numsys_rounding rounding)
{
  const numsys_context context = numsys_context_of (rounding);
  numsys_events events = { 0 };
  uint64_t wrong = 0;

  numsys_apply (system, operation, &context, BLOCK, in[0], in[1], in[2], out,
                &events);
  numsys_to_codes (system, BLOCK, out, seen);
  for (size_t i = 0; i < BLOCK; i++)
    {
      const uint32_t wanted = code_of (f, exact[i], rounding);
      const int is_nan
        = (seen[i] & (sign_bit (f) - 1)) > infinity (f);

      if ((is_nan ? infinity (f) + 1 : seen[i]) != wanted && wrong++ < SHOWN)
        diag ("%s, %s, %s: of %#x %#x %#x wanted %#x, saw %#x", f->spec,
              numsys_operation_name (operation),
              numsys_rounding_name (rounding), (unsigned) codes[0][i],
              (unsigned) codes[1][i], (unsigned) codes[2][i],
              (unsigned) wanted, (unsigned) seen[i]);
    }
  return wrong;
}

static void
check (const format *f, unsigned blocks)
{
  uint64_t wrong[LENGTH (operations)] = { 0 };
  numsys_error error;
  numsys *system = numsys_new (f->spec, &error);

  if (system == NULL)
    bail_out ("%s", error.text);
  for (unsigned block = 0; block < blocks; block++)
    {
      draw (f, block);
      for (int k = 0; k < 3; k++)
        numsys_from_codes (system, BLOCK, codes[k], in[k]);
      for (size_t i = 0; i < LENGTH (operations); i++)
        {
          operate_all (operations[i]);
          wrong[i] += judge (f, system, operations[i], NUMSYS_NEAREST);
          if (block % 4 == 0)
            wrong[i] += judge (f, system, operations[i],
                               others[block / 4 % LENGTH (others)]);
        }
    }
  for (size_t i = 0; i < LENGTH (operations); i++)
    is_int (0, (int64_t) wrong[i], "%s, %s: %" PRIu64 " to nearest, a quarter"
            " as many otherwise", f->spec,
            numsys_operation_name (operations[i]), (uint64_t) blocks * BLOCK);
  numsys_free (system);
}

int
main (void)
{
  const int is_long = getenv ("NUMSYS_CHECK_LONG") != NULL;

  plan (LENGTH (formats) * LENGTH (operations));
  for (size_t i = 0; i < LENGTH (formats); i++)
    check (&formats[i], is_long ? MANY : BLOCKS);
  return 0;
}
