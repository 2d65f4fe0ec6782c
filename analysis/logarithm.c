/* SPDX-License-Identifier: GPL-3.0-or-later */
/* log2 |x| = e + log2 m with m from sqrt 1/2 to sqrt 2, and
   ln m = 2 (s + s^3/3 + s^5/5 + ...) with s = (m - 1) / (m + 1), |s| < 0.172:
   the first term left out is below 2e-17.  Written for vector units, so
   without branches.  */

#include <config.h>
#include <stdint.h>
#include <string.h>
#include "analysis/logarithm.h"

static const double two_by_ln2 = 0x1.71547652b82fep+1;

static inline double
from_bits (uint64_t bits)
{
  double x;

  memcpy (&x, &bits, sizeof x);
  return x;
}

/* 2^52 + k, for an integer k of 11 bits. */
static inline double
raised (uint64_t k)
{
  return from_bits (k | UINT64_C (0x4330000000000000));
}

static inline double
logarithm (double x)
{
  const double one = 1, root = 0x1.6a09e667f3bcdp+0;
  double e, m, s, z, y;
  uint64_t bits;

  memcpy (&bits, &x, sizeof bits);
  bits &= UINT64_C (0x7fffffffffffffff);
  e = raised (bits >> 52) - (0x1p52 + 1023);
  m = from_bits ((bits & UINT64_C (0x000fffffffffffff))
                 | UINT64_C (0x3ff0000000000000));
  e += m > root ? one : 0;
  m *= m > root ? 0.5 : one;
  s = (m - 1) / (m + 1);
  z = s * s;
  y = 1. / 17 + z * (1. / 19 + z * (1. / 21));
  y = 1. / 11 + z * (1. / 13 + z * (1. / 15 + z * y));
  y = 1. / 5 + z * (1. / 7 + z * (1. / 9 + z * y));
  y = z * (1. / 3 + z * y);
  return e + two_by_ln2 * (s + s * y);
}

ANALYSIS_WIDE void
analysis_log2 (size_t n, const double x[restrict], double out[restrict])
{
  for (size_t i = 0; i < n; i++)
    out[i] = logarithm (x[i]);
}
