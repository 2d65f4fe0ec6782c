/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a study would cost (--dry-run).  */

#ifndef EXPERIMENTS_DRIVER_FORECAST_H
#define EXPERIMENTS_DRIVER_FORECAST_H

#include "experiments/study/grid.h"

/* Prints every run, whether it is to be done, and how long that will take:
   judged by the runs that DIR has clocks of, else by a stated speed. */
void forecast_print (const char *dir, const study_file *study,
                     const grid *runs, const grid_run *const todo[],
                     size_t missing, unsigned jobs, unsigned threads);

/* Seconds that these runs are predicted to take with so many jobs, from the
   speed of runs in DIR, or else an assumed one. */
double forecast_seconds (const char *dir, const grid *runs,
                         const grid_run *const todo[], size_t missing,
                         unsigned jobs);

#endif
