/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a study: from its name to its runs and their data.  */

#ifndef EXPERIMENTS_DRIVER_OPENING_H
#define EXPERIMENTS_DRIVER_OPENING_H

#include "experiments/study/grid.h"
#include "experiments/driver/sets.h"

typedef struct opening_request
{
  const char *study;         /* a name, or a file */
  const char *size;          /* smoke, quick, full */
  const char *data;          /* folder, or NULL */
  const char *const *set;    /* NAME=VALUE each */
  size_t sets;
} opening_request;

/* What is opened; a zeroed one may be closed. */
typedef struct opening
{
  study_file study;
  grid runs;                 /* identified */
  sets sets;
} opening;

/* 0, or -1 and a sentence; to be closed in either case. */
int opening_open (const opening_request *asked, opening *out,
                  numsys_error *error);
void opening_close (opening *opened);

#endif
