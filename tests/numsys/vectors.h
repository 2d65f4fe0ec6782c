/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holding sums and dot products of an LNS against the oracle.  */

#ifndef TESTS_NUMSYS_VECTORS_H
#define TESTS_NUMSYS_VECTORS_H

#include "tests/numsys/judging.h"

/* Vectors of equal length, their codes one after the other; of a sum there is
   one of each, of a dot product two. */
typedef struct vectors
{
  judgement j;
  numsys *system;
  int is_dot;
  size_t length, n, room;
  uint32_t *codes[2];
  void *elements[2];
} vectors;

/* n vectors of codes to be filled in. */
void vectors_begin (vectors *v, const char *spec, int is_dot, size_t length,
                    size_t n);
/* Judges them under every rounding. */
void vectors_judge (vectors *v, unsigned random_bits);
/* The cases judged. */
uint64_t vectors_end (vectors *v);

#endif
