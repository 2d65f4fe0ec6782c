/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logarithms of mantissas as polynomials that vectors of any width evaluate:
   log2 (1 + f) as f q(f), f of [0, 1).  */

#ifndef NUMSYS_KERNELS_LOGARITHM_H
#define NUMSYS_KERNELS_LOGARITHM_H

/* Bounds the error of the first, evaluated in float32 by multiply-adds, twice
   over: measured on all 2^23 mantissas it is below 2^-23.1
   (tests/numsys/kernels-t.c runs all of them through what relies on it).  */
#define NUMSYS_LOG2_ERROR 0x1p-22f

enum { NUMSYS_LOG2_DEGREE = 8, NUMSYS_NEAR_LOG2_DEGREE = 5 };

/* q meets log2 (1 + f) / f at the Chebyshev nodes of [0, 1]: it errs by
   2^-25.1, the rest is rounding.  */
static const float numsys_log2_terms[NUMSYS_LOG2_DEGREE + 1] = {
  0x1.7154757f952bfp+0f, -0x1.715369a48adb0p-1f, 0x1.ec37163a9d138p-2f,
  -0x1.6ee5f387e52ccp-2f, 0x1.19d396e73454dp-2f, -0x1.91e5ba406e71dp-3f,
  0x1.ca106db9f7ae7p-4f, -0x1.579d0f292b703p-5f, 0x1.e4aa4241f99f8p-8f,
};

/* The same within 2^-17. */
static const float numsys_near_log2_terms[NUMSYS_NEAR_LOG2_DEGREE + 1] = {
  0x1.7153929be2959p+0f, -0x1.70d2dd740eef3p-1f, 0x1.dfe81cfb9bbb6p-2f,
  -0x1.34e0982c2b644p-2f, 0x1.27e07639f2b18p-3f, -0x1.1511f8aa413c1p-5f,
};

#endif
