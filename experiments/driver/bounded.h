/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A warning that weights have no room: many sit at their optimizer's bound.  */

#ifndef EXPERIMENTS_DRIVER_BOUNDED_H
#define EXPERIMENTS_DRIVER_BOUNDED_H

#include <stdio.h>
#include "experiments/results/table.h"

/* The share of weights at the bound, over a run's steps, that is worth a
   warning. */
#define BOUNDED_MANY 0.05

/* One line to stream when there are such runs among results (report.h says
   its columns), else nothing. */
void bounded_warn (const results_table *results, FILE *stream);

#endif
