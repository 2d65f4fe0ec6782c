/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What multiplicative rules multiply weights by: powers of 2 or e, computed in
   double without a fused operation and rounded once to float32.

   optim_factors is written for vector units, so it has no branches: x is held
   to where the power is a double, and 2^n is made of bits.  A factor is the
   float32 nearest to the power, except where the power lies within 2^-25 of a
   unit in the last place of a tie (tests/optim/factor-t.c).  */

#include <config.h>
#include <stdint.h>
#include <string.h>
#include "numsys/elementary.h"
#include "optim/type.h"

static const double log2e = 0x1.71547652b82fep+0;
static const double ln2 = 0x1.62e42fefa39efp-1;

/* ln 2 as a sum whose first part has 20 trailing zeros. */
static const double ln2_hi = 0x1.62e42fefap-1;
static const double ln2_lo = 0x1.cf79abc9e3b3ap-40;

/* Adding it leaves the nearest integer in a double's lowest bits. */
static const double shifter = 0x1.8p52;

/* e^z 2^n, where t = shifter + n and |z| <= ln 2 / 2. */
static inline float
power (double z, double t)
{
  uint64_t bits;
  double scale, y;

  y = 1. / 479001600 + z * (1. / 6227020800);
  y = 1. / 39916800 + z * y;
  y = 1. / 3628800 + z * y;
  y = 1. / 362880 + z * y;
  y = 1. / 40320 + z * y;
  y = 1. / 5040 + z * y;
  y = 1. / 720 + z * y;
  y = 1. / 120 + z * y;
  y = 1. / 24 + z * y;
  y = 1. / 6 + z * y;
  y = 1 + z * (1 + z * (0.5 + z * y));
  memcpy (&bits, &t, sizeof bits);
  bits = (bits + 1023) << 52;
  memcpy (&scale, &bits, sizeof scale);
  return (float) (y * scale);
}

static inline double
hold (double x, double most)
{
  x = x > most ? most : x;
  return x < -most ? -most : x;
}

static void
powers_of_two (size_t n, const float x[restrict], float out[restrict])
{
  for (size_t i = 0; i < n; i++)
    {
      const double y = hold (x[i], 1000);
      const double t = y + shifter;

      out[i] = power ((y - (t - shifter)) * ln2, t);
    }
}

static void
powers_of_e (size_t n, const float x[restrict], float out[restrict])
{
  for (size_t i = 0; i < n; i++)
    {
      const double y = hold (x[i], 700);
      const double t = y * log2e + shifter;
      const double k = t - shifter;

      out[i] = power ((y - k * ln2_hi) - k * ln2_lo, t);
    }
}

void
optim_factors (int base_e, size_t n, const float x[], float out[])
{
  if (base_e)
    powers_of_e (n, x, out);
  else
    powers_of_two (n, x, out);
}

void
optim_factor_tables (optim_tensor *tensor, double lr)
{
  const double decay = tensor->c.decay;

  for (int j = -tensor->reach; j <= tensor->reach; j++)
    {
      const double x = -(lr * j);
      const int i = j + tensor->reach;

      if (decay == 0)
        {
          tensor->factors[i] = (float) numsys_exp2 (x);
          tensor->exponents[i] = x;
        }
      else
        {
          tensor->factors[i] = (float) numsys_exp (x - decay);
          tensor->exponents[i] = (x - decay) * log2e;
        }
    }
}
