/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conducts a study: reads it, runs what is missing, collects, reports.  */

#ifndef EXPERIMENTS_DRIVER_CONDUCT_H
#define EXPERIMENTS_DRIVER_CONDUCT_H

#include <stddef.h>
#include "numsys/type.h"

typedef struct conduct_options
{
  const char *study;         /* a name, or a file */
  const char *dir;           /* NULL: results/NAME */
  const char *size;          /* smoke, quick, full */
  const char *data;          /* folder, or NULL */
  const char **set;          /* NAME=VALUE each */
  size_t sets;
  unsigned jobs;
  unsigned threads;          /* of each run, at least 1 */
  unsigned shard, shards;    /* 1 <= shard <= shards */
  int dry_run, quiet;
} conduct_options;

/* 0 when all runs of this shard are done and, if no run of the study is
   missing, tables and figures are there; else -1 and a sentence. */
int conduct (const conduct_options *options, numsys_error *error);

#endif
