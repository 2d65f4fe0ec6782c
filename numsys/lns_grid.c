/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logarithmic grids in float32, exactly.  Roots of two are computed to 57 bits
   in integers; in the rare case that this leaves a rounding open, the sign of
   an exact sum decides.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/base2.h"
#include "numsys/elementary.h"
#include "numsys/exact.h"
#include "numsys/lns_grid.h"

__extension__ typedef unsigned __int128 wide;

/* Bounds the error of scaled_power, four times over. */
#define SLACK ((wide) 1 << 31)

/* anchor 2^(halves / (2 gamma)) in units of 2^-63 mantissas, the anchor's slot
   being 0, up to two octaves above it; within 2^29: 2^3 from the power, 2^24
   from the mantissa, 2^2 from the octave. */
static wide
scaled_power (const numsys_lns_grid *grid, int64_t halves)
{
  int64_t period = 2 * grid->gamma;
  int64_t octave = halves / period - (halves % period < 0);
  wide product = (wide) numsys_base2_power ((uint64_t) (halves
                                                   - octave * period),
                                       (uint64_t) period)
                 * grid->anchor;

  return octave < 0 ? product >> (-octave - 1) : product << (octave + 1);
}

static void
add_term (numsys_sum *sum, numsys_wide k, int64_t c)
{
  mpz_set_si (numsys_sum_extend (sum, k), c);
}

/* The sign of Q - n / 2, Q being the power, or the sum of two neighbouring
   powers halved, that `ceiling' rounds. */
static int
compare_exactly (const numsys_lns_grid *grid, int64_t halves, int is_pair,
                 int64_t n)
{
  numsys_sum sum;
  int sign;

  numsys_sum_init (&sum);
  numsys_sum_zero (&sum, 2 * grid->gamma);
  add_term (&sum, halves, is_pair ? grid->anchor : 2 * (int64_t) grid->anchor);
  if (is_pair)
    add_term (&sum, halves + 2, grid->anchor);
  add_term (&sum, 0, -n);
  sign = numsys_sum_sign (&sum, NULL);
  numsys_sum_clear (&sum);
  return sign;
}

int
numsys_lns_compare (uint64_t x, int x_exponent, uint64_t y, numsys_lns_wide k,
                    numsys_lns_wide gamma)
{
  numsys_sum sum;
  int sign;

  numsys_sum_init (&sum);
  numsys_sum_zero (&sum, gamma);
  mpz_set_ui (numsys_sum_extend (&sum, x_exponent * gamma), x);
  add_term (&sum, k, -(int64_t) y);
  sign = numsys_sum_sign (&sum, NULL);
  numsys_sum_clear (&sum);
  return sign;
}

/* The least integer n >= Q - half / 2. */
static int64_t
ceiling (const numsys_lns_grid *grid, int64_t halves, int is_pair, int half)
{
  const wide one = (wide) 1 << 63;
  wide q = scaled_power (grid, halves);
  int64_t low, high;

  if (is_pair)
    q = (q + scaled_power (grid, halves + 2)) / 2;
  q += one - 1 - (half ? one / 2 : 0);
  low = (int64_t) ((q - SLACK) >> 63);
  high = (int64_t) ((q + SLACK) >> 63);
  if (low != high
      && compare_exactly (grid, halves, is_pair, 2 * low + half) > 0)
    return high;
  return low;
}

int64_t
numsys_lns_find_value (const numsys_lns_grid *grid, int64_t slot)
{
  return ceiling (grid, 2 * (slot - grid->slot), 0, 1);
}

int64_t
numsys_lns_find_middle (const numsys_lns_grid *grid, int64_t slot)
{
  int64_t j = slot - grid->slot;

  if (grid->is_linear)
    return ceiling (grid, 2 * j, 1, 0);
  return ceiling (grid, 2 * j + 1, 0, 0);
}

/* The most j with anchor 2^(-j / gamma) >= 1. */
static int64_t
slot_of_anchor (const numsys_lns_grid *grid)
{
  double guess = numsys_log2 ((double) grid->anchor / NUMSYS_MANTISSA_ONE)
                 * (double) grid->gamma;
  int64_t j = (int64_t) guess;

  while (compare_exactly (grid, -2 * j, 0, 2 * NUMSYS_MANTISSA_ONE) < 0)
    j--;
  while (compare_exactly (grid, -2 * (j + 1), 0, 2 * NUMSYS_MANTISSA_ONE) >= 0)
    j++;
  return j;
}

/* Whether bins of so many top bits hold at most one threshold each; fills
   in first. */
static int
index_thresholds (numsys_lns_grid *grid, unsigned bits)
{
  uint32_t i = 0;

  for (uint32_t bin = 0; bin < UINT32_C (1) << bits; bin++)
    {
      uint32_t end = (bin + 1) << (23 - bits);

      grid->first[bin] = i;
      if (grid->threshold[i] < end)
        i++;
      if (i < (uint32_t) grid->gamma && grid->threshold[i] < end)
        return 0;
    }
  return 1;
}

static void
pack_thresholds (numsys_lns_grid *grid)
{
  const uint32_t one = NUMSYS_MANTISSA_ONE;

  for (uint32_t bin = 0; bin < UINT32_C (1) << grid->index_bits; bin++)
    {
      uint32_t i = grid->first[bin];
      uint32_t end = (bin + 1) << (23 - grid->index_bits);
      uint32_t threshold = grid->threshold[i] < end ? grid->threshold[i] : one;

      grid->packed[bin] = (i << 23) + (one - threshold);
    }
}

static void
fill_tables (numsys_lns_grid *grid)
{
  const int64_t one = NUMSYS_MANTISSA_ONE;
  int64_t gamma = grid->gamma;

  grid->start = numsys_lns_find_middle (grid, -1) > one ? -1 : 0;
  for (int64_t c = 0; c < gamma; c++)
    {
      int64_t slot = grid->start + c;

      grid->threshold[c]
        = (uint32_t) (numsys_lns_find_middle (grid, slot) - one);
      grid->value[c]
        = (int32_t) (slot < 0
                       ? numsys_lns_find_value (grid, gamma - 1) - 2 * one
                       : numsys_lns_find_value (grid, slot) - one);
    }
  grid->threshold[gamma] = (uint32_t) one;
  grid->value[gamma]
    = (int32_t) (grid->start < 0
                   ? numsys_lns_find_value (grid, gamma - 1) - one
                   : numsys_lns_find_value (grid, 0));
}

/* Thresholds are at least 1 / (2 gamma) apart, so bins of a quarter of that
   hold one each even after rounding. */
static void
make_tables (numsys_lns_grid *grid)
{
  size_t values = (size_t) grid->gamma + 1;
  unsigned bits = 4;
  size_t bins;
  uint32_t *memory;

  while (INT64_C (1) << bits < 4 * grid->gamma)
    bits++;
  bins = (size_t) 1 << bits;
  /* Kernels load values up to the number of bins. */
  values = values < bins ? bins : values;
  memory = calloc (2 * bins + 2 * values, sizeof *memory);
  if (memory == NULL)
    return;
  grid->memory = memory;
  grid->first = memory;
  grid->packed = memory + bins;
  grid->threshold = memory + 2 * bins;
  grid->value = (int32_t *) (memory + 2 * bins + values);
  fill_tables (grid);
  grid->index_bits = 4;
  while (INT64_C (1) << grid->index_bits <= grid->gamma
         || !index_thresholds (grid, grid->index_bits))
    grid->index_bits++;
  if (grid->gamma <= 256)
    pack_thresholds (grid);
  else
    grid->packed = NULL;
}

void
numsys_lns_grid_init (numsys_lns_grid *grid, int64_t gamma, uint32_t anchor,
                      int is_linear, int with_tables)
{
  *grid = (numsys_lns_grid) { .gamma = gamma, .anchor = anchor,
                              .is_linear = is_linear };
  if (anchor != NUMSYS_MANTISSA_ONE)
    grid->slot = slot_of_anchor (grid);
  if (with_tables && gamma <= NUMSYS_TABLE_GAMMA)
    make_tables (grid);
}

void
numsys_lns_grid_clear (numsys_lns_grid *grid)
{
  free (grid->memory);
  grid->memory = NULL;
}

int64_t
numsys_lns_grid_nearest (const numsys_lns_grid *grid, uint32_t mantissa)
{
  uint32_t offset = mantissa - (uint32_t) NUMSYS_MANTISSA_ONE;
  int64_t slot;

  if (grid->memory != NULL)
    {
      uint32_t i = grid->first[offset >> (23 - grid->index_bits)];

      return grid->start + i + (offset >= grid->threshold[i]);
    }
  slot = (int64_t) (numsys_log2 ((double) mantissa / grid->anchor)
                      * (double) grid->gamma
                    + (double) grid->slot);
  while (numsys_lns_find_middle (grid, slot) <= (int64_t) mantissa)
    slot++;
  while (numsys_lns_find_middle (grid, slot - 1) > (int64_t) mantissa)
    slot--;
  return slot;
}
