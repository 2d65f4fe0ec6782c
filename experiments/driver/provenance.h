/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept beside results so that figures can be drawn again and traced:
   DIR/study.cfg, the study's file, and DIR/provenance.tsv, the rest.  */

#ifndef EXPERIMENTS_DRIVER_PROVENANCE_H
#define EXPERIMENTS_DRIVER_PROVENANCE_H

#include "experiments/study/grid.h"
#include "experiments/results/table.h"

/* Writes DIR/study.cfg; done first, it shows that DIR can be written. */
int provenance_begin (const char *dir, const study_file *study,
                      numsys_error *error);

/* Writes DIR/provenance.tsv: 0, or -1 and a sentence. */
int provenance_write (const char *dir, const study_file *study,
                      const grid *runs, const results_table *results,
                      numsys_error *error);

/* The study whose results are in DIR, at the size it was run at; the caller
   frees it.  -1 and a sentence. */
int provenance_read (const char *dir, study_file *study,
                     numsys_error *error);

#endif
