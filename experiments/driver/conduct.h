/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conducts a study: reads it, runs what is missing, collects, reports.  */

#ifndef EXPERIMENTS_DRIVER_CONDUCT_H
#define EXPERIMENTS_DRIVER_CONDUCT_H

#include "experiments/driver/opening.h"

typedef struct conduct_options
{
  opening_request study;
  const char *dir;           /* NULL: results/NAME */
  unsigned jobs;
  unsigned threads;          /* of each run, at least 1 */
  unsigned shard, shards;    /* 1 <= shard <= shards */
  int dry_run, quiet;
} conduct_options;

/* 0 when all runs of this shard are done and, if no run of the study is
   missing, tables and figures are there; else -1 and a sentence. */
int conduct (const conduct_options *options, numsys_error *error);

#endif
