/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of an array that a user hands in.  */

#ifndef EXPERIMENTS_CODES_H
#define EXPERIMENTS_CODES_H

#include "experiments/array.h"
#include "numsys/numsys.h"

/* Codes at one scale for all or one a row, each scale told on standard output:
   printed there, or if path is not NULL written to it as NPY.  Counts are added
   to events.  0, or -1 and a sentence: blocks have no place for their scales. */
int codes_show (const numsys_quantizer *quantizer, const array *in,
                const numsys_random *random, const char *path,
                numsys_events *events, numsys_error *error);

#endif
