/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays in NumPy's format NPY, versions 1 to 3: float16, float32 or float64 of
   either byte order, of any shape, in C or Fortran order.  The format is
   NumPy's (NEP 1).  */

#ifndef EXPERIMENTS_DATA_NPY_H
#define EXPERIMENTS_DATA_NPY_H

#include <stddef.h>
#include <stdio.h>
#include "numsys/type.h"

#define NPY_MOST_DIMENSIONS 32

/* x has the elements in C order: the last index runs fastest. */
typedef struct npy_array
{
  size_t dimensions;                    /* 0: a single number */
  size_t shape[NPY_MOST_DIMENSIONS];
  size_t count;                         /* product of the shape */
  float *x;                             /* owned */
} npy_array;

/* Whether bytes[0..length) begin as NPY does. */
int npy_is (const void *bytes, size_t length);

/* From the bytes of a file, which `what' names in sentences.  float64 is
   rounded once to float32, to nearest, beyond its range to infinity.  0, or -1
   and a sentence. */
int npy_parse (const void *bytes, size_t length, const char *what,
               npy_array *array, numsys_error *error);
void npy_free (npy_array *array);   /* a zeroed one is allowed */

/* Writes x, float32 in C order, in version 1 of the format; the caller looks
   at the stream's error. */
void npy_print (FILE *stream, size_t dimensions, const size_t shape[],
                const float x[]);

/* The same of codes of `size' bytes each, 1, 2 or 4, as unsigned numbers. */
void npy_print_codes (FILE *stream, size_t dimensions, const size_t shape[],
                      size_t size, const void *codes);

#endif
