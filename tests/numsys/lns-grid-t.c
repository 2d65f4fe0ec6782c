/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values and middles of logarithmic grids against MPFR, with and without
   tables, at and between powers of two.  */

#include <config.h>
#include <stdlib.h>
#include <mpfr.h>
#include "numsys/lns_grid.h"
#include "tests/tap/tap.h"

static const int64_t gammas[] = { 1, 2, 3, 8, 31, 64, 100, 257, 2048, 40000,
                                  100003, 5814539 };
static const uint32_t anchors[] = { 0x800000, 0x800001, 0x9d3b21, 0xb504f3,
                                    0xc00000, 0xffffff };

/* anchor 2^(h / (2 gamma)) lies within 2^-34 of an integer for h = 5, 7, 7, 1:
   an exact comparison must decide.  Found by continued fractions.  */
static const struct { int64_t gamma; uint32_t anchor; } hard[] = {
  { 42, 9023086 }, { 93, 13261289 }, { 372, 9346222 }, { 654, 15018786 },
};

enum { hard_count = sizeof hard / sizeof hard[0] };

enum { gamma_count = sizeof gammas / sizeof gammas[0],
       anchor_count = sizeof anchors / sizeof anchors[0], PRECISION = 200 };

/* anchor 2^(halves / (2 gamma)) */
static void
set_power (mpfr_t out, const numsys_lns_grid *grid, int64_t halves)
{
  mpfr_set_si (out, halves, MPFR_RNDN);
  mpfr_div_si (out, out, 2 * grid->gamma, MPFR_RNDN);
  mpfr_exp2 (out, out, MPFR_RNDN);
  mpfr_mul_ui (out, out, grid->anchor, MPFR_RNDN);
}

static int64_t
wanted_value (const numsys_lns_grid *grid, int64_t slot)
{
  mpfr_t x;
  int64_t value;

  mpfr_init2 (x, PRECISION);
  set_power (x, grid, 2 * (slot - grid->slot));
  value = mpfr_get_si (x, MPFR_RNDN);
  mpfr_clear (x);
  return value;
}

/* The last bits of x may hide that it is an integer. */
static int64_t
ceiling (mpfr_t x)
{
  mpfr_prec_round (x, PRECISION - 20, MPFR_RNDN);
  return mpfr_get_si (x, MPFR_RNDU);
}

static int64_t
wanted_middle (const numsys_lns_grid *grid, int64_t slot)
{
  int64_t j = slot - grid->slot, middle;
  mpfr_t x, y;

  mpfr_init2 (x, PRECISION);
  mpfr_init2 (y, PRECISION);
  if (grid->is_linear)
    {
      set_power (x, grid, 2 * j);
      set_power (y, grid, 2 * j + 2);
      mpfr_add (x, x, y, MPFR_RNDN);
      mpfr_div_ui (x, x, 2, MPFR_RNDN);
    }
  else
    set_power (x, grid, 2 * j + 1);
  middle = ceiling (x);
  mpfr_clear (x);
  mpfr_clear (y);
  return middle;
}

/* Slot 0 is the least that is not below 1. */
static int
has_right_origin (const numsys_lns_grid *grid)
{
  mpfr_t x;
  int is_right;

  mpfr_init2 (x, PRECISION);
  set_power (x, grid, -2 * grid->slot);
  mpfr_prec_round (x, PRECISION - 20, MPFR_RNDN);
  is_right = mpfr_cmp_ui (x, NUMSYS_MANTISSA_ONE) >= 0;
  set_power (x, grid, -2 * grid->slot - 2);
  is_right = is_right && mpfr_cmp_ui (x, NUMSYS_MANTISSA_ONE) < 0;
  mpfr_clear (x);
  return is_right;
}

/* From each middle on, the slot above is nearest, within the octave. */
static size_t
count_misplaced (const numsys_lns_grid *grid, int64_t slot, int64_t middle)
{
  const int64_t one = NUMSYS_MANTISSA_ONE;
  size_t wrong = 0;

  if (middle >= one && middle < 2 * one)
    wrong += numsys_lns_grid_nearest (grid, (uint32_t) middle) != slot + 1;
  if (middle > one && middle <= 2 * one)
    wrong += numsys_lns_grid_nearest (grid, (uint32_t) middle - 1) != slot;
  return wrong;
}

static void
check_grid (int64_t gamma, uint32_t anchor, int is_linear, int with_tables,
            int64_t stride)
{
  numsys_lns_grid grid;
  size_t wrong = 0;

  numsys_lns_grid_init (&grid, gamma, anchor, is_linear, with_tables);
  wrong += !has_right_origin (&grid);
  wrong += (grid.memory != NULL)
           != (with_tables && gamma <= NUMSYS_TABLE_GAMMA);
  for (int64_t slot = -1; slot < gamma;
       slot = slot == gamma - 1 ? gamma
              : slot + stride < gamma ? slot + stride : gamma - 1)
    {
      int64_t middle = wanted_middle (&grid, slot);

      wrong += numsys_lns_grid_middle (&grid, slot) != middle;
      wrong += count_misplaced (&grid, slot, middle);
      if (slot >= 0)
        wrong += numsys_lns_grid_value (&grid, slot)
                 != wanted_value (&grid, slot);
    }
  is_int (0, (int64_t) wrong, "gamma %ld, anchor %#x, %s middles, %s tables",
          (long) gamma, (unsigned) anchor, is_linear ? "linear" : "log",
          with_tables ? "with" : "without");
  numsys_lns_grid_clear (&grid);
}

int
main (void)
{
  plan (gamma_count * anchor_count * 4 + hard_count + 1);
  for (size_t i = 0; i < gamma_count; i++)
    for (size_t j = 0; j < anchor_count; j++)
      for (int way = 0; way < 4; way++)
        check_grid (gammas[i], anchors[j], way & 1, way >> 1,
                    gammas[i] / 200 + 1);
  for (size_t i = 0; i < hard_count; i++)
    check_grid (hard[i].gamma, hard[i].anchor, 0, 1, 1);
  ok (numsys_lns_compare (3, 0, 3, 0, 8) == 0
        && numsys_lns_compare (3, 1, 3, 7, 8) > 0
        && numsys_lns_compare (3, 1, 3, 9, 8) < 0
        && numsys_lns_compare (3, -1, 3, -8, 8) == 0,
      "powers are compared exactly");
  return 0;
}
