/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The float32 values of a logarithmic grid, and the middles between them.  Not
   installed.

   The grid is anchor 2^(j / gamma) for all integers j, times powers of two:
   every octave is like the next.  So everything is said of the octave [1, 2)
   in mantissas, integers in units of 2^-23.  Slots i count the grid's values
   there, slot 0 being the least that is not below 1; slots below 0 and above
   gamma - 1 lie in the neighbouring octaves.  */

#ifndef NUMSYS_LNS_GRID_H
#define NUMSYS_LNS_GRID_H

#include <stddef.h>
#include <stdint.h>

/* The mantissa of 1. */
#define NUMSYS_MANTISSA_ONE (INT64_C (1) << 23)

/* Grids with gamma above this have no tables. */
#define NUMSYS_TABLE_GAMMA 65536

typedef struct numsys_lns_grid
{
  int64_t gamma;
  uint32_t anchor;      /* mantissa of [1, 2) */
  int is_linear;        /* middles of values, not of logarithms */
  int64_t slot;         /* of the anchor */

  /* Tables in one allocation, as kernels read them (numsys_lns_nearest);
     memory == NULL: none.  Slot start + c is nearest from the c-th threshold
     on. */
  int64_t start;        /* -1 or 0 */
  unsigned index_bits;
  uint32_t *first, *threshold, *packed;
  int32_t *value;
  void *memory;
} numsys_lns_grid;

/* Never fails: without memory, for a large gamma, or when not asked for, there
   are no tables, and the same answers come slowly. */
void numsys_lns_grid_init (numsys_lns_grid *grid, int64_t gamma,
                           uint32_t anchor, int is_linear, int with_tables);
void numsys_lns_grid_clear (numsys_lns_grid *grid);

/* As below, without the tables. */
int64_t numsys_lns_find_value (const numsys_lns_grid *grid, int64_t slot);
int64_t numsys_lns_find_middle (const numsys_lns_grid *grid, int64_t slot);

/* Mantissa of a slot's value, rounded to nearest; 0 <= slot < gamma. */
static inline int64_t
numsys_lns_grid_value (const numsys_lns_grid *grid, int64_t slot)
{
  if (grid->memory == NULL)
    return numsys_lns_find_value (grid, slot);
  return grid->value[slot - grid->start] + NUMSYS_MANTISSA_ONE;
}

/* Least mantissa, in units of 2^-23 times [1, 2), that is not below the middle
   over slot: from -1 to gamma - 1. */
static inline int64_t
numsys_lns_grid_middle (const numsys_lns_grid *grid, int64_t slot)
{
  if (grid->memory == NULL || slot < grid->start
      || slot >= grid->start + grid->gamma)
    return numsys_lns_find_middle (grid, slot);
  return grid->threshold[slot - grid->start] + NUMSYS_MANTISSA_ONE;
}

/* The slot whose middles a mantissa of [1, 2) lies between; on a middle, the
   one above. */
int64_t numsys_lns_grid_nearest (const numsys_lns_grid *grid,
                                 uint32_t mantissa);

/* The sign of x - y 2^(k / gamma), exactly; k and gamma below 2^100. */
__extension__ typedef __int128 numsys_lns_wide;
int numsys_lns_compare (uint64_t x, int x_exponent, uint64_t y,
                        numsys_lns_wide k, numsys_lns_wide gamma);

#endif
