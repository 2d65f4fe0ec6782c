/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options that commands share which open a study.  */

#ifndef EXPERIMENTS_DRIVER_OPTIONS_H
#define EXPERIMENTS_DRIVER_OPTIONS_H

#include <argp.h>

#include "experiments/driver/opening.h"

typedef struct opening_options
{
  opening_request asked;     /* size: "full" to begin with */
  const char **set;          /* asked's, to be freed */
} opening_options;

/* Reads STUDY, --smoke, --quick, --set and --data; its input is an
   opening_options.  */
extern const struct argp opening_options_argp;

#endif
