/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exp, exp2, log, log2 and cos from additions, multiplications and divisions
   of doubles alone, each rounded by IEEE 754: the same bits on every machine.
   Arguments are reduced until Taylor's series, whose coefficients anyone can
   check, is short; where rounding would show, a value is carried as an
   unevaluated sum hi + lo.

   Largest errors measured (tests/numsys/elementary-t.c), in units of the
   result's last place: exp 0.76, exp2 0.77, log 0.55, log2 0.56, cos 0.79.
   exp2 of an integer and log2 of a power of two are exact.  Infinities, NaN,
   and zeros behave as C's Annex F says; the cosine beyond 2^20 is NaN.  */

#include <config.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#include "numsys/elementary.h"

/* An unevaluated sum, |lo| far below |hi|. */
typedef struct sum
{
  double hi, lo;
} sum;

/* Products with integers below 2^20 are exact where a constant has trailing
   zeros for it; so are products with the upper half of another double. */
static const double ln2 = 0x1.62e42fefa39efp-1;
static const double ln2_hi = 0x1.62e42fefap-1;
static const double ln2_lo = 0x1.cf79abc9e3b3ap-40;
static const double ln2_half_hi = 0x1.62e43p-1;
static const double ln2_half_lo = -0x1.05c610ca86c39p-29;
static const double log2e = 0x1.71547652b82fep+0;
static const double log2e_half_hi = 0x1.7154768p+0;
static const double log2e_half_lo = -0x1.6a3e80f444178p-27;
static const double two_over_pi = 0x1.45f306dc9c883p-1;
static const double half_pi[4] = { 0x1.921fb544p+0, 0x1.0b4611a6p-34,
                                   0x1.3198a2ep-69, 0x1.b839a252049c1p-104 };

static const double largest_angle = 0x1p20;

static inline uint64_t
bits_of (double x)
{
  uint64_t bits;

  memcpy (&bits, &x, sizeof bits);
  return bits;
}

static inline double
double_of (uint64_t bits)
{
  double x;

  memcpy (&x, &bits, sizeof x);
  return x;
}

/* The upper 26 bits of x: their product with 27 bits is exact. */
static inline double
upper_half (double x)
{
  return double_of (bits_of (x) & ~UINT64_C (0x7FFFFFF));
}

/* The integer nearest to x, |x| < 2^51. */
static inline double
nearest_integer (double x)
{
  return (x + 0x1.8p52) - 0x1.8p52;
}

/* a + b exactly, for |a| >= |b| or a = 0. */
static inline sum
fast_two_sum (double a, double b)
{
  double hi = a + b;

  return (sum) { hi, b - (hi - a) };
}

/* a + b exactly. */
static inline sum
two_sum (double a, double b)
{
  double hi = a + b;
  double b_seen = hi - a;

  return (sum) { hi, (a - (hi - b_seen)) + (b - b_seen) };
}

/* c[0] + c[1] x + ... + c[n-1] x^(n-1) */
static inline double
polynomial (int n, const double c[], double x)
{
  double y = c[n - 1];

  for (int i = n - 2; i >= 0; i--)
    y = y * x + c[i];
  return y;
}

/* y 2^n, rounded once more where that is subnormal; |n| < 2100. */
static double
scale (double y, int n)
{
  if (n > 1023)
    {
      y *= 0x1p1023;
      n -= 1023;
    }
  else if (n < -1022)
    {
      int first = n < -2044 ? -2044 : n;

      y *= double_of ((uint64_t) (first + 1022 + 1023) << 52);
      return y * 0x1p-1022;
    }
  return n > 1023 ? y * (double) INFINITY
                  : y * double_of ((uint64_t) (n + 1023) << 52);
}

/* 2^n e^r, |r| <= ln 2 / 2 and a bit. */
static double
exp_reduced (sum r, int n)
{
  /* 1 / 2!, 1 / 3!, ... 1 / 14! */
  static const double c[] = {
    1. / 2, 1. / 6, 1. / 24, 1. / 120, 1. / 720, 1. / 5040, 1. / 40320,
    1. / 362880, 1. / 3628800, 1. / 39916800, 1. / 479001600,
    1. / 6227020800, 1. / 87178291200,
  };
  double x = r.hi + r.lo;
  sum one = fast_two_sum (1, r.hi);

  return scale (one.hi + (one.lo + (r.lo + x * x * polynomial (13, c, x))), n);
}

double
numsys_exp (double x)
{
  double n;

  if (x != x)
    return x;
  if (x > 710)
    return INFINITY;
  if (x < -746)
    return 0;
  n = nearest_integer (x * log2e);
  return exp_reduced ((sum) { x - n * ln2_hi, -n * ln2_lo }, (int) n);
}

double
numsys_exp2 (double x)
{
  double n, f, upper;

  if (x != x)
    return x;
  if (x >= 1024)
    return INFINITY;
  if (x < -1076)
    return 0;
  n = nearest_integer (x);
  f = x - n;
  upper = upper_half (f);
  return exp_reduced ((sum) { upper * ln2_half_hi,
                              upper * ln2_half_lo + (f - upper) * ln2 },
                      (int) n);
}

/* x = 2^n m, sqrt (1/2) <= m < sqrt 2 nearly; log m as a sum.  x > 0. */
static sum
log_reduced (double x, int *n)
{
  /* 2 / 3, 2 / 5, ... 2 / 25: log m = 2 s + 2 s^3 / 3 + 2 s^5 / 5 + ...,
     where s = (m - 1) / (m + 1), so |s| < 0.172. */
  static const double c[] = { 2. / 3, 2. / 5, 2. / 7, 2. / 9, 2. / 11,
                              2. / 13, 2. / 15, 2. / 17, 2. / 19, 2. / 21,
                              2. / 23, 2. / 25 };
  /* A step of the exponent, and the bits of about sqrt (1/2). */
  const uint64_t octave = UINT64_C (1) << 52;
  const uint64_t least = UINT64_C (0x3FE6A09E667F3BCD);
  int shift = x < 0x1p-1022 ? 54 : 0;
  uint64_t bits = bits_of (shift != 0 ? x * 0x1p54 : x);
  int64_t exponent = (int64_t) ((bits - least + 1024 * octave) >> 52) - 1024;
  double f = double_of (bits - (uint64_t) exponent * octave) - 1;
  sum t = two_sum (2, f);
  double s = f / t.hi;
  double s_upper = upper_half (s), t_upper = upper_half (t.hi);
  double product = s * t.hi;
  double product_lo = ((s_upper * t_upper - product)
                       + s_upper * (t.hi - t_upper)
                       + (s - s_upper) * t_upper)
                      + (s - s_upper) * (t.hi - t_upper);
  double s_lo = (((f - product) - product_lo) - s * t.lo) / t.hi;
  double square = s * s;

  *n = (int) exponent - shift;
  return (sum) { 2 * s, 2 * s_lo + s * square * polynomial (12, c, square) };
}

/* What log and log2 share: 1 and the result where x is not a positive number,
   else 0. */
static int
log_special (double x, double *result)
{
  if (x > 0 && x < INFINITY)
    return 0;
  *result = x == 0 ? -INFINITY : x < 0 ? NAN : x;
  return 1;
}

double
numsys_log (double x)
{
  double special;
  sum l, total;
  int n;

  if (log_special (x, &special))
    return special;
  l = log_reduced (x, &n);
  total = fast_two_sum (n * ln2_hi, l.hi);
  return total.hi + (total.lo + (l.lo + n * ln2_lo));
}

double
numsys_log2 (double x)
{
  double special, upper, rest;
  sum l, total;
  int n;

  if (log_special (x, &special))
    return special;
  l = log_reduced (x, &n);
  l = fast_two_sum (l.hi, l.lo);
  upper = upper_half (l.hi);
  rest = (l.hi - upper) + l.lo;
  total = fast_two_sum (n, upper * log2e_half_hi);
  return total.hi + (total.lo + (upper * log2e_half_lo + rest * log2e));
}

/* cos r, |r| <= pi / 4 and a bit. */
static double
cos_reduced (sum r)
{
  /* 1 / 4!, -1 / 6!, ... 1 / 20! */
  static const double c[] = {
    1. / 24, -1. / 720, 1. / 40320, -1. / 3628800, 1. / 479001600,
    -1. / 87178291200, 1. / 20922789888000, -1. / 6402373705728000,
    1. / 2432902008176640000,
  };
  double upper = upper_half (r.hi);
  double square = r.hi * r.hi;
  /* r^2 / 2, the leading part exactly. */
  double half_lo = ((r.hi - upper) * (r.hi + upper)) / 2 + r.hi * r.lo;
  sum one = fast_two_sum (1, -(upper * upper / 2));

  return one.hi
         + (one.lo + (square * square * polynomial (9, c, square) - half_lo));
}

/* sin r, |r| <= pi / 4 and a bit. */
static double
sin_reduced (sum r)
{
  /* -1 / 3!, 1 / 5!, ... -1 / 19! */
  static const double c[] = {
    -1. / 6, 1. / 120, -1. / 5040, 1. / 362880, -1. / 39916800,
    1. / 6227020800, -1. / 1307674368000, 1. / 355687428096000,
    -1. / 121645100408832000,
  };
  double square = r.hi * r.hi;

  return r.hi
         + (r.hi * square * polynomial (9, c, square)
            + r.lo * (1 - square / 2));
}

double
numsys_cos (double x)
{
  double n, first;
  sum a, b;
  int turns;

  if (!(x >= -largest_angle && x <= largest_angle))
    return NAN;
  /* x - n pi / 2: three exact products, and one that is rounded near 2^-137;
     no double is closer than 2^-60 to a multiple. */
  n = nearest_integer (x * two_over_pi);
  first = x - n * half_pi[0];
  a = two_sum (first, -n * half_pi[1]);
  b = two_sum (a.hi, -n * half_pi[2]);
  a = fast_two_sum (b.hi, a.lo + b.lo - n * half_pi[3]);
  turns = (int) ((int64_t) n & 3);
  if (turns == 0)
    return cos_reduced (a);
  if (turns == 2)
    return -cos_reduced (a);
  return turns == 1 ? -sin_reduced (a) : sin_reduced (a);
}
