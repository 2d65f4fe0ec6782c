/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Out of the accumulator: to float32, rounded once, and back to LNS.  */

#include <config.h>
#include <math.h>
#include "numsys/datapath/inside.h"
#include "numsys/exact.h"
#include "numsys/kernels/kernels.h"

/* x 2^exponent, and a little more if there is more, x > 0: cut to 32 bits, of
   which the last is odd unless that is exact, a double rounds as x does. */
static float
to_float (unsigned __int128 x, int more, int64_t exponent)
{
  int64_t shift = 0;

  while (x >> shift >= (unsigned __int128) 1 << 32)
    shift++;
  if (more || ((x >> shift) << shift) != x)
    x |= (unsigned __int128) 1 << shift;
  exponent += shift;
  if (exponent > 1000 || exponent < -1000)
    return exponent > 0 ? INFINITY : 0;
  return (float) ldexp ((double) (uint32_t) (x >> shift), (int) exponent);
}

/* Whether magnitude 2^(exponent + r/L) is above the middle of two neighbouring
   floats; it is irrational, and so never the middle. */
static int
is_above (int64_t magnitude, int64_t exponent, int64_t r, int64_t L, float low,
          float high)
{
  int binary;
  const double middle = frexp (((double) low + (double) high) / 2, &binary);
  numsys_sum sum;
  int sign;

  numsys_sum_init (&sum);
  numsys_sum_zero (&sum, L);
  mpz_set_si (numsys_sum_extend (&sum, (numsys_wide) exponent * L + r),
              magnitude);
  mpz_set_si (numsys_sum_extend (&sum, (numsys_wide) (binary - 53) * L),
              -(long) ldexp (middle, 53));
  sign = numsys_sum_sign (&sum, NULL);
  numsys_sum_clear (&sum);
  return sign > 0;
}

/* magnitude 2^(k/L), magnitude > 0. */
static float
scaled (const numsys_datapath *path, int64_t magnitude, int64_t k)
{
  const int64_t L = path->gamma;
  int64_t q = k / L, r = k % L;
  unsigned __int128 power;
  float low, high;

  if (r < 0)
    {
      q--;
      r += L;
    }
  if (r == 0)
    return to_float ((unsigned __int128) magnitude, 0, q);
  power = path->power[r];
  low = to_float ((unsigned __int128) magnitude * power, 1,
                  q - DATAPATH_POWER_FRACTION);
  high = to_float ((unsigned __int128) magnitude * (power + 1) - 1, 1,
                   q - DATAPATH_POWER_FRACTION);
  if (low == high || !isfinite (high))
    return high;
  return is_above (magnitude, q, r, L, low, high) ? high : low;
}

float
numsys_datapath_float (const numsys_datapath *path, int64_t accumulator,
                       int64_t offset)
{
  const int64_t k = path->values[DATAPATH_LSB] * path->gamma + offset;

  if (accumulator == 0)
    return 0;
  return accumulator < 0 ? -scaled (path, -accumulator, k)
                         : scaled (path, accumulator, k);
}

void
numsys_datapath_floats (const numsys_datapath *path, size_t n,
                        const int64_t accumulator[], int64_t offset,
                        float out[])
{
  const numsys_kernels *kernels = numsys_kernels_best ();
  const int64_t L = path->gamma;
  const int64_t k = path->values[DATAPATH_LSB] * L + offset;
  const int64_t r = (k % L + L) % L, q = (k - r) / L;
  const int has_unit = q > -900 && q < 900;
  const double unit
    = has_unit ? ldexp ((double) path->power[r],
                        (int) q - DATAPATH_POWER_FRACTION) : 0;

  for (size_t i = 0; i < n; i++)
    {
      i += kernels->sums->floats (n - i, accumulator + i, unit, out + i);
      if (i < n)
        out[i] = numsys_datapath_float (path, accumulator[i], offset);
    }
}

float
numsys_datapath_power (const numsys_datapath *path, int64_t k)
{
  return scaled (path, 1, k);
}

int64_t
numsys_datapath_steps (const numsys_datapath *path, int64_t accumulator,
                       int64_t offset)
{
  const uint64_t magnitude
    = (uint64_t) (accumulator < 0 ? -accumulator : accumulator);
  const int fraction = (int) path->values[DATAPATH_FRACTION];
  int64_t m, steps;
  int x = 0;

  while (magnitude >> x > 1)
    x++;
  m = (int64_t) (x >= fraction ? magnitude >> (x - fraction)
                               : magnitude << (fraction - x));
  numsys_approx_apply (path->approx, NUMSYS_APPROX_FROM_LINEAR, 1, &m,
                       &steps);
  return (x + path->values[DATAPATH_LSB]) * path->gamma + steps + offset;
}

void
numsys_datapath_back (const numsys_datapath *path, size_t n,
                      const int64_t accumulator[], int64_t offset, float out[])
{
  if (!numsys_datapath_gives_lns (path))
    {
      numsys_datapath_floats (path, n, accumulator, offset, out);
      return;
    }
  for (size_t i = 0; i < n; i++)
    {
      const int64_t x = accumulator[i];
      const float power
        = x == 0 ? 0 : numsys_datapath_power (
                         path, numsys_datapath_steps (path, x, offset));

      out[i] = x < 0 ? -power : power;
    }
}
