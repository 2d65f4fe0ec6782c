/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops of kernels.h that round to odd, for the files that compile
   them.  */

#ifndef NUMSYS_KERNELS_ODD_CODE_H
#define NUMSYS_KERNELS_ODD_CODE_H

#include <math.h>
#include <string.h>
#include "numsys/kernels/kernels.h"

static inline uint64_t
odd_bits (double x)
{
  uint64_t bits;

  memcpy (&bits, &x, sizeof bits);
  return bits;
}

/* The double nearest to a number, rest having the sign of what that is more, to
   a float32; NaN unless that is normal or zero. */
static inline float
odd_float (double nearest, double rest)
{
  const uint64_t bits = odd_bits (nearest);
  const uint64_t is_away = (rest > 0) == (nearest > 0);
  const uint64_t step = (rest != 0) & ~bits & 1;
  const uint64_t odd = bits + (is_away ? step : -step);
  const uint64_t magnitude = odd & UINT64_C (0x7fffffffffffffff);
  const uint32_t sign = (uint32_t) (odd >> 32) & UINT32_C (0x80000000);
  const uint32_t cut = (odd & UINT64_C (0x1fffffff)) != 0;
  const uint32_t body
    = ((uint32_t) (magnitude >> 29) - (UINT32_C (896) << 23)) | cut;
  const int is_normal = (magnitude >= (uint64_t) (1023 - 126) << 52)
                        & (magnitude < (uint64_t) (1023 + 128) << 52);
  const uint32_t out = magnitude == 0 ? sign
                       : is_normal    ? sign | body
                                      : UINT32_C (0x7fc00000);
  float x;

  memcpy (&x, &out, sizeof x);
  return x;
}

/* a + b; what the sum of doubles leaves is exact. */
static inline float
odd_sum (double a, double b)
{
  const double sum = a + b, other = sum - a;

  return odd_float (sum, (a - (sum - other)) + (b - other));
}

static void
odd_add (size_t n, const float a[restrict], const float b[restrict],
         const float c[restrict], float out[restrict])
{
  (void) c;
  for (size_t i = 0; i < n; i++)
    out[i] = odd_sum (a[i], b[i]);
}

static void
odd_subtract (size_t n, const float a[restrict], const float b[restrict],
              const float c[restrict], float out[restrict])
{
  (void) c;
  for (size_t i = 0; i < n; i++)
    out[i] = odd_sum (a[i], -(double) b[i]);
}

/* Products of two float32 are doubles. */
static void
odd_multiply (size_t n, const float a[restrict], const float b[restrict],
              const float c[restrict], float out[restrict])
{
  (void) c;
  for (size_t i = 0; i < n; i++)
    out[i] = odd_float ((double) a[i] * b[i], 0);
}

static void
odd_multiply_add (size_t n, const float a[restrict], const float b[restrict],
                  const float c[restrict], float out[restrict])
{
  for (size_t i = 0; i < n; i++)
    out[i] = odd_sum ((double) a[i] * b[i], c[i]);
}

/* Quotients and roots of float32 that are not float32 themselves are further
   from these than 2^-50 of their size, as a multiple or a square tells from a
   whole number: doubles show where they lie and that there is a rest. */
static void
odd_divide (size_t n, const float a[restrict], const float b[restrict],
            const float c[restrict], float out[restrict])
{
  (void) c;
  for (size_t i = 0; i < n; i++)
    out[i] = odd_float ((double) a[i] / b[i], 0);
}

static void
odd_root (size_t n, const float a[restrict], const float b[restrict],
          const float c[restrict], float out[restrict])
{
  (void) b;
  (void) c;
  for (size_t i = 0; i < n; i++)
    out[i] = odd_float (sqrt (a[i]), 0);
}

#define ODD_LOOPS                                                           \
  {                                                                         \
    .add = odd_add, .subtract = odd_subtract, .multiply = odd_multiply,     \
    .divide = odd_divide, .sqrt = odd_root, .fma = odd_multiply_add,        \
  }

#endif
