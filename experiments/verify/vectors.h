/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Test vectors of the LNS datapath: dot products whose result is what the
   accumulator holds, by its scalar definition (numsys/datapath/datapath.h).

   A line is the codes of the first vector, then those of the second, then the
   accumulator in two's complement; numbers are hexadecimal, without a prefix,
   separated by blanks.  Lines that begin with # are comments.  */

#ifndef EXPERIMENTS_VERIFY_VECTORS_H
#define EXPERIMENTS_VERIFY_VECTORS_H

#include <stdint.h>
#include <stdio.h>

#include "numsys/numsys.h"

typedef struct verify_vectors
{
  const numsys *system;     /* an LNS */
  const char *spec;         /* of the datapath */
  size_t length;
  uint64_t count, seed;     /* of vectors that are generated */
} verify_vectors;

/* Prints headings, then vectors at the edges, then random ones, each with its
   result.  0, or -1 and a sentence. */
int verify_vectors_generate (const verify_vectors *asked, FILE *to,
                             numsys_error *error);

/* Judges such lines with another's results: explains the first wrong ones,
   counts the rest, names malformed lines by number on standard error.  0, 1
   when anything was wrong or malformed, -1 and a sentence. */
int verify_vectors_check (const verify_vectors *asked, FILE *from,
                          numsys_error *error);

#endif
