/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the values of a number system lie, as text.  */

#ifndef EXPERIMENTS_PICTURE_H
#define EXPERIMENTS_PICTURE_H

#include <stdio.h>
#include "numsys/numsys.h"

/* log2 of the magnitude of a rung of a coded system; rung >= 1. */
double picture_log2 (const numsys *system, uint64_t rung);

/* The positive values of a coded system: on a straight line from 0 to the
   largest, and how many each octave has. */
void picture_print (const numsys *system, FILE *stream);

#endif
