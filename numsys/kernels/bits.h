/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floats as bits.  */

#ifndef NUMSYS_KERNELS_BITS_H
#define NUMSYS_KERNELS_BITS_H

#include <stdint.h>
#include <string.h>

#define NUMSYS_SIGN_BIT UINT32_C (0x80000000)
#define NUMSYS_INFINITY_BITS UINT32_C (0x7f800000)
#define NUMSYS_MANTISSA_BITS UINT32_C (0x007fffff)
#define NUMSYS_LEAST_NORMAL_BITS UINT32_C (0x00800000)
#define NUMSYS_ONE_BITS UINT32_C (0x3f800000)
/* What every NaN becomes. */
#define NUMSYS_NAN_BITS UINT32_C (0x7fc00000)

static inline uint32_t
numsys_bits_of (float x)
{
  uint32_t bits;

  memcpy (&bits, &x, sizeof bits);
  return bits;
}

static inline float
numsys_float_of (uint32_t bits)
{
  float x;

  memcpy (&x, &bits, sizeof x);
  return x;
}

#endif
