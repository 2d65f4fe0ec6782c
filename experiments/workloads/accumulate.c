/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact sums of products, and rounding to odd: among the two neighbours of a
   number that is none itself, the one whose last bit is 1.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "experiments/workloads/accumulate.h"

enum
{
  DIGITS = 22,
  DIGIT_BITS = 32,
  LOWEST = -352   /* 53 bits below 2^-298, the least product */
};

/* x to odd, where x is a rounded number and error, of which only the sign
   matters, what was lost by that. */
static double
odd (double x, double error)
{
  uint64_t bits;

  if (error == 0 || !isfinite (x) || isnan (error))
    return x;
  memcpy (&bits, &x, sizeof bits);
  if ((bits & 1) == 0)
    bits += (error > 0) == (x > 0) ? 1 : UINT64_MAX;
  memcpy (&x, &bits, sizeof x);
  return x;
}

static float
odd_float (double x)
{
  float y = (float) x;
  uint32_t bits;

  if ((double) y == x || !isfinite (x))
    return y;
  memcpy (&bits, &y, sizeof bits);
  if ((bits & 1) == 0)
    bits += fabs (x) > fabs ((double) y) ? 1 : UINT32_MAX;
  memcpy (&y, &bits, sizeof y);
  return y;
}

/* A number of 53 bits or to odd rounds to float32 as what it came from. */
static float
to_float (double x, int to_odd)
{
  return to_odd ? odd_float (x) : (float) x;
}

float
accumulate_add (float s, float a, float b, int to_odd)
{
  const double product = (double) a * b, sum = s + product;
  const double back = sum - product;
  const double error = (s - back) + (product - (sum - back));

  return to_float (odd (sum, error), to_odd);
}

void
accumulate_exact_zero (accumulate_exact *sum)
{
  memset (sum, 0, sizeof *sum);
}

void
accumulate_exact_add (accumulate_exact *sum, float a, float b)
{
  const double product = (double) a * b;
  unsigned __int128 bits;
  int exponent, at;
  int64_t integer;

  if (!isfinite (product))
    {
      sum->special += product;
      return;
    }
  if (product == 0)
    return;
  /* 48 bits at most: an integer below 2^53. */
  integer = (int64_t) ldexp (frexp (product, &exponent), 53);
  exponent -= 53 + LOWEST;
  at = exponent / DIGIT_BITS;
  bits = (unsigned __int128) (integer < 0 ? -integer : integer)
         << (exponent % DIGIT_BITS);
  for (; bits != 0; at++, bits >>= DIGIT_BITS)
    {
      const int64_t digit = (int64_t) (bits & UINT32_MAX);

      sum->digit[at] += integer < 0 ? -digit : digit;
    }
}

/* Carries, so that every digit but the last lies in 0 .. 2^32 - 1. */
static void
carry (int64_t digit[DIGITS])
{
  for (int i = 0; i + 1 < DIGITS; i++)
    {
      const int64_t low = digit[i] & (int64_t) UINT32_MAX;

      digit[i + 1] += (digit[i] - low) / (INT64_C (1) << DIGIT_BITS);
      digit[i] = low;
    }
}

float
accumulate_exact_sum (const accumulate_exact *sum, int to_odd)
{
  int64_t digit[DIGITS];
  uint64_t bits, rest = 0;
  int sign = 1, top = DIGITS - 1, exponent;

  if (sum->special != 0)
    return (float) sum->special;
  memcpy (digit, sum->digit, sizeof digit);
  carry (digit);
  if (digit[DIGITS - 1] < 0)
    {
      sign = -1;
      for (int i = 0; i < DIGITS; i++)
        digit[i] = -digit[i];
      carry (digit);
    }
  while (top > 0 && digit[top] == 0)
    top--;
  /* Two digits, cut to 53 bits: 33 at least, if anything follows, which makes
     them odd. */
  bits = (uint64_t) digit[top] << DIGIT_BITS;
  bits |= top > 0 ? (uint64_t) digit[top - 1] : 0;
  exponent = LOWEST + (top - 1) * DIGIT_BITS;
  for (int i = top - 2; i >= 0; i--)
    rest |= (uint64_t) digit[i];
  for (; bits >> 53 != 0; bits >>= 1, exponent++)
    rest |= bits & 1;
  return to_float (sign * ldexp ((double) (bits | (rest != 0)), exponent),
                   to_odd);
}
