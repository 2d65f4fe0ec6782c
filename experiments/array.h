/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays that users hand in: NPY files and text.  */

#ifndef EXPERIMENTS_ARRAY_H
#define EXPERIMENTS_ARRAY_H

#include "experiments/data/npy.h"

/* As quantizers see it, row by row.  Of text a line is a row; of an NPY array
   a row is what shares the first index, and an array of one dimension is one
   row. */
typedef struct array
{
  size_t rows, columns, count;
  float *x;                            /* owned */
  size_t dimensions;                   /* as it was given */
  size_t shape[NPY_MOST_DIMENSIONS];
} array;

/* Reads a file, or standard input (NULL or -).  What begins as NPY is taken for
   that, else it is text: numbers between spaces or commas.  0, or -1 and a
   sentence; to be freed in either case. */
int array_read (const char *file, array *in, numsys_error *error);
void array_free (array *in);   /* a zeroed one is allowed */

/* Writes x, of in's shape, as NPY; whole or not at all. */
int array_write (const char *path, const array *in, const float x[],
                 numsys_error *error);
/* The same of codes of `size' bytes each, 1, 2 or 4. */
int array_write_codes (const char *path, const array *in, size_t size,
                       const void *codes, numsys_error *error);

#endif
