/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floats at which a quantizer may go wrong, each located by the oracle.  */

#ifndef TESTS_NUMSYS_FLOATCASES_H
#define TESTS_NUMSYS_FLOATCASES_H

#include <stddef.h>
#include <stdint.h>
#include "numsys/oracle/oracle.h"

/* Random words tried with each float. */
#define FLOATCASES_WORDS 2

typedef struct floatcase
{
  float x;                     /* not negative, or NaN */
  oracle_place place;          /* of x divided by the scale */
  uint32_t word[FLOATCASES_WORDS];
  /* Whether stochastic, and stochastic-log, leave place.below. */
  unsigned char leaves[2][FLOATCASES_WORDS];
} floatcase;

typedef struct floatcases
{
  size_t n, room;
  floatcase *list;
} floatcases;

/* Locates x and appends it. */
void floatcases_add (floatcases *cases, const oracle_system *system,
                     oracle_scale scale, unsigned random_bits, float x);
/* Appends the floats at and beside a step's value and the middles over it. */
void floatcases_add_step (floatcases *cases, const oracle_system *system,
                          oracle_scale scale, unsigned random_bits,
                          int64_t step);
void floatcases_clear (floatcases *cases);

/* The cases of the steps of one octave, [1, 2), of an LNS or of floating point.
   They serve for all octaves, ranges and policies of the same gamma, or width
   of significand: 2^octave times a float is exact while both are normal.  */
typedef struct floatcases_octave
{
  oracle_system system;        /* in which they are located */
  int64_t period;              /* steps an octave */
  unsigned random_bits;
  floatcases cases;
  size_t *first;               /* of period + 1: first case of a step */
  float *value;                /* of period: the float of a step */
} floatcases_octave;

/* Returns 0, and makes nothing, for a system that has no octaves. */
int floatcases_octave_init (floatcases_octave *octave,
                            const oracle_system *system, unsigned random_bits);
void floatcases_octave_clear (floatcases_octave *octave);
/* As the functions above, for any step of such a system. */
void floatcases_octave_add_step (const floatcases_octave *octave,
                                 const oracle_system *system,
                                 oracle_scale scale, int64_t step,
                                 floatcases *cases);
float floatcases_octave_value (const floatcases_octave *octave,
                               const oracle_system *system,
                               oracle_scale scale, int64_t step);

#endif
