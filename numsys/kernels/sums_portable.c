/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of rounded products in plain C: it defines the bits.  */

#include <config.h>
#include <math.h>
#include "numsys/kernels/portable.h"

enum { ROWS = 4, COLUMNS = 16 };

/* Adding it to a double within 2^51 and taking it off rounds to an integer. */
static const double shifter = 0x1.8p52;

/* product + rest made an integer, rest being less than half a unit of
   product's last place. */
static inline double
rounded (int is_nearest, double product, double rest)
{
  const double whole = (product + shifter) - shifter;
  const int is_above = whole > product || (whole == product && rest < 0);

  return is_nearest || !is_above ? whole : whole - 1;
}

/* Sums that went beyond their range wrap: nobody looks at them again. */
static inline void
add (int32_t *sum, double x)
{
  *sum = (int32_t) ((uint32_t) *sum + (uint32_t) (int32_t) x);
}

static inline void
add_wide (int64_t *sum, double x)
{
  *sum = (int64_t) ((uint64_t) *sum + (uint64_t) (int64_t) x);
}

static void
tile (int is_nearest, size_t k, const float a[], const uint32_t place[],
      const float b[], size_t step, int32_t c[])
{
  for (size_t p = 0; p < k; p++)
    for (size_t i = 0; i < ROWS; i++)
      {
        const double factor = a[p * ROWS + i];
        const float *row = b + p * step + place[p * ROWS + i];

        for (size_t j = 0; j < COLUMNS; j++)
          add (c + i * COLUMNS + j,
               rounded (is_nearest, factor * row[j], 0));
      }
}

static void
wide_tile (int is_nearest, size_t k, const double a[], const uint32_t place[],
           const double b[], size_t step, int64_t c[])
{
  for (size_t p = 0; p < k; p++)
    for (size_t i = 0; i < ROWS; i++)
      {
        const double factor = a[p * ROWS + i];
        const double *row = b + p * step + place[p * ROWS + i];

        for (size_t j = 0; j < COLUMNS; j++)
          {
            const double product = factor * row[j];

            add_wide (c + i * COLUMNS + j,
                      rounded (is_nearest, product,
                               fma (factor, row[j], -product)));
          }
      }
}

static void
beyond (const int32_t c[], int32_t limit, uint64_t *flag)
{
  for (size_t j = 0; j < COLUMNS; j++)
    *flag |= (uint64_t) (c[j] > limit || c[j] < -limit) << j;
}

static void
wide_beyond (const int64_t c[], int64_t limit, uint64_t *flag)
{
  for (size_t j = 0; j < COLUMNS; j++)
    *flag |= (uint64_t) (c[j] > limit || c[j] < -limit) << j;
}

const numsys_sums_kernel numsys_portable_sums = {
  .rows = ROWS,
  .columns = COLUMNS,
  .wide_columns = COLUMNS,
  .tile = tile,
  .wide_tile = wide_tile,
  .beyond = beyond,
  .wide_beyond = wide_beyond,
  .widen = numsys_portable_widen,
  .store = numsys_portable_store,
  .factors = numsys_portable_factors,
  .wide_factors = numsys_portable_wide_factors,
  .spread = numsys_portable_spread,
  .wide_spread = numsys_portable_wide_spread,
  .differ = numsys_portable_differ,
  .signs = numsys_portable_signs,
  .numbers = numsys_portable_numbers,
  .turn = numsys_portable_turn,
  .measure = numsys_portable_measure,
  .accumulate = numsys_portable_accumulate,
  .gather = numsys_portable_gather,
  .floats = numsys_portable_floats,
};
