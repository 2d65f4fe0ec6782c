/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logarithms of whole arrays, for statistics in the log domain.  */

#ifndef ANALYSIS_LOGARITHM_H
#define ANALYSIS_LOGARITHM_H

#include <stddef.h>

/* Has a function of loops compiled for wider vector units too, and chosen when
   the program starts.  Results are the same bits: no loop is reordered and no
   operation fused. */
#if defined __x86_64__ && defined __GNUC__ && !defined __clang__
#define ANALYSIS_WIDE                                                         \
  __attribute__ ((target_clones ("default", "avx2",                           \
                                 "arch=x86-64-v4")))
#else
#define ANALYSIS_WIDE
#endif

/* out[i] = log2 |x[i]|, for x[i] a normal double; anything for other x[i].
   log2 of +-1 is 0.  The error is below 4e-16 plus 4e-16 of the result
   (measured in tests/analysis/logarithm-t.c); the bits are the same on every
   machine. */
void analysis_log2 (size_t n, const double x[], double out[]);

#endif
