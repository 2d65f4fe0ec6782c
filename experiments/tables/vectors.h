/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors whose dot products studies take, and these exactly.  */

#ifndef EXPERIMENTS_TABLES_VECTORS_H
#define EXPERIMENTS_TABLES_VECTORS_H

#include <stddef.h>
#include "numsys/numsys.h"

/* How weights are drawn. */
typedef enum vectors_kind
{
  VECTORS_NORMAL,      /* N(0, 1): sums walk at random */
  VECTORS_MAGNITUDE,   /* |N(0, 1)|: sums grow with the length */
  VECTORS_KINDS
} vectors_kind;

extern const char *const vectors_kinds[VECTORS_KINDS];

/* m vectors of activations and m of weights in a format, and what their m^2 dot
   products are: exactly, rounded to double once, and the sums of the terms'
   magnitudes.  */
typedef struct vectors
{
  size_t m, n;
  float *a;             /* (m, n) */
  float *w;             /* (n, m) */
  numsys_scale scale[2];
  double *exact, *size; /* (m, m): of activations i with weights j at i m + j */
} vectors;

/* Draws m vectors of length n: activations max (0, N(0, 1)), weights as kind
   says, number p of vector i the same for every m and n; then quantizes them,
   each tensor whole.  A stochastic quantizer is not for this. */
void vectors_init (vectors *out, const numsys_quantizer *format,
                   vectors_kind kind, size_t m, size_t n);
void vectors_clear (vectors *old);

#endif
