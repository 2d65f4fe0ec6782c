/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of an accuracy map: base factor by bits, for each set of quantized
   roles; and why cells lose.

   A cell is the runs of one map (which roles are quantized), gamma and bits.
   It loses when its mean accuracy is more than a point below that of the best
   float32, seed by seed, or when a run of it diverged.  At one gamma fewer
   bits shorten the range and change nothing else; so the cell of most bits,
   the widest, tells the causes apart:
     range   the widest does not lose; or it does, but its range is too short
             as well: more than 1 % of some role's values are raised
     gap     the widest loses as much: the gap between values costs it
     both    the widest loses, and this cell loses a point more
     none    the cell does not lose.  */

#ifndef EXPERIMENTS_TABLES_CELLS_H
#define EXPERIMENTS_TABLES_CELLS_H

#include "experiments/tables/float32.h"

/* Roles that maps quantize. */
#define CELLS_ROLES 4
extern const char *const cells_roles[CELLS_ROLES];

typedef struct cell
{
  const char *map;     /* borrowed from the results */
  double gamma, bits;
  size_t map_index;    /* where it stands in a figure: maps in the order of */
  size_t gamma_index;  /* the results, gammas by size */
  select_rows rows;
  analysis_interval difference;   /* to the best float32 */
  double raised;       /* the largest share of a role's values, 0 to 1; NaN */
  size_t raised_role;  /* when no role was quantized; and which role's */
} cell;

typedef struct cells
{
  size_t count;
  cell *item;
} cells;

/* Those of all quantized runs that have a gamma and bits; best may be NULL,
   and then no cell is known to lose. */
cells cells_find (const results_table *results, const float32_baseline *best);
void cells_free (cells *all);

/* One of the words above. */
const char *cells_cause (const cells *all, const cell *one);

#endif
