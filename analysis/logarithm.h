/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logarithms of whole arrays, for statistics in the log domain.  */

#ifndef ANALYSIS_LOGARITHM_H
#define ANALYSIS_LOGARITHM_H

#include <stddef.h>

/* out[i] = log2 |x[i]|, for x[i] a normal double; anything for other x[i].
   log2 of +-1 is 0.  The error is below 4e-16 plus 4e-16 of the result
   (measured in tests/analysis/logarithm-t.c); the bits are the same on every
   machine. */
void analysis_log2 (size_t n, const double x[], double out[]);

#endif
