/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows from the files of a study's runs: DIR/results.tsv (report.h
   says its columns), DIR/curves.tsv, DIR/timings.tsv, what was measured
   during runs (collect_blocks.h), and what provenance.h says.  */

#ifndef EXPERIMENTS_DRIVER_COLLECT_H
#define EXPERIMENTS_DRIVER_COLLECT_H

#include "experiments/study/grid.h"

/* Writes them from the runs that are done; absent (which may be NULL) counts
   the others.  0, or -1 and a sentence. */
int collect_results (const char *dir, const study_file *study,
                     const grid *runs, size_t *absent, numsys_error *error);

/* Writes DIR/curves.tsv: hash, group, the axes that are no settings, seed, then
   step, epoch, lr, train_loss, validation_loss, validation_accuracy; a row a
   point of a run's curve.  Runs with a truth add distance and truth_loss.
   0, or -1 and a sentence. */
int collect_curves (const char *dir, const study_file *study,
                    const grid *runs, numsys_error *error);

/* Keys of settings that differ between runs, the seed apart; 1 for each that
   does. */
void collect_varying (const grid *runs, int varies[SETTINGS_COUNT]);

#endif
