/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was measured during runs, from their files:
   DIR/probes.tsv, DIR/exponents.tsv, DIR/updates.tsv, DIR/swallowed.tsv.  Each
   is the block of that kind (probes/probe.h says the columns) of every run
   that is done, one after the other; each line is headed by the columns that
   say in results.tsv which run it is.  There is no file where no run has such
   a block.  */

#ifndef EXPERIMENTS_DRIVER_COLLECT_BLOCKS_H
#define EXPERIMENTS_DRIVER_COLLECT_BLOCKS_H

#include "experiments/results/table.h"

/* results: a row for each run that is done, whose first column is its hash and
   whose first `naming' columns say which it is.  0, or -1 and a sentence. */
int collect_blocks (const char *dir, const results_table *results, int naming,
                    numsys_error *error);

#endif
